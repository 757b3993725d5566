"""Lists of courses under headings of their category, and rows that sum up a part of a list."""

from __future__ import annotations

from tests.fields.pages import Placed, facts, grid, page, rows

COLUMNS = (0.08, 0.24, 0.4, 0.8)
HEAD = ["获得学时", "完成日期", "课程名称", "考核成绩"]


def _list(top: float, heading: str, *courses: list[str], summed: str) -> list[Placed]:
    body = [HEAD, *courses, [summed, "", "本类学时小计", ""]]
    return [(0.06, top, heading), *grid(COLUMNS, body, top=top + 0.035, pitch=0.03)]


SECTIONED = [
    *_list(
        0.16,
        "一、专业科目",
        ["32.0", "2018-05-05", "深基坑支护设计", "合格"],
        ["30.0", "2018-06-02", "通病防治", "86"],
        summed="62.0",
    ),
    *_list(0.36, "二、行业公需科目", ["14.0", "2018-07-13", "法律法规", "92"], summed="14.0"),
    *_list(0.54, "三、一般公需科目", ["20.0", "2018-04-10", "职业道德", "良好"], summed="20.0"),
    (0.06, 0.72, "本年度累计获得学时：96.0学时"),
]


def test_headings_give_the_category_and_sums_of_parts_are_no_courses() -> None:
    found = facts(page(SECTIONED, title="2018年度专业技术人员继续教育学习记录"))
    assert [(each["hours"], each["category"]) for each in rows(found, "course")] == [
        (32, "professional"),
        (30, "professional"),
        (14, "industry_public"),
        (20, "general_public"),
    ]
    assert rows(found, "hours_year") == [
        {"year": 2018, "total": 96, "professional": 62, "industry_public": 14, "general_public": 20}
    ]


def test_headings_without_sums_of_parts() -> None:
    parts = [placed for placed in SECTIONED if placed[2] not in ("本类学时小计", "62.0")]
    found = facts(page([*parts], title="2018年度专业技术人员继续教育学习记录"))
    assert {each["category"] for each in rows(found, "course")} >= {"professional", "general_public"}


def test_a_sum_for_each_year_and_a_year_that_stands_once() -> None:
    table = grid(
        (0.08, 0.2, 0.55, 0.7),
        [
            ["年度", "学习内容", "学时", "类别"],
            ["2016", "建筑节能", "62", "专业"],
            ["〃", "安全生产", "14", "行业公需"],
            ["", "创新能力", "18", "一般公需"],
            ["2016", "年度小计", "94", ""],
            ["2017", "装配式设计", "60", "专业"],
            ["〃", "建设法规", "32", "行业公需"],
            ["2017", "年度小计", "92", ""],
        ],
    )
    found = facts(page(table, title="继续教育学时登记"))
    assert [each["year"] for each in rows(found, "course")] == [2016, 2016, 2016, 2017, 2017]
    assert rows(found, "hours_year") == [{"year": 2016, "total": 94}, {"year": 2017, "total": 92}]


def test_a_course_about_sums_is_a_course() -> None:
    table = grid(
        (0.08, 0.2, 0.55, 0.7),
        [
            ["序号", "学习内容", "学时", "类别"],
            ["1", "累计损伤与结构疲劳分析方法", "62", "专业"],
            ["2", "安全生产", "34", "行业公需"],
            ["", "合计", "96", ""],
        ],
    )
    found = facts(page(table, title="2018年度继续教育学时登记"))
    assert [each["hours"] for each in rows(found, "course")] == [62, 34]
