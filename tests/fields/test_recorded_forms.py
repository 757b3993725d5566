"""Facts of the further kinds as the real engine read drawn pages: places, signatures, letters, prints.

Recorded by ``python -m fixtures.readings.record forms``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from domain.facts import Field
from domain.kinds import EvidenceKind
from domain.reading import PageReading
from tests.fields.pages import document, facts

FOLDER = Path(__file__).parents[2] / "fixtures" / "readings" / "forms"
PATHS = sorted(FOLDER.glob("*.json"))
COVERED = frozenset({"issuer", "author_unit", "issue_date", "school", "number", "watermark", "date", "end"})
"""What a seal may cover or a pale watermark lose: lost or unsure, but never wrong with confidence."""
SURE = 0.9
UNTITLED = 0.14
"""A page cut off so far from its top has lost its title."""


def _recorded(path: Path) -> tuple[PageReading, dict[str, Any]]:
    told = json.loads(path.read_text("utf-8"))
    return PageReading.model_validate(told["reading"]), told["truth"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_facts_of_recorded_forms(path: Path) -> None:
    reading, truth = _recorded(path)
    found = facts(reading)
    assert found.kind.value == truth["kind"]
    assert found.kind_confidence > 0.7
    for name, value in truth["fields"].items():
        _agrees(found.fields.get(name), value, name)
    rows = [row for row in found.rows if row.kind in {told["kind"] for told in truth["rows"]}]
    assert len(rows) >= len(truth["rows"])
    for told in truth["rows"]:
        best = max(rows, key=lambda row: _shared(row.fields, told))
        for name, value in told.items():
            if name != "kind":
                _agrees(best.fields.get(name), value, name)


def _agrees(field: Field | None, value: object, name: str) -> None:
    if name in COVERED and (field is None or field.confidence < SURE):
        return
    assert field is not None, name
    if name == "signed" and value is True and field.value is False:
        assert field.confidence < SURE  # a scrawl that no engine reads is never held against anyone
        return
    assert field.value == value, name


def _shared(fields: Any, told: dict[str, object]) -> int:
    return sum(name in fields and fields[name].value == value for name, value in told.items())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_page_without_its_title_is_of_its_kind_or_of_none(path: Path) -> None:
    reading, truth = _recorded(path)
    low = min(line.box.top for line in reading.lines) + UNTITLED
    cut = reading.model_copy(
        update={"lines": tuple(line for line in reading.lines if line.box.top >= low), "marks": ()}
    )
    kind = document(cut).kind
    assert kind.name.value == truth["kind"] or kind.confidence < 0.5


def test_every_further_kind_is_recorded_in_two_layouts() -> None:
    kinds = [path.stem.split("-")[0] for path in PATHS]
    several = set(EvidenceKind) - {
        EvidenceKind.CE_RECORD, EvidenceKind.QUALIFICATION_CERTIFICATE, EvidenceKind.APPOINTMENT_LETTER,
        EvidenceKind.ANNUAL_ASSESSMENT, EvidenceKind.JOURNAL_COVER, EvidenceKind.JOURNAL_COPYRIGHT,
        EvidenceKind.JOURNAL_CONTENTS, EvidenceKind.PAPER_ARTICLE, EvidenceKind.ID_PHOTO, EvidenceKind.ROSTER,
        EvidenceKind.PAPER, EvidenceKind.OTHER,
    }  # fmt: skip
    assert {kind.value for kind in several} == set(kinds)
    assert all(kinds.count(kind.value) >= 2 for kind in several)
