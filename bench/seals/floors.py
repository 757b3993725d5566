"""Floors: what a figure must not fall below. They are written from a measured run, never by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bench.seals.figures import Share

PATH = Path(__file__).parents[1] / "baselines" / "seals.toml"
TOLERANCE_SHARE, TOLERANCE_COUNT = 0.02, 2.0
PLACES = 4
"""Floors are written with so many, and held with no more."""
LEAST = 4
"""A figure of fewer than this says nothing."""
HEADER = f"""\
# Floors of `python -m bench.seals`, written by its --write-floors from a measured run, never by hand.
# Each is what was measured less {TOLERANCE_SHARE:.0%} or {TOLERANCE_COUNT:.0f} seals, whichever is more:
# pages are drawn with the fonts and libraries of the machine; rounding differs between processors.
# Of `false: …` it is the most that is let pass, of everything else the least.
"""


def slack(share: Share) -> float:
    return max(TOLERANCE_SHARE, TOLERANCE_COUNT / share.of)


def floors_of(shares: dict[str, Share]) -> dict[str, float]:
    """Floors after a run. One false seal more among ordinary pages is already a fall."""
    found = {}
    for name, share in shares.items():
        if share.of < LEAST:
            continue
        if name.startswith("false: "):
            found[name] = round(min(share.value + max(TOLERANCE_SHARE, 1 / share.of), 1.0), PLACES)
        else:
            found[name] = round(max(share.value - slack(share), 0.0), PLACES)
    return found


def written(section: str, shares: dict[str, Share], path: Path = PATH) -> None:
    """Put the floors of ``section`` (``tenth``, ``whole``, ``real``) into the file; other sections stay."""
    known = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    known[section] = floors_of(shares)
    text = HEADER
    for name in sorted(known):
        text += f"\n[{name}]\n" + "".join(f'"{figure}" = {floor}\n' for figure, floor in known[name].items())
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def fallen(section: str, shares: dict[str, Share], path: Path = PATH) -> list[str]:
    """Figures below their floor, in words. A figure with a floor that was not measured has fallen too."""
    told = []
    for name, floor in tomllib.loads(path.read_text("utf-8"))[section].items():
        share = shares.get(name)
        if share is None:
            told.append(f"{name}: not measured, floor {floor}")
        elif name.startswith("false: ") and round(share.value, PLACES) > floor:
            told.append(f"{name}: {share.yes} of {share.of}, no more than {floor} let pass")
        elif not name.startswith("false: ") and round(share.value, PLACES) < floor:
            told.append(f"{name}: {share.yes} of {share.of} = {share.value:.3f}, floor {floor}")
    return told
