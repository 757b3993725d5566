"""Continuing education written by hand: other orders, no borders, merged and stacked boxes."""

from __future__ import annotations

import pytest

from tests.fields.pages import Placed, facts, grid, page, rows, values

YEAR_2018 = {"year": 2018, "total": 96, "professional": 62, "industry_public": 14, "general_public": 20}
YEAR_2019 = {"year": 2019, "total": 90, "professional": 60, "industry_public": 12, "general_public": 18}

YEARS_DOWN = grid(
    (0.1, 0.2, 0.36, 0.55, 0.75),
    [
        ["年度", "总学时", "一般公需科目", "专业科目", "行业公需科目"],
        ["2018", "96", "20", "62", "14"],
        ["2019", "90", "18", "60", "12"],
    ],
)
YEARS_ACROSS = grid(
    (0.1, 0.4, 0.6),
    [
        ["科目", "2018年", "2019年"],
        ["专业课", "62", "60"],
        ["行业公需", "14", "12"],
        ["一般公需", "20", "18"],
        ["合计", "96", "90"],
    ],
)
MERGED = [
    (0.1, 0.26, "2018年度专业科目62学时行业公需科目14学时一般公需科目20学时合计96学时"),
    (0.1, 0.30, "2019年度专业科目60学时行业公需科目12学时一般公需科目18学时合计90学时"),
]


@pytest.mark.parametrize("lines", [YEARS_DOWN, YEARS_ACROSS, MERGED])
@pytest.mark.parametrize("tilt", [0.0, 2.5, -2.0])
def test_years_in_any_layout(lines: list[Placed], tilt: float) -> None:
    found = facts(page(lines, title="继续教育学时登记证明", tilt=tilt))
    assert found.kind.value == "ce_record"
    assert rows(found, "hours_year") == [YEAR_2018, YEAR_2019]


STACKED = [
    text
    for place, (label, value) in enumerate(
        [
            ("登记年度", "2018"),
            ("专业科目", "62学时"),
            ("行业公需科目", "14学时"),
            ("一般公需科目", "20学时"),
            ("合计", "96学时"),
        ]
    )
    for text in ((0.1, 0.2 + 0.07 * place, label), (0.1, 0.23 + 0.07 * place, value))
]
BOXES = grid(
    (0.1, 0.3, 0.55, 0.8),
    [
        ["姓名", "李四", "年度", "2018"],
        ["专业科目", "62", "行业公需科目", "14"],
        ["一般公需科目", "20", "总学时", "96"],
    ],
)
CATEGORIES_DOWN = [
    (0.1, 0.2, "登记年度：2018"),
    *grid(
        (0.1, 0.3, 0.7),
        [
            ["科目类别", "学习内容", "学时"],
            ["专业科目", "施工新技术", "62"],
            ["行业公需科目", "行业法规", "14"],
            ["一般公需科目", "创新能力", "20"],
            ["合计", "", "96"],
        ],
    ),
]
PROSE = [
    (0.12, 0.3, "兹证明李四同志2018年度参加继续教育共计96学时，其中专业科"),
    (0.1, 0.33, "目62学时、行业公需科目14学时、一般公需科目20学时。"),
    (0.1, 0.5, "注：每年度不少于90学时，其中专业科目不少于60学时，一般公需科目不少于18学时。"),
]


@pytest.mark.parametrize("lines", [STACKED, BOXES, CATEGORIES_DOWN, PROSE])
def test_one_year(lines: list[Placed]) -> None:
    assert rows(facts(page(lines, title="继续教育学时证明")), "hours_year") == [YEAR_2018]


def test_courses_keep_their_own_dates_and_wrapped_titles() -> None:
    found = facts(
        page(
            [
                *grid(
                    (0.05, 0.15, 0.55, 0.72, 0.88),
                    [
                        ["序号", "培训项目", "培训时间", "课程类别", "课时"],
                        ["1", "BIM5D与2019版规范", "2019.3.5-3.7", "专业课", "24"],
                        ["2", "职业道德", "2019年5月6日", "公共课", "18"],
                        ["", "合计", "", "", "42"],
                    ],
                    pitch=0.06,
                ),
                (0.15, 0.374, "解读"),
            ],
            title="2019年继续教育情况登记表",
        )
    )
    assert rows(found, "course") == [
        {
            "title": "BIM5D与2019版规范解读",
            "category": "professional",
            "hours": 24,
            "year": 2019,
            "start": "2019-03-05",
            "end": "2019-03-07",
        },
        {
            "title": "职业道德",
            "category": "general_public",
            "hours": 18,
            "year": 2019,
            "start": "2019-05-06",
        },
    ]
    assert rows(found, "hours_year") == [{"year": 2019, "total": 42}]
    assert "issue_date" not in found.fields


def test_a_list_runs_on_over_the_page() -> None:
    columns = (0.06, 0.15, 0.55, 0.7, 0.88)
    head = ["序号", "培训项目", "培训时间", "课程类别", "学时"]
    first = page(
        grid(columns, [head, ["1", "规范解读", "2019.3.5-2019.3.7", "专业科目", "24"]]),
        title="2019年继续教育学时清单",
    )
    second = page(
        grid(
            columns,
            [["2", "职业道德", "2019.5.6-2019.5.8", "一般公需科目", "18"], ["合计", "", "", "", "42"]],
            top=0.1,
        ),
        number=2,
    )
    found = facts(first, second)
    assert found.pages == (1, 2)
    assert [course["hours"] for course in rows(found, "course")] == [24, 18]


def test_public_subjects_alone() -> None:
    found = facts(
        page(
            [
                (0.15, 0.3, "李四 同志于2021年度参加专业技术人员公需科目学习，"),
                (0.1, 0.34, "完成公需科目学时30学时，考核成绩合格，特发此证。"),
                (0.6, 0.6, "抚顺市人力资源和社会保障局"),
                (0.65, 0.64, "2021年11月30日"),
            ],
            title="公需科目学习合格证书",
        )
    )
    assert rows(found, "hours_year") == [{"year": 2021, "general_public": 30}]
    assert values(found) == {
        "name": "李四",
        "issuer": "抚顺市人力资源和社会保障局",
        "issue_date": "2021-11-30",
    }


def test_merged_labels_give_up_their_own_values() -> None:
    found = facts(
        page(
            [(0.1, 0.2, "姓名张三身份证号330602198001010011工作单位绍兴市某某工程有限公司"), *MERGED],
            title="学时登记证明",
        )
    )
    assert values(found) == {
        "name": "张三",
        "id_number": "330602198001010011",
        "employer": "绍兴市某某工程有限公司",
    }
    box = found.fields["id_number"].where.box
    assert box is not None
    assert box.left > 0.2, "the place is that of the value, not of the whole line"
