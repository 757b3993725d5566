"""Whose seal, on what was really seen on drawn seals: worn, printed over, photographed, copied grey."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from fixtures.sealed_crops import CHOOSE, near_rivals
from matching.seal_units import Owner, whose

RECORDED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "readings" / "seals.json").read_text("utf-8")
)
RIVALS = 4


def owner(name: str, row: dict[str, Any]) -> Owner:
    return whose(name, tuple((strip["view"], strip["steps"]) for strip in row["strips"])).owner


@pytest.mark.parametrize("row", RECORDED, ids=lambda row: f"{row['colour']}-{row['name']}")
def test_nobody_is_accused_and_no_rival_passes(row: dict[str, Any]) -> None:
    assert owner(row["name"], row) is not Owner.DIFFERENT
    assert all(owner(rival, row) is not Owner.SAME for rival in near_rivals(row["name"], CHOOSE, RIVALS))


def test_most_seals_are_known_for_whose_they_are() -> None:
    """The reader's own figures are the bench's; that the rule makes use of them is held here."""
    same = [row for row in RECORDED if owner(row["name"], row) is Owner.SAME]
    assert len(same) >= 0.8 * len(RECORDED)


def test_most_near_rivals_are_told_from_the_true_name() -> None:
    asked = [(rival, row) for row in RECORDED for rival in near_rivals(row["name"], CHOOSE, RIVALS)]
    assert sum(owner(rival, row) is Owner.DIFFERENT for rival, row in asked) >= 0.8 * len(asked)


def test_another_seals_name_is_never_the_same() -> None:
    for row, other in pairwise(RECORDED):
        if row["name"] != other["name"]:
            assert owner(other["name"], row) is not Owner.SAME
