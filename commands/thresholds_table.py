"""Writes the table of thresholds and their measurements into docs/thresholds.md."""

from __future__ import annotations

from pathlib import Path

from checks.thresholds import THRESHOLDS
from pipeline.measurements import measurements
from report.thresholds import HEADINGS, alarms_and_misses

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "thresholds.md"
BEGIN = "<!-- thresholds: written by `python -m commands.thresholds_table` -->\n"
END = "<!-- end of thresholds -->"


def table() -> str:
    """A row a value measured; the default is in bold."""
    measured = measurements()
    lines = [f"- {one}" for one in measured.on]
    lines += ["", f"| {' | '.join(HEADINGS)} |", "|---|---|---|---:|---|---|---|---|"]
    for one in THRESHOLDS:
        bounds = f"{one.least:g}–{one.most:g}"
        head = [f"`{one.check}`", f"`{one.name}`", one.meaning, bounds, one.upwards.value]
        for at in measured.of(one.check, one.name):
            value = f"**{at.value:g}**" if at.value == one.default else f"{at.value:g}"
            check, name, meaning, allowed, upwards = head
            lines.append(
                f"| {check} | {name} | {meaning} | {value} | {allowed} | {upwards} | "
                f"{' | '.join(alarms_and_misses(at))} |"
            )
            head = [""] * len(head)
    return "\n".join(lines) + "\n"


def written(document: str) -> str:
    """``document`` with the table as it is now."""
    before, _, rest = document.partition(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
