"""Facts of drawn evidence as the real engine read it: exact, but for print under a seal.

Recorded by ``fixtures/readings/record.py`` from people, units and dates that no reader was written against.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.reading import PageReading
from matching.regions import PROVINCES
from tests.fields.pages import facts

FOLDER = Path(__file__).parents[2] / "fixtures" / "readings" / "evidence"
UNDER_SEAL = frozenset({"issuer", "issue_date"})
"""Fields that stand beneath the seal: they may be lost, or be unsure, but never be wrong with confidence."""
SURE = 0.8


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_facts_of_recorded_pages(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))
    truth = recorded["truth"]
    found = facts(PageReading.model_validate(recorded["reading"]))
    assert found.kind.value == truth["kind"]
    assert found.kind_confidence > 0.8
    for name, value in truth["fields"].items():
        field = found.fields.get(name)
        if name in UNDER_SEAL and (field is None or field.confidence < SURE):
            continue
        assert field is not None, name
        assert field.value == _normal(name, value), name
    read: list[dict[str, object]] = [
        {"kind": row.kind, **{key: cell.value for key, cell in row.fields.items()}} for row in found.rows
    ]
    assert sorted(map(_sorted, read)) == sorted(map(_sorted, truth["rows"]))


def _normal(name: str, value: str) -> str:
    """The drawings name provinces in full, the room in short form."""
    return (
        next((short for short in PROVINCES.values() if value.startswith(short)), value)
        if name == "province"
        else value
    )


def _sorted(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def test_there_are_recordings_of_every_main_kind() -> None:
    names = {path.stem.split("-")[0] for path in FOLDER.glob("*.json")}
    assert {"ce_record", "qualification_certificate", "appointment_letter", "annual_assessment"} <= names
