"""What the thresholds were measured to do, as ``bench.thresholds`` wrote it."""

from __future__ import annotations

from pathlib import Path

from domain.tuning import Measurements

FILE = Path(__file__).with_name("thresholds_measured.json")


def measurements() -> Measurements:
    return Measurements.model_validate_json(FILE.read_text(encoding="utf-8"))
