"""An empty declarations.xlsx: a sheet for every list, its columns taken from the records themselves."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from domain.declaration import Applicant, Declaration
from domain.kinds import EvidenceKind
from intake.declarations import words_of
from intake.workbook import APPLICANT, LISTS, WHOLE
from intake.workbook_rows import FOLDER
from policies.names import KIND_NAMES

GUIDE = "填写说明"
_WIDTH, _TALLEST = 24, 1000
_HOW = (
    "每张工作表一类内容，每行一项；“folder”列填写该申报所在文件夹的名称，同一申报在各表中须一致。",
    "“applicant”表每份申报一行，其余各表可有多行，也可留空；标题行请勿改动。",
    "日期填写为“2013-12”或“2013-12-01”；年度填写四位数字；是否类填写“是”或“否”；作者之间用“；”分隔。",
    "“evidence”表的“kind”列请从下拉列表中选择，各名称的含义见下。",
)


def write_template(path: Path) -> None:
    """Writes the workbook to ``path``. Raises OSError where that cannot be written."""
    with Workbook(path) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True})
        guide = book.add_worksheet(GUIDE)
        guide.set_column(0, 1, 2 * _WIDTH)
        for row, line in enumerate(_HOW):
            guide.write(row, 0, line)
        for row, kind in enumerate(EvidenceKind, start=len(_HOW) + 1):
            guide.write_row(row, 0, (kind.value, KIND_NAMES[kind]))
        for name in (APPLICANT, *LISTS):
            sheet = book.add_worksheet(name)
            columns = columns_of(name)
            sheet.write_row(0, 0, [heading(column) for column in columns], head)
            sheet.set_column(0, len(columns) - 1, _WIDTH)
            sheet.freeze_panes(1, 1)
            if "kind" in columns and name == "evidence":
                _choose_kind(sheet, columns.index("kind"))


def _choose_kind(sheet: Worksheet, column: int) -> None:
    """A list of 37 names is too long to stand in the rule itself: it refers to the guide."""
    first = len(_HOW) + 2
    last = first + len(EvidenceKind) - 1
    source = f"='{GUIDE}'!$A${first}:$A${last}"
    sheet.data_validation(1, column, _TALLEST, column, {"validate": "list", "source": source})


def heading(column: str) -> str:
    """``total（总学时）``: the name, then what it means."""
    meaning = "申报文件夹名" if column == FOLDER else words_of(column)
    return f"{column}（{meaning}）" if meaning else column


def columns_of(sheet: str) -> list[str]:
    """The headings that ``read_workbook`` knows in this sheet, ``folder`` first."""
    if sheet == APPLICANT:
        whole = [name for name in _columns(Declaration) if name.split(".")[0] in WHOLE]
        return [FOLDER, *_columns(Applicant), *whole]
    (item, *_) = typing.get_args(Declaration.model_fields[sheet].annotation)
    return [FOLDER, *_columns(item)]


def _columns(record: type[BaseModel]) -> Iterator[str]:
    """Names of the record's values; those of a record within it after its name and a full stop."""
    for field, info in record.model_fields.items():
        name = info.alias or field
        inner = _record(info.annotation)
        if inner is None:
            yield name
        else:
            yield from (f"{name}.{each}" for each in _columns(inner))


def _record(annotation: object) -> type[BaseModel] | None:
    """The record that a value is, where it is one (or may be absent)."""
    given = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    found = [one for one in given if isinstance(one, type) and issubclass(one, BaseModel)]
    return found[0] if found else None
