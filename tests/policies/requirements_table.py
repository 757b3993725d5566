"""The tables of shared/domain/requirements.md: which rows each plan must serve, and with which codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^## [A-Z] · ")
_PLAN = re.compile(r"[a-z]+(?:-[a-z]+)+-\d{4}")
_ROW_ID = re.compile(r"[A-Z]+(?:-[A-Z0-9]+)+")
_CODE = re.compile(r"\b(?:[a-z]+)\.(?:[a-z]+(?:-[a-z]+)*|\*)")


@dataclass(frozen=True, slots=True)
class TableRow:
    """``plans`` is empty for the rows of every plan. A code may end in ``*``."""

    ids: tuple[str, ...]
    plans: tuple[str, ...]
    how: str
    codes: tuple[str, ...]


def table_rows(file: Path) -> tuple[TableRow, ...]:
    return tuple(_rows(file.read_text(encoding="utf-8")))


def _rows(text: str) -> Iterator[TableRow]:
    plans: tuple[str, ...] | None = None
    for line in text.splitlines():
        if line.startswith("## "):
            plans = tuple(_PLAN.findall(line)) if _HEADING.match(line) else None
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        ids = tuple(_ROW_ID.findall(cells[0])) if cells else ()
        if plans is not None and line.startswith("|") and ids:
            last = re.sub(r"\S+ not used here", "", cells[-1])
            yield TableRow(ids, plans, cells[2] if len(cells) > 2 else "", tuple(_CODE.findall(last)))
