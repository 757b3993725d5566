"""What the figures of ``bench.plans_drawn`` must not fall below, or rise above; from a measured run."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bench.plans_figures import Figures

_HEADER = """\
# Floors of `python -m bench.plans_drawn`, written by `--write` from a measured run, never by hand.
# Planted defects found, and found as gravely as the notice calls for: measured, less one defect.
# Errors on clean applications: none is let pass. Warnings on one: what was measured and a tenth more.
"""
RECALL, GRAVE, ERRORS, WARNINGS = "recall", "as gravely", "errors on clean", "warnings a clean one"
_MORE = 0.1


def write_floors(section: str, result: Figures, path: Path) -> None:
    """Put the floors of ``section`` into the file; other sections stay."""
    known = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    one = 1 / max(result.planted.total(), 1)
    known[section] = {
        RECALL: round(max(result.recall - one, 0.0), 4),
        GRAVE: round(max(result.gravely - one, 0.0), 4),
        ERRORS: 0,
        WARNINGS: round(result.warnings_a_clean_one + _MORE, 4),
    }
    text = _HEADER
    for name in sorted(known):
        text += f'\n["{name}"]\n' + "".join(f'"{key}" = {floor}\n' for key, floor in known[name].items())
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def fallen(section: str, result: Figures, path: Path) -> list[str]:
    """Figures past their bound, in words."""
    floors = tomllib.loads(path.read_text("utf-8"))[section]
    least = {RECALL: result.recall, GRAVE: result.gravely}
    most = {ERRORS: float(len(result.false_errors)), WARNINGS: result.warnings_a_clean_one}
    return [
        *(f"{key}: {value:.4f}, floor {floors[key]}" for key, value in least.items() if value < floors[key]),
        *(f"{key}: {value:.2f}, at most {floors[key]}" for key, value in most.items() if value > floors[key]),
    ]
