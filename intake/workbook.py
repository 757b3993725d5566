"""declarations.xlsx of a batch: one sheet a list, one row an item, joined on the folder's name."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

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
from intake.workbook_rows import FILE_NAME, Item, Path, SheetRow, rows_of

__all__ = ["APPLICANT", "FILE_NAME", "LISTS", "WHOLE", "read_workbook"]

_LARGEST = 20 * 1024 * 1024
_WALL_SECONDS = 60.0
APPLICANT = "applicant"
LISTS = (
    "continuing_education",
    "papers",
    "certificates",
    "appointments",
    "assessments",
    "education",
    "projects",
    "evidence",
)
WHOLE = frozenset(
    {
        *("plan", "level", "route", "category", "statement", "submitted"),
        *("social_security_province", "employer_kind", "registration_revoked", "last_review", "publicity"),
    }
)
"""Headings of the applicant sheet that belong to the application as a whole."""


@dataclass(slots=True)
class _Gathered:
    """One application's values, and the rows that they came from: sheet to rows in their order."""

    data: Item
    rows: dict[str, list[SheetRow]]

    def place(self, path: Path) -> str | None:
        """Sheet, row and column of the value at ``path`` of the declaration."""
        sheet = str(path[0]) if path and path[0] in LISTS else APPLICANT
        step = path[1] if sheet != APPLICANT and len(path) > 1 else 0
        rows = self.rows.get(sheet, [])
        if not isinstance(step, int) or step >= len(rows):
            return None
        inner = path[2:] if sheet != APPLICANT else path[1:] if path and path[0] == APPLICANT else path
        row = rows[step]
        column = row.column_of(inner)
        return f"“{sheet}”表第{row.number}行{f'{column}列' if column else ''}的"


def read_workbook(path: FilePath, limits: Limits) -> Mapping[str, Declaration | InputError]:
    """Declarations by folder name (NFC). A folder whose rows are wrong has the InputError in its place.

    Raises InputError where the workbook as a whole cannot be used.
    """
    sheets = _sheets(path, limits)
    if APPLICANT not in sheets:
        raise InputError(
            CODE, f"“{FILE_NAME}”里没有名为“{APPLICANT}”的工作表，请按样例填写后重新提交。", FILE_NAME
        )
    gathered: dict[str, _Gathered] = {}
    for row in rows_of(APPLICANT, sheets[APPLICANT]):
        if row.folder in gathered:
            raise InputError(
                CODE,
                f"“{FILE_NAME}”的“{APPLICANT}”表中“{safe_name(row.folder)}”出现多次（第{row.number}行），"
                "请只保留一行。",
                FILE_NAME,
            )
        whole = {key: row.item[key] for key in row.item if key in WHOLE}
        own = {key: value for key, value in row.item.items() if key not in WHOLE}
        gathered[row.folder] = _Gathered({APPLICANT: own, **whole}, {APPLICANT: [row]})
    for name in LISTS:
        for row in rows_of(name, sheets.get(name, [])):
            if row.folder not in gathered:
                raise InputError(
                    CODE,
                    f"“{FILE_NAME}”的“{name}”表第{row.number}行有“{safe_name(row.folder)}”，"
                    f"但“{APPLICANT}”表中没有，请核对。",
                    FILE_NAME,
                )
            one = gathered[row.folder]
            one.rows.setdefault(name, []).append(row)
            one.data[name] = [each.item for each in one.rows[name]]
    return {folder: _declared(folder, one) for folder, one in gathered.items()}


def _declared(folder: str, one: _Gathered) -> Declaration | InputError:
    try:
        return validated(one.data, f"{FILE_NAME}（{safe_name(folder)}）", one.place)
    except InputError as error:
        return error


def _sheets(path: FilePath, limits: Limits) -> dict[str, list[list[Cell]]]:
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
