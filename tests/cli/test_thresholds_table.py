"""docs/thresholds.md holds what the bench wrote, for the thresholds that there are."""

from __future__ import annotations

from bench.thresholds import values
from checks.thresholds import THRESHOLDS
from commands.thresholds_table import DOCUMENT, written
from pipeline.measurements import measurements


def test_the_table_is_that_of_the_measurements() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert written(text) == text, "run: python -m commands.thresholds_table"


def test_every_threshold_was_measured_at_the_values_it_has_now() -> None:
    """A default or a bound that moved is measured anew: python -m bench.thresholds --write."""
    found = measurements()
    for one in THRESHOLDS:
        assert [at.value for at in found.of(one.check, one.name)] == list(values(one)), one.key
