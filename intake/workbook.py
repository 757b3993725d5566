"""declarations.xlsx of a batch: one sheet a list, one row an item, joined on the folder's name."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from domain.declaration import Declaration
from domain.errors import FileProblem, InputError
from domain.settings import Limits
from intake import cells
from intake.cells import Cell
from intake.declarations import CODE, validated
from intake.names import safe_name
from intake.sandbox import Sandbox
from intake.wire import Reason, RefusedError
from intake.wording import refusal

FILE_NAME = "declarations.xlsx"
_LARGEST = 20 * 1024 * 1024
_WALL_SECONDS = 60.0
_FOLDER = "folder"
_APPLICANT = "applicant"
_LISTS = (
    "continuing_education",
    "papers",
    "certificates",
    "appointments",
    "assessments",
    "education",
    "projects",
    "evidence",
)
# Headings of the applicant sheet that belong to the application as a whole.
_WHOLE = frozenset(
    {
        *("plan", "level", "route", "category", "statement", "submitted"),
        *("social_security_province", "employer_kind", "registration_revoked", "last_review", "publicity"),
    }
)
_WHOLE_NUMBERS = frozenset({"year"})
_NUMBERS = frozenset({"total", "professional", "industry_public", "general_public"})
_EITHER = frozenset({"copy", "abroad", "later", "collective", "passed", "new_work"})
_TRUTHS = {"是": True, "true": True, "1": True, "y": True, "yes": True, "√": True}
_UNTRUTHS = {"否": False, "false": False, "0": False, "n": False, "no": False, "×": False}
_AUTHOR_MARKS = re.compile(r"[;；、]")

Item = dict[str, object]


def read_workbook(path: Path, limits: Limits) -> Mapping[str, Declaration | InputError]:
    """Declarations by folder name (NFC). A folder whose rows are wrong has the InputError in its place.

    Raises InputError where the workbook as a whole cannot be used.
    """
    sheets = _sheets(path, limits)
    if _APPLICANT not in sheets:
        raise InputError(
            CODE, f"“{FILE_NAME}”里没有名为“{_APPLICANT}”的工作表，请按样例填写后重新提交。", FILE_NAME
        )
    gathered: dict[str, Item] = {}
    for folder, item in _rows(_APPLICANT, sheets[_APPLICANT]):
        if folder in gathered:
            raise InputError(
                CODE,
                f"“{FILE_NAME}”的“{_APPLICANT}”表中“{safe_name(folder)}”出现多次，请只保留一行。",
                FILE_NAME,
            )
        whole = {key: item.pop(key) for key in tuple(item) if key in _WHOLE}
        gathered[folder] = {_APPLICANT: item, **whole}
    for name in _LISTS:
        for folder, item in _rows(name, sheets.get(name, [])):
            if folder not in gathered:
                raise InputError(
                    CODE,
                    f"“{FILE_NAME}”的“{name}”表中有“{safe_name(folder)}”，但“{_APPLICANT}”表中没有，请核对。",
                    FILE_NAME,
                )
            listed = gathered[folder].setdefault(name, [])
            if isinstance(listed, list):
                listed.append(item)
    return {folder: _declared(folder, data) for folder, data in gathered.items()}


def _declared(folder: str, data: Item) -> Declaration | InputError:
    try:
        return validated(data, f"{FILE_NAME}（{safe_name(folder)}）")
    except InputError as error:
        return error


def _sheets(path: Path, limits: Limits) -> dict[str, list[list[Cell]]]:
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise InputError(CODE, f"“{FILE_NAME}”无法读取，请核对文件后重新提交。", FILE_NAME) from None
    try:
        if os.fstat(file).st_size > _LARGEST:
            raise refusal(FILE_NAME, FileProblem.TOO_LARGE, Reason.TOO_MANY_BYTES, limits)
        sandbox = Sandbox("intake.cells", [], file, limits, _WALL_SECONDS)
        try:
            (length,) = cells.LENGTH.unpack(sandbox.read(cells.LENGTH.size))
            answer = sandbox.read(length) if 0 < length <= cells.LARGEST_ANSWER else b""
        except RefusedError:
            answer = b""
        finally:
            sandbox.close()
    finally:
        os.close(file)
    if not answer:
        raise InputError(
            CODE,
            f"“{FILE_NAME}”不是可识别的Excel工作簿，或内容过多，请另存为xlsx格式、删去多余内容后重新提交。",
            FILE_NAME,
        )
    return _checked(json.loads(answer))


def _checked(untrusted: object) -> dict[str, list[list[Cell]]]:
    """What the child sent, if it has the shape it should have."""
    sheets: dict[str, list[list[Cell]]] = {}
    if isinstance(untrusted, dict):
        for name, rows in untrusted.items():
            whole = isinstance(rows, list) and all(isinstance(row, list) for row in rows)
            if whole and all(
                cell is None or isinstance(cell, str | int | float) for row in rows for cell in row
            ):
                sheets[str(name)] = rows
    return sheets


def _rows(sheet: str, rows: list[list[Cell]]) -> list[tuple[str, Item]]:
    """Items of one sheet with the folder that each belongs to; empty rows are passed over."""
    filled = [
        (number, row) for number, row in enumerate(rows, start=1) if any(cell is not None for cell in row)
    ]
    if not filled:
        return []
    headings = [str(cell or "").strip() for cell in filled[0][1]]
    if not headings or headings[0] != _FOLDER:
        raise InputError(
            CODE, f"“{FILE_NAME}”的“{sheet}”表第一列的标题应为“{_FOLDER}”，请按样例填写。", FILE_NAME
        )
    items = []
    for number, row in filled[1:]:
        folder = _as_text(row[0]) if row[0] is not None else ""
        if not folder:
            raise InputError(
                CODE,
                f"“{FILE_NAME}”的“{sheet}”表第{number}行没有填写“{_FOLDER}”（申报文件夹名），请补填。",
                FILE_NAME,
            )
        items.append((unicodedata.normalize("NFC", folder), _item(headings[1:], row[1:])))
    return items


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


def _value(field: str, cell: Cell) -> object:
    """A cell as the JSON would have it; what does not fit is left as it is, for the validation to name."""
    if field in _WHOLE_NUMBERS or field in _NUMBERS:
        return _as_number(cell, whole=field in _WHOLE_NUMBERS)
    text = _as_text(cell)
    if field in _EITHER:
        return _TRUTHS.get(text.lower(), _UNTRUTHS.get(text.lower(), text))
    if field == "authors":
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
