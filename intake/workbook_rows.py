"""Rows of a sheet of declarations.xlsx as the JSON would have them, each with its place in the sheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.errors import InputError
from intake.cells import Cell
from intake.declarations import CODE

FILE_NAME = "declarations.xlsx"
FOLDER = "folder"
_WHOLE_NUMBERS = frozenset({"year"})
_NUMBERS = frozenset({"total", "professional", "industry_public", "general_public"})
_EITHER = frozenset({"copy", "abroad", "later", "collective", "passed", "new_work"})
_TRUTHS = {"是": True, "true": True, "1": True, "y": True, "yes": True, "√": True}
_UNTRUTHS = {"否": False, "false": False, "0": False, "n": False, "no": False, "×": False}
_AUTHOR_MARKS = re.compile(r"[;；、]")
_ALPHABET = 26

Item = dict[str, object]
Path = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """``folder`` in NFC; ``number`` from 1 as Excel counts; ``columns``: key of a value to its letter."""

    folder: str
    number: int
    item: Item
    columns: Mapping[str, str] = field(default_factory=dict)

    def column_of(self, path: Path) -> str:
        """The letter of the value at ``path`` within the row; empty where the sheet has no such column."""
        return self.columns.get(".".join(str(step) for step in path if isinstance(step, str)), "")


def rows_of(sheet: str, rows: list[list[Cell]]) -> list[SheetRow]:
    """The filled rows below the headings. Raises InputError where headings or a folder's name lack.

    A heading may say in brackets what it means: ``total（总学时）`` is ``total``.
    """
    filled = [
        (number, row) for number, row in enumerate(rows, start=1) if any(cell is not None for cell in row)
    ]
    if not filled:
        return []
    headings = [re.split(r"[（(]", str(cell or ""))[0].strip() for cell in filled[0][1]]
    if not headings or headings[0] != FOLDER:
        raise InputError(
            CODE, f"“{FILE_NAME}”的“{sheet}”表第一列的标题应为“{FOLDER}”，请按样例填写。", FILE_NAME
        )
    columns = {heading: letters(place) for place, heading in enumerate(headings) if heading}
    found = []
    for number, row in filled[1:]:
        folder = _as_text(row[0]) if row[0] is not None else ""
        if not folder:
            raise InputError(
                CODE,
                f"“{FILE_NAME}”的“{sheet}”表第{number}行没有填写“{FOLDER}”（申报文件夹名），请补填。",
                FILE_NAME,
            )
        name = unicodedata.normalize("NFC", folder)
        found.append(SheetRow(name, number, _item(headings[1:], row[1:]), columns))
    return found


def letters(place: int) -> str:
    """Excel's name of the column at ``place`` (from 0): A … Z, AA …"""
    before, last = divmod(place, _ALPHABET)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _item(headings: list[str], row: list[Cell]) -> Item:
    item: Item = {}
    for heading, cell in zip(headings, row, strict=False):
        if not heading or cell is None:
            continue
        outer, _, inner = heading.partition(".")
        if inner:
            nested = item.setdefault(outer, {})
            if isinstance(nested, dict):
                nested[inner] = _value(inner, cell)
        else:
            item[heading] = _value(heading, cell)
    return item


def _value(name: str, cell: Cell) -> object:
    """A cell as the JSON would have it; what does not fit is left as it is, for the validation to name."""
    if name in _WHOLE_NUMBERS or name in _NUMBERS:
        return _as_number(cell, whole=name in _WHOLE_NUMBERS)
    text = _as_text(cell)
    if name in _EITHER:
        return _TRUTHS.get(text.lower(), _UNTRUTHS.get(text.lower(), text))
    if name == "authors":
        return [author.strip() for author in _AUTHOR_MARKS.split(text) if author.strip()]
    return text


def _as_number(cell: Cell, whole: bool) -> object:
    try:
        number = float(cell) if isinstance(cell, str | int | float) else cell
    except ValueError:
        return cell
    return int(number) if whole and isinstance(number, float) and number.is_integer() else number


def _as_text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
