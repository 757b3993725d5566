"""Name, unit and day printed beneath a seal: read exactly, wrong and sure, and the time that it takes.

    python -m bench.under_seal [--set reporting] [--share 0.1] [--ceiling] [--check] [--write-baseline]

Every page is read only as it is (``before``) and as the reader does it (``after``), seals found by ourselves;
with ``--ceiling`` also without its seal (``bare``): what the recogniser could do at best. A value is *exact*
where its whole line is; *wrong and sure* where it is not, though what stands there instead has the
confidence that ``checks`` take for a reading. ``--check`` compares
with ``baselines/under_seal.toml`` and exits 1 below it.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import models
from bench.under_seal_pages import INK_NAMES, SealedPage, Wanted, sealed_page
from checks.certainty import SURE_VALUE
from domain.reading import Line, Seal
from matching.text import bare
from ocr.detection import LineDetector
from ocr.lines import found_level, in_reading_order, read_lines
from ocr.recognition import LineRecogniser, Picture
from ocr.seals import SealTextDetector, find_seals
from ocr.under_ink import read_under_ink

BASELINE = Path(__file__).with_name("baselines") / "under_seal.toml"
PAGES = 40
"""Pages of every ink in the whole set."""
SAME_PLACE = 0.5
CHECKED = 0.1
"""Share of the set that continuous integration reads; the floors allow for so few values."""
STAGES = ("bare", "before", "after")
NORMAL = 1.64
"""Floors lie below the measured share by this many standard errors of the set that is checked."""


@dataclass(slots=True)
class Tally:
    """One ink and kind of value. ``sure``: exact values that ``checks`` would take for read."""

    there: int = 0
    exact: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    sure: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    wrong_and_sure: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))

    def __add__(self, other: Tally) -> Tally:
        def added(one: dict[str, int], two: dict[str, int]) -> dict[str, int]:
            return {stage: one[stage] + two[stage] for stage in STAGES}

        return Tally(
            self.there + other.there,
            added(self.exact, other.exact),
            added(self.sure, other.sure),
            added(self.wrong_and_sure, other.wrong_and_sure),
        )

    def share(self, counts: dict[str, int], stage: str) -> float:
        return counts[stage] / self.there if self.there else 0.0


class Bench:
    """Reads pages and counts by ink and kind of value."""

    def __init__(self, verbose: bool, ceiling: bool = False) -> None:
        self.verbose = verbose
        self.ceiling = ceiling
        self.tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
        self.milliseconds: list[float] = []
        self.seals_missed: dict[str, int] = defaultdict(int)
        self.lost_elsewhere = 0
        self._detector = LineDetector()
        self._recogniser = LineRecogniser()
        self._seal_text = SealTextDetector(models.session("seal_text_detection"))

    def page(self, name: str, page: SealedPage) -> None:
        before = self._lines(page.pixels)
        seals = find_seals(page.pixels, self._recogniser, self._seal_text)
        self.seals_missed[page.ink] += not any(_overlap(seal, page) for seal in seals)
        started = time.process_time()
        anew = read_under_ink(page.pixels, before, seals, self._detector, self._recogniser)
        self.milliseconds.append(1000 * (time.process_time() - started) / max(len(seals), 1))
        after = in_reading_order(anew, page.pixels, 0.0)
        stages = {"before": before, "after": after}
        if self.ceiling:
            stages["bare"] = self._lines(page.bare)
        for wanted in page.wanted:
            tally = self.tallies[page.ink, wanted.kind]
            tally.there += 1
            for stage, lines in stages.items():
                there = _in_place(lines, wanted, page)
                exact = reads(there, wanted.text)
                sure = [line for line in there if line.confidence >= SURE_VALUE]
                tally.exact[stage] += exact
                tally.sure[stage] += exact and len(sure) == len(there)
                tally.wrong_and_sure[stage] += not exact and bool(sure)
                if self.verbose and not exact and stage != "before":
                    said = [(line.text, round(line.confidence, 2)) for line in there]
                    print(f"{name} {page.dpi} {stage} {'SURE' * bool(sure)} {wanted.text} {said}")
        whole = "\n".join(line.text for line in after)
        lost = _elsewhere(before, page) - _elsewhere(after, page)
        # A piece that the detector broke off at the ring is part of a whole line now.
        self.lost_elsewhere += sum(text not in whole for text, _ in lost)

    def _lines(self, picture: Picture) -> tuple[Line, ...]:
        corners = found_level(picture, self._detector.find(picture), self._detector)
        return read_lines(picture, corners, self._recogniser).lines

    def report(self) -> None:
        print("ink        value         count  exact: no seal / before / after  sure, right  wrong and sure")
        for ink in INK_NAMES:
            for kind in ("name", "unit", "date", "all", "unit and date"):
                tally = self.tally(ink, kind)
                shares = " / ".join(f"{tally.share(tally.exact, stage):.3f}" for stage in STAGES)
                print(
                    f"{ink:10} {kind:13} {tally.there:5}  {shares}   {tally.share(tally.sure, 'after'):.3f}"
                    f"   {tally.wrong_and_sure['before']} -> {tally.wrong_and_sure['after']}"
                )
        whole = self.whole()
        for stage in STAGES:
            print(
                f"all inks, {stage}: exact {whole.share(whole.exact, stage):.3f}, sure and right"
                f" {whole.share(whole.sure, stage):.3f}, wrong and sure"
                f" {whole.share(whole.wrong_and_sure, stage):.4f} of {whole.there}"
            )
        print(f"seals not found: {dict(self.seals_missed)}")
        print(f"lines away from seals that were lost: {self.lost_elsewhere}")
        middle, high = np.percentile(self.milliseconds, (50, 95))
        print(f"CPU ms a seal: median {middle:.0f}, 95th percentile {high:.0f}")

    def tally(self, ink: str, kind: str) -> Tally:
        """``kind``: name, unit, date, ``all``, or ``unit and date``."""
        kinds = {"all": ("name", "unit", "date"), "unit and date": ("unit", "date")}.get(kind, (kind,))
        return sum((self.tallies[ink, one] for one in kinds), Tally())

    def whole(self) -> Tally:
        return sum(self.tallies.values(), Tally())


def reads(lines: Sequence[Line], text: str) -> bool:
    """One of the lines says exactly this, or all do, read from the left."""
    wanted = _folded(text)
    ordered = sorted(lines, key=lambda line: line.box.left)
    return wanted in [_folded(line.text) for line in ordered] or wanted == _folded(
        "".join(line.text for line in ordered)
    )


def _folded(text: str) -> str:
    """Punctuation and spaces away; the circle that is drawn for a nought is one."""
    return bare(text).replace("○", "〇")


def _in_place(lines: Iterable[Line], wanted: Wanted, page: SealedPage) -> list[Line]:
    """Lines whose middle lies within the printed one's height and half of which lie on it."""
    height, width = page.pixels.shape[:2]
    left, top, right, bottom = wanted.bounds
    found = []
    for line in lines:
        box = line.box
        middle = (box.top + box.bottom) / 2 * height
        across = min(box.right * width, right) - max(box.left * width, left)
        if top < middle < bottom and across > SAME_PLACE * box.width * width:
            found.append(line)
    return found


