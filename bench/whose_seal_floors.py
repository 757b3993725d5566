"""What the figures of ``bench.whose_seal`` must not fall below, or rise above; from a measured run."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

_HEADER = """\
# Floors of `python -m bench.whose_seal`, written by `judge --write` from a measured run, never by hand.
# Right answers: the least let pass, what was measured less two hundredths or two seals, whichever is more.
# Wrong ones: the most let pass. A true name called different: what was measured; a rival called same: one in
# a thousand more, or one of them.
"""
_SLACK_SHARE, _SLACK_COUNT = 0.02, 2.0
_SLACK_RIVALS = 1e-3


@dataclass(frozen=True, slots=True)
class Figure:
    yes: int
    of: int

    @property
    def share(self) -> float:
        return self.yes / self.of if self.of else 0.0


def write_floors(section: str, figures: dict[str, Figure], path: Path) -> None:
    """Put the floors of ``section`` into the file; other sections stay."""
    known = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    known[section] = {name: _floor(name, figure) for name, figure in figures.items() if _held(name)}
    text = _HEADER
    for name in sorted(known):
        text += f'\n["{name}"]\n' + "".join(f'"{key}" = {floor}\n' for key, floor in known[name].items())
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def fallen(section: str, figures: dict[str, Figure], path: Path) -> list[str]:
    """Figures past their bound, in words; one that has a bound and was not measured has fallen too."""
    told = []
    for name, floor in tomllib.loads(path.read_text("utf-8"))[section].items():
        figure = figures.get(name, Figure(0, 0))
        if _wrong(name) and figure.share > floor:
            told.append(f"{name}: {figure.yes} of {figure.of}, no more than {floor} let pass")
        if not _wrong(name) and figure.share < floor:
            told.append(f"{name}: {figure.yes} of {figure.of} = {figure.share:.4f}, floor {floor}")
    return told


def _held(name: str) -> bool:
    return not name.endswith("cannot tell")


def _wrong(name: str) -> bool:
    return name.endswith(("true: different", "near: same", "random: same"))


def _floor(name: str, figure: Figure) -> float:
    if name.endswith("true: different"):
        return figure.share
    if _wrong(name):
        return round(figure.share + max(_SLACK_RIVALS, 1 / max(figure.of, 1)), 6)
    return round(max(figure.share - max(_SLACK_SHARE, _SLACK_COUNT / max(figure.of, 1)), 0.0), 4)
