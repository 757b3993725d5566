"""Figures as text: headline shares, shape by colour, condition by colour, size."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.seals.figures import Figures, ink_kind, legible, size_of, whole
from bench.seals.measure import Outcome
from bench.seals.pages import TrueSeal

INKS = ("red", "grey", "bilevel", "blue", "black")


def text_of(title: str, figures: Figures) -> str:
    """Everything that the run has to say."""
    lines = [f"== {title}: {len(figures.pages)} pages, {len(figures.seals)} seals"]
    lines += [
        f"{name:44} {share.yes:4} of {share.of:4}  {share.value:.3f}"
        for name, share in figures.shares.items()
    ]
    for name, value in figures.milliseconds().items():
        lines.append(f"{'ms a page, median, ' + name:60} {value:.0f}")
    every = figures.seals
    if any(seal.wanted.conditions for seal in every):
        for title, group in (("condition", conditions_of), ("shape", shape_of), ("size", sizes_of)):
            lines += ["", f"by {title}: found of all, name exact of legible rings", *_table(every, group)]
    return "\n".join(lines)


def conditions_of(seal: TrueSeal) -> tuple[str, ...]:
    return tuple(seal.conditions)


def shape_of(seal: TrueSeal) -> tuple[str, ...]:
    return (seal.shape,)


def sizes_of(seal: TrueSeal) -> tuple[str, ...]:
    return (size_of(seal),) if whole(seal) else ()


def _order(row: str) -> tuple[int, str]:
    """Sizes by their number, all else by its letters."""
    start = row.split("-")[0]
    return (int(start), "") if start.isdigit() else (0, row)


def _table(seals: Sequence[Outcome], group: Callable[[TrueSeal], tuple[str, ...]]) -> list[str]:
    """A row for each group, a cell for each ink."""
    rows = sorted({row for seal in seals for row in group(seal.wanted)}, key=_order)
    lines = [f"{'':20}" + "".join(f"{ink:>22}" for ink in INKS)]
    for row in rows:
        here = [seal for seal in seals if row in group(seal.wanted)]
        cells = (_cell([seal for seal in here if ink_kind(seal.wanted) == ink]) for ink in INKS)
        lines.append(f"{row:20}" + "".join(f"{cell:>22}" for cell in cells))
    return lines


def _cell(seals: Sequence[Outcome]) -> str:
    if not seals:
        return "–"
    found = sum(seal.sure for seal in seals)
    readable = [seal for seal in seals if legible(seal.wanted)]
    named = sum(seal.named for seal in readable)
    return f"{found}/{len(seals)}  {named}/{len(readable)}" if readable else f"{found}/{len(seals)}  –"
