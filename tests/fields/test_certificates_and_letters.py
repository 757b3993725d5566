"""Qualification certificates, appointment letters and annual assessments in layouts written by hand."""

from __future__ import annotations

import pytest

from fields.assessment_results import chosen
from fields.values import person_name
from tests.fields.pages import Placed, facts, grid, page, rows, values


def test_certificate_with_labels_above_their_values() -> None:
    found = facts(
        page(
            [
                *grid((0.1, 0.4, 0.7), [["姓名", "专业", "级别"]], top=0.2),
                *grid((0.1, 0.4, 0.7), [["欧阳明", "环境工程", "高级工程师"]], top=0.23),
                *grid((0.1, 0.4, 0.7), [["取得资格时间", "发证日期", "管理号"]], top=0.3),
                *grid((0.1, 0.4, 0.7), [["2016年12月", "2017年3月1日", "2016330600123"]], top=0.33),
            ],
            title="职称证书",
        )
    )
    assert values(found) == {
        "name": "欧阳明",
        "speciality": "环境工程",
        "title": "高级工程师",
        "obtained": "2016-12",
        "number": "2016330600123",
    }


def test_certificate_in_prose_of_another_province() -> None:
    found = facts(
        page(
            [
                (0.15, 0.3, "李明华同志经辽宁省环境工程专业高级专业技术资格评审委员会评审，具备"),
                (0.1, 0.34, "高级工程师任职资格。"),
                (0.15, 0.44, "证书编号：210014123"),
                (0.6, 0.7, "辽宁省人力资源和社会保障厅"),
                (0.65, 0.74, "二〇一四年十二月三十日"),
            ],
            title="高级工程师资格证书",
        )
    )
    assert values(found) == {
        "name": "李明华",
        "title": "高级工程师",
        "number": "210014123",
        "obtained": "2014-12-30",
        "issuer": "辽宁省环境工程专业高级专业技术资格评审委员会",
        "province": "辽宁",
    }
    assert found.fields["obtained"].confidence < 0.7, "the day of issue stands in for the day obtained"


LETTER = [
    (0.15, 0.3, "兹聘任 王小明 同志为我公司高级工程师职务，聘期三年，"),
    (0.1, 0.34, "自2017年1月1日起。"),
]
CONTRACT = [
    (0.1, 0.2, "甲方（聘用单位）：绍兴市环境监测中心站"),
    (0.1, 0.24, "乙方（受聘人）：王小明"),
    (0.1, 0.3, "一、聘用合同期限自2017年1月1日起至2019年12月31日止。"),
    (0.1, 0.34, "二、甲方聘用乙方在高级工程师岗位工作。"),
]
FORM = grid(
    (0.1, 0.35), [["姓名", "王小明"], ["聘任职务", "高级工程师"], ["起止时间", "2017.1.1—2019.12.31"]]
)


@pytest.mark.parametrize("lines", [LETTER, CONTRACT, FORM])
def test_appointment(lines: list[Placed]) -> None:
    found = facts(page(lines, title="聘用合同书" if lines is CONTRACT else "聘 书"))
    assert found.kind.value == "appointment_letter"
    assert found.fields["name"].value == "王小明"
    assert rows(found, "period") == [{"position": "高级工程师", "start": "2017-01-01", "end": "2019-12-31"}]


def test_appointments_in_a_table_with_an_open_end() -> None:
    table = grid(
        (0.1, 0.3, 0.5),
        [
            ["序号", "聘任职务", "起止时间"],
            ["1", "工程师", "2014.01-2016.12"],
            ["2", "高级工程师", "2017.01-至今"],
        ],
    )
    assert rows(facts(page(table, title="专业技术职务聘任情况证明")), "period") == [
        {"position": "工程师", "start": "2014-01", "end": "2016-12"},
        {"position": "高级工程师", "start": "2017-01"},
    ]


TICKED = grid((0.1, 0.35), [["年度", "2021"], ["单位意见", "优秀□ 合格☑ 基本合格□ 不合格□"]])
PRINTED_CHOICES = grid(
    (0.1, 0.35),
    [["考核等次（优秀、合格、基本合格、不合格）", ""], ["单位意见", "2021年度评定为合格等次"]],
)
ACROSS = grid((0.1, 0.3, 0.5), [["年度", "2020", "2021"], ["考核结果", "优秀", "合格"]])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (TICKED, [(2021, "合格")]),
        (PRINTED_CHOICES, [(2021, "合格")]),
        (ACROSS, [(2020, "优秀"), (2021, "合格")]),
        ([(0.1, 0.3, "王小明同志2020年度考核为称职，2021年考核优秀。")], [(2020, "称职"), (2021, "优秀")]),
        ([(0.1, 0.3, "考核结果：2020合格 2021合格")], [(2020, "合格"), (2021, "合格")]),
        (grid((0.1, 0.35), [["年度", "2021"], ["考核等次", "优秀、合格、基本合格、不合格"]]), []),
    ],
)
def test_assessment(lines: list[Placed], expected: list[tuple[int, str]]) -> None:
    found = facts(page(lines, title="年度考核登记表"))
    assert [(each["year"], each["result"]) for each in rows(found, "result")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合格", "合格"),
        ("不合格", "不合格"),
        ("□优秀√合格□不合格", "合格"),
        ("□优秀 V合格 □不合格", "合格"),
        ("优秀、合格、基本合格、不合格", None),
        ("□优秀□合格□不合格", None),
        ("☑优秀☑合格", None),
    ],
)
def test_only_what_is_stated_or_ticked_is_a_result(text: str, expected: str | None) -> None:
    found = chosen(text.replace(" ", ""))
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize("text", ["任您", "聘您", "本人", "我单位"])
def test_a_pronoun_is_no_name(text: str) -> None:
    assert person_name(text) is None
