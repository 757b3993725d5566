"""Contents pages of forty articles in two columns, as the real engine read them from scanner and camera.

Recorded by ``python -m bench.contents --choose --seed 300 --save DIR``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.reading import PageReading
from matching.text import bare
from tests.fields.pages import facts, rows

FOLDER = Path(__file__).parents[2] / "fixtures" / "readings" / "contents"
LEAST = 0.95
"""Share of rows with title, authors and page right; the rest are slips of the engine."""


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_rows_of_crowded_contents(path: Path) -> None:
    told = json.loads(path.read_text("utf-8"))
    found = facts(PageReading.model_validate(told["reading"]))
    assert found.kind.value == "journal_contents"
    read = {bare(str(row["title"])): row for row in rows(found, "entry")}
    wanted = told["truth"]["rows"]
    assert len(wanted) == 40
    right = sum(_right(read.get(bare(row["title"]), {}), row) for row in wanted)
    assert right >= LEAST * len(wanted)


def _right(row: dict[str, object], wanted: dict[str, str]) -> bool:
    return row.get("authors") == wanted["authors"] and row.get("page") == wanted["page"]