def _elsewhere(lines: Iterable[Line], page: SealedPage) -> set[tuple[str, float]]:
    """Lines that do not touch the seal, as they must come out again."""
    height, width = page.pixels.shape[:2]
    left, top, right, bottom = page.seal_box
    return {
        (line.text, line.confidence)
        for line in lines
        if line.box.right * width < left
        or line.box.left * width > right
        or line.box.bottom * height < top
        or line.box.top * height > bottom
    }


def _overlap(seal: Seal, page: SealedPage) -> bool:
    height, width = page.pixels.shape[:2]
    left, top, right, bottom = page.seal_box
    x, y = seal.box.centre.x * width, seal.box.centre.y * height
    return bool(left < x < right and top < y < bottom)


def figures(bench: Bench) -> dict[str, float]:
    """What the baseline holds: exact shares by ink, and the share that is wrong and sure."""
    found = {
        ink.replace(" ", "_"): bench.tally(ink, "all").share(bench.tally(ink, "all").exact, "after")
        for ink in INK_NAMES
    }
    whole = bench.whole()
    return {**found, "wrong_and_sure": whole.share(whole.wrong_and_sure, "after")}


def write_baseline(bench: Bench, share: float) -> None:
    """Bounds for a set of ``share`` times this one's size: measured, less what so few values vary by."""
    lines = [
        "# Written by `python -m bench.under_seal --write-baseline`; do not edit.",
        f"# Measured on {bench.whole().there} values; bounds allow for a set of {share:.2f} times as many.",
    ]
    for name, value in figures(bench).items():
        ink = name.replace("_", " ")
        there = bench.tally(ink, "all").there if ink in INK_NAMES else bench.whole().there
        spread = NORMAL * math.sqrt(max(value * (1 - value), 0.01) / max(there * share, 1))
        bound = value + spread if name == "wrong_and_sure" else value - spread
        lines += [f"[{name}]", f"measured = {value:.4f}", f"bound = {max(bound, 0):.4f}"]
    BASELINE.parent.mkdir(exist_ok=True)
    BASELINE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def fallen(bench: Bench) -> list[str]:
    """Which figures lie on the wrong side of the baseline."""
    bounds = tomllib.loads(BASELINE.read_text(encoding="utf-8"))
    measured = figures(bench)
    return [
        f"{name}: {measured[name]:.4f}, bound {one['bound']}"
        for name, one in bounds.items()
        if (measured[name] > one["bound"] if name == "wrong_and_sure" else measured[name] < one["bound"])
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--set", choices=("choosing", "reporting"), default="reporting", dest="set_name")
    parser.add_argument("--share", type=float, default=1.0, help="share of the set that is read")
    parser.add_argument("--ceiling", action="store_true", help="read the pages without their seals, too")
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is below the baseline")
    parser.add_argument("--write-baseline", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    bench = Bench(asked.verbose, asked.ceiling)
    for number in range(max(round(PAGES * asked.share), 1)):
        for ink in INK_NAMES:
            bench.page(f"{ink} {number}", sealed_page(asked.set_name, ink, number))
    bench.report()
    if asked.write_baseline:
        write_baseline(bench, CHECKED / asked.share)
    if asked.check and (worse := fallen(bench)):
        print("\n".join(worse), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
