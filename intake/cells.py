"""Reads the cells of an xlsx workbook; runs in a child, as any decoder does (see ``intake.sandbox``).

Output: the length of a JSON document as four bytes, then the document:
``{sheet name: [[cell, …], …]}`` with text, number, truth value or null in a cell; dates as ISO 8601.
A length of zero says that the workbook cannot be read or is past the limits.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import struct
import sys

LENGTH = struct.Struct(">I")
LARGEST_ANSWER = 64 * 1024 * 1024
_CELLS = 500_000
_SHEETS = 32
_TEXT = 20_000

Cell = str | int | float | bool | None


def main(arguments: list[str]) -> int:
    """Entry point of the process; takes no arguments."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        answer = json.dumps(read_cells(sys.stdin.buffer.read()), ensure_ascii=False).encode()
    except Exception:  # noqa: BLE001 - whatever the reader raises, the parent learns only that it failed
        answer = b""
    if len(answer) > LARGEST_ANSWER:
        answer = b""
    output.write(LENGTH.pack(len(answer)) + answer)
    output.flush()
    os._exit(0)


def read_cells(content: bytes) -> dict[str, list[list[Cell]]]:
    """All sheets of a workbook. Raises ValueError past the limits, or what the reader raises."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets: dict[str, list[list[Cell]]] = {}
    cells = 0
    for name in workbook.sheet_names[:_SHEETS]:
        sheet = workbook.get_sheet_by_name(name)
        cells += sheet.total_height * sheet.total_width
        if cells > _CELLS:
            raise ValueError("too many cells")
        sheets[name] = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return sheets


def _plain(cell: object) -> Cell:
    if isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    text = str(cell).strip()[:_TEXT]
    return text or None
