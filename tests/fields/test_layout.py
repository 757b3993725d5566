"""Geometry: rows of slanted pages, places of parts of a line, labels and headers that engines merge."""

from __future__ import annotations

import re

import pytest

from fields.labels import candidates, find
from fields.layout import lay_out
from fields.spans import flatten
from fields.table_headers import header_cells
from fields.values import id_number, labelled, person_name
from tests.fields.pages import grid, line, page


@pytest.mark.parametrize("tilt", [0.0, 1.0, -3.0, 3.0])
def test_rows_of_a_turned_page(tilt: float) -> None:
    cells = [[f"第{row}行左边文字", "中间的单元格", f"{row}右边的文字"] for row in range(8)]
    sheet = lay_out(page(grid((0.05, 0.4, 0.75), cells, pitch=0.03), tilt=tilt))
    assert [[span.text for span in row] for row in sheet.rows] == cells


def test_the_box_of_a_part_is_its_share_of_the_line() -> None:
    sheet = lay_out(page([(0.1, 0.3, "姓名张三1234")]))
    whole = sheet.spans[0]
    part = whole.flat_part(4, 8)
    assert part.text == "1234"
    assert part.box.left == pytest.approx(whole.box.left + whole.box.width * 4 / 6)
    assert part.box.right == pytest.approx(whole.box.right)


def test_places_survive_the_folding_of_widths_and_spaces() -> None:
    folded = flatten("姓　名：３３０ ㎡")
    assert folded.text == "姓名:330m2"
    assert folded.origin(0, 2) == (0, 3)
    assert folded.origin(3, 6) == (4, 7)


def test_spread_labels_are_joined() -> None:
    sheet = lay_out(page([(0.1, 0.3, "姓"), (0.16, 0.3, "名："), (0.25, 0.3, "张三")]))
    found = labelled([sheet], ["姓名"], person_name)
    assert found is not None
    assert found.value == "张三"


@pytest.mark.parametrize("label", ["身份证号码", "身份証号码", "身份 证 号 码", "身份证呺码"])
def test_labels_with_slips_of_the_reading(label: str) -> None:
    sheet = lay_out(page([(0.1, 0.3, f"{label}：330602198001010011")]))
    found = labelled([sheet], ["身份证号码"], id_number)
    assert found is not None
    assert found.value == "330602198001010011"


def test_a_longer_word_is_no_short_label() -> None:
    sheet = lay_out(page([(0.1, 0.3, "专业技术人员登记表"), (0.1, 0.4, "专业：土木工程")]))
    assert [hit.host.text for hit in find(sheet, ["专业"])] == ["专业：土木工程"]


def test_a_value_stands_right_of_its_label_before_it_stands_below() -> None:
    sheet = lay_out(page(grid((0.1, 0.4), [["工作单位", "右边的公司"], ["下面的公司", ""]])))
    hit = find(sheet, ["工作单位"])[0]
    assert [each.span.text for each in candidates(sheet, hit)] == ["右边的公司", "下面的公司"]


def test_a_merged_header_is_split_into_its_columns() -> None:
    headers = {"year": re.compile("年度"), "total": re.compile("合计(?:学时)?"), "title": re.compile("内容")}
    sheet = lay_out(page([(0.1, 0.3, "年度内容合计学时")]))
    assert [name for name, _ in header_cells(sheet.spans[0], headers)] == ["year", "title", "total"]
    prose = lay_out(page([(0.1, 0.3, "本年度的工作内容由本人完成并经过审核")]))
    assert header_cells(prose.spans[0], headers) == []


def test_a_line_of_no_width_is_no_error() -> None:
    degenerate = line(0.3, 0.3, "张三").model_copy(update={"text": "张三李四", "raw": "张三李四"})
    sheet = lay_out(page([]).model_copy(update={"lines": (degenerate,), "width": 0, "height": 0}))
    assert sheet.spans[0].part(1, 1).text == ""
