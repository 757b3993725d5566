"""Verification marks on drawn parts of copies: found, false, and each of their four facts.

    python -m bench.marks [--purpose choose|report] [--share 0.1] [--floors FILE] [--write]

The whole page is read as ``hezheng`` reads it. With ``--floors`` the exit status is 1 where a figure lies
below the floor that is stored for that share; with ``--write`` the floors are stored instead: one scene below
what was measured, so that another processor's rounding does not fail it.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from domain.geometry import Box
from domain.kinds import SealColour
from domain.page import PageImage
from domain.reading import PageReading, VerificationMark
from fixtures.mark_variety import DOUBT, THERE, Scene, empty_scene, scene
from ocr.reader import Reader

MARKS, EMPTY = 300, 120
CONDITIONS = ("form", "ink", "angle", "signer", "day", "day by", "layout", "seal", "ground", "scan", "dpi")


@dataclass
class Tally:
    """``right`` of ``there`` for every figure, over all scenes and by condition."""

    counts: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, figure: str, yes: bool, conditions: dict[str, str]) -> None:
        for key in ("all", *(f"{name}: {conditions[name]}" for name in CONDITIONS if name in conditions)):
            count = self.counts[figure, key]
            count[0] += yes
            count[1] += 1

    def share(self, figure: str, key: str = "all") -> float:
        right, there = self.counts[figure, key]
        return right / there if there else 1.0


def judge(shown: Scene, reading: PageReading, tally: Tally) -> list[str]:
    """Hold a reading against its scene; returns what was wrong in words."""
    wanted = shown.page.truth.marks
    if not wanted:
        tally.add("pages without a mark: none found", not reading.marks, shown.conditions)
        tally.counts["precision", "all"][1] += len(reading.marks)
        return [f"false mark {mark.text}" for mark in reading.marks]
    truth = wanted[0]
    place = shown.page.truth.box(truth.points)
    box = Box.clipped(*place) if place else None
    same = [
        mark
        for mark in reading.marks
        if box and mark.box.intersection(box) > 0.2 * min(box.area, mark.box.area)
    ]
    tally.counts["precision", "all"][0] += bool(same)
    tally.counts["precision", "all"][1] += len(reading.marks)
    tally.add("found", bool(same), shown.conditions)
    if not same:
        return ["not found"]
    wrong = ["false mark beside the true one"] if len(reading.marks) > 1 else []
    return wrong + _facts(shown, reading, same[0], tally)


def _facts(shown: Scene, reading: PageReading, mark: VerificationMark, tally: Tally) -> list[str]:
    truth, told = shown.page.truth.marks[0], shown.conditions
    signer = told["signer"]
    signed = mark.signature is not None
    facts: dict[str, bool] = {"phrase exact": mark.text == truth.text, "style": mark.style == truth.style}
    if signer in THERE:
        facts["signature there: told"] = signed
        facts["signature there: not accused"] = signed or mark.signature_unsure
    elif signer in DOUBT:
        facts["no signature but a smudge or type: none told"] = not signed
    else:
        facts["signature absent: told"] = not signed
        facts["signature absent: surely"] = not signed and not mark.signature_unsure
    if truth.date is not None:
        facts["date exact"] = mark.date == truth.date
        facts["date: none wrong and sure"] = mark.date in (None, truth.date) or mark.date_unsure
        facts["date: not accused"] = mark.date is not None or mark.date_unsure or mark.date_box is not None
    else:
        facts["date absent: told"] = mark.date is None
        facts["date absent: surely"] = mark.date is None and not mark.date_unsure
    if told["scan"] != "grey":
        fresh = mark.seal is not None and reading.seals[mark.seal].colour is not SealColour.BLACK
        facts["fresh seal there or not"] = fresh == (truth.seal is not None)
    for name, yes in facts.items():
        tally.add(name, yes, told)
    return [name for name, yes in facts.items() if not yes]


def run(purpose: str, share: float, verbose: bool) -> tuple[Tally, float]:
    """Every ``1 / share``-th scene; the figures and the seconds it took."""
    reader, tally, started = Reader(), Tally(), time.perf_counter()
    step = max(round(1 / share), 1)
    drawers = [(scene, number) for number in range(0, MARKS, step)]
    drawers += [(empty_scene, number) for number in range(0, EMPTY, step)]
    for draw, number in drawers:
        shown = draw(number, purpose)
        pixels = shown.pixels()
        reading = reader.read(PageImage(1, pixels.shape[1], pixels.shape[0], pixels.tobytes()))
        wrong = judge(shown, reading, tally)
        if verbose and wrong:
            print(shown.name, wrong, shown.conditions, flush=True)
    return tally, time.perf_counter() - started


def report(tally: Tally, by_condition: bool) -> None:
    figures = sorted({figure for figure, _ in tally.counts})
    for figure in figures:
        right, there = tally.counts[figure, "all"]
        print(f"{figure:48} {tally.share(figure):.3f}  ({right} of {there})")
        if by_condition:
            for (name, key), (part, whole) in sorted(tally.counts.items()):
                if name == figure and key != "all":
                    print(f"    {key:44} {part / max(whole, 1):.3f}  ({part} of {whole})")


def below(tally: Tally, floors: dict[str, float]) -> list[str]:
    """Figures that lie below their floor."""
    return [
        f"{figure}: {tally.share(figure):.3f} < {floor:.3f}"
        for figure, floor in floors.items()
        if tally.share(figure) < floor
    ]


def write(tally: Tally, share: float, path: Path) -> None:
    """Store the floors of ``share``, every figure of this run less one scene."""
    stored = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    stored[f"share {share:g}"] = {
        figure: math.floor(10_000 * max(right - 1, 0) / there) / 10_000
        for (figure, key), (right, there) in sorted(tally.counts.items())
        if key == "all" and there
    }
    lines = ["# Written by `python -m bench.marks --floors FILE --write` from a measured run, never by hand."]
    for name, floors in sorted(stored.items()):
        lines += ["", f'["{name}"]', *(f'"{figure}" = {floor}' for figure, floor in floors.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--purpose", choices=("choose", "report"), default="report")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--floors", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--by-condition", action="store_true")
    asked = parser.parse_args()
    tally, seconds = run(asked.purpose, asked.share, asked.verbose)
    report(tally, asked.by_condition)
    print(f"{seconds:.0f} s")
    if asked.floors is None:
        return 0
    if asked.write:
        write(tally, asked.share, asked.floors)
        return 0
    floors = tomllib.loads(asked.floors.read_text(encoding="utf-8"))[f"share {asked.share:g}"]
    fallen = below(tally, floors)
    for line in fallen:
        print(f"below its floor: {line}")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
