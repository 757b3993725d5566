"""The empty declarations.xlsx: what it asks for is what is read; a slip is named by sheet, row and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from domain.declaration import Declaration
from domain.errors import InputError
from domain.settings import Limits
from intake.template import columns_of, write_template
from intake.workbook import APPLICANT, LISTS, WHOLE, read_workbook
from intake.workbook_rows import letters

Sheets = dict[str, list[dict[str, object]]]


def headings(path: Path) -> dict[str, list[str]]:
    book = CalamineWorkbook.from_path(path)
    return {
        name: [str(cell) for cell in book.get_sheet_by_name(name).to_python()[0]]
        for name in (APPLICANT, *LISTS)
    }


def filled(folder: Path, sheets: Sheets) -> Path:
    """The template with rows, each a dictionary of column and value."""
    path = folder / "declarations.xlsx"
    write_template(path)
    asked = headings(path)
    with Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, asked[name])
            for number, row in enumerate(rows, start=1):
                for column, value in row.items():
                    sheet.write(number, columns_of(name).index(column), value)
    return path


PERSON: dict[str, object] = {
    "folder": "A-01",
    "name": "陈知远",
    "current_title.name": "工程师",
    "plan": "zhejiang-ecology-2020",
}


def test_a_filled_template_is_read_as_it_was_filled(tmp_path: Path) -> None:
    path = filled(
        tmp_path,
        {
            APPLICANT: [PERSON],
            "continuing_education": [{"folder": "A-01", "year": 2018, "total": 96}],
            "evidence": [{"folder": "A-01", "file": "ce.jpg", "kind": "ce_record", "copy": "是"}],
        },
    )
    (declared,) = read_workbook(path, Limits()).values()
    assert isinstance(declared, Declaration)
    assert declared.plan == "zhejiang-ecology-2020"
    assert declared.applicant.current_title is not None
    assert declared.applicant.current_title.name == "工程师"
    assert declared.continuing_education[0].total == 96
    assert declared.evidence[0].copy_ is True


def test_the_template_asks_for_every_value_of_the_records() -> None:
    asked = {column.split(".")[0] for sheet in (APPLICANT, *LISTS) for column in columns_of(sheet)}
    assert set(Declaration.model_fields) - {APPLICANT, *LISTS} == set(WHOLE)
    assert set(WHOLE) <= asked


def test_every_heading_says_in_chinese_what_it_means(tmp_path: Path) -> None:
    path = tmp_path / "declarations.xlsx"
    write_template(path)
    silent = {one for row in headings(path).values() for one in row if "（" not in one}
    assert silent == {"issn", "cn"}


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        (
            {
                "continuing_education": [
                    {"folder": "A-01", "year": 2018},
                    {"folder": "A-01", "year": "二〇一九"},
                ]
            },
            "“continuing_education”表第3行B列的 year（年度）应为整数（现为“二〇一九”）",
        ),
        ({"papers": [{"folder": "A-01", "year": 2018}]}, "“papers”表第2行B列的 title（题名）没有填写"),
        ({"evidence": [{"folder": "A-01", "file": "a.jpg", "kind": "杂项"}]}, "“evidence”表第2行C列的 kind"),
    ],
)
def test_a_wrong_value_is_named_by_sheet_row_and_column(tmp_path: Path, sheets: Sheets, words: str) -> None:
    path = filled(tmp_path, {APPLICANT: [PERSON], **sheets})
    (wrong,) = read_workbook(path, Limits()).values()
    assert isinstance(wrong, InputError)
    assert words in wrong.message


def test_a_wrong_value_of_the_person_is_named_by_its_place(tmp_path: Path) -> None:
    path = filled(tmp_path, {APPLICANT: [{key: PERSON[key] for key in ("folder", "plan")}]})
    (wrong,) = read_workbook(path, Limits()).values()
    assert isinstance(wrong, InputError)
    assert "“applicant”表第2行B列的 name" in wrong.message


def test_columns_are_named_as_excel_names_them() -> None:
    assert [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
