"""Seals and verification marks, drawn and real: found, false, read, and the time they take.

    python -m bench.seals --drawn DIR [--real ../shared/real] [--verbose]

``DIR`` holds pages with truth as ``python -m fixtures.build samples`` writes them. A seal is found where a
box overlaps it by half (intersection over union); a name is read where it is exact. Use other seeds for
choosing thresholds than for reporting. Marks need the page's lines, so the whole page is read for them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

import models
from domain.geometry import Box
from domain.reading import Seal, VerificationMark
from ocr.detection import LineDetector
from ocr.lines import found_level, read_lines
from ocr.marks import find_marks
from ocr.recognition import LineRecogniser
from ocr.seals import SealTextDetector, find_seals
from ocr.seals.shapes import Pixels

SAME = 0.5
LONG_SIDE = 2600


class Bench:
    """Counts over all pages of one source."""

    def __init__(self, verbose: bool) -> None:
        self.verbose = verbose
        self.counts: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.lines = LineDetector()
        self.recogniser = LineRecogniser()
        self.seal_text = SealTextDetector(models.session("seal_text_detection"))

    def seals(self, name: str, picture: Pixels, truth: list[dict[str, Any]]) -> tuple[Seal, ...]:
        """``truth``: box (fractions), shape, colour and text of every seal of the page."""
        started = time.perf_counter()
        found = find_seals(picture, (), self.recogniser, self.seal_text)
        self.seconds.append(time.perf_counter() - started)
        free = set(range(len(found)))
        for wanted in truth:
            kind = f"{wanted['colour']} {wanted['shape']}"
            self.counts[f"{kind}: there"] += 1
            box = Box.clipped(*wanted["box"])
            same = [index for index in free if found[index].box.overlap(box) > SAME]
            if not same:
                self._say(f"{name}: missed {kind} {wanted['text']}")
                continue
            free.discard(same[0])
            exact = found[same[0]].text == wanted["text"].split(" ")[0]
            self.counts[f"{kind}: found"] += 1
            self.counts[f"{kind}: named"] += bool(wanted["text"])
            self.counts[f"{kind}: exact"] += bool(wanted["text"]) and exact
            if not exact:
                self._say(f"{name}: read {found[same[0]].text!r} for {wanted['text']!r}")
        self.counts["false seals"] += len(free)
        for index in free:
            self._say(
                f"{name}: false {found[index].shape} {found[index].text!r} {found[index].confidence:.2f}"
            )
        return found

    def marks(self, name: str, picture: Pixels, seals: tuple[Seal, ...], truth: list[dict[str, Any]]) -> None:
        lines = read_lines(
            picture, found_level(picture, self.lines.find(picture), self.lines), self.recogniser
        ).lines
        found = find_marks(picture, lines, seals, self.recogniser, self.lines.find)
        self.counts["false marks"] += max(len(found) - len(truth), 0)
        for wanted in truth:
            self.counts["marks: there"] += 1
            box = Box.clipped(*wanted["box"])
            same = [mark for mark in found if mark.box.intersection(box) > 0.2 * box.area]
            if not same:
                self._say(f"{name}: no mark {wanted['text']}")
                continue
            self._parts(name, same[0], wanted)

    def _parts(self, name: str, mark: VerificationMark, wanted: dict[str, Any]) -> None:
        parts = {
            "found": True,
            "text right": mark.text == wanted["text"],
            "style right": mark.style == wanted["style"],
            "signature there or not": (mark.signature is None) == (wanted["signature"] is None),
            "signature wrongly missing": bool(
                wanted["signature"] and mark.signature is None and not mark.signature_unsure
            ),
            "date right": mark.date == wanted["date"],
            "date wrong and sure": mark.date not in (None, wanted["date"]) and not mark.date_unsure,
            "seal there or not": (mark.seal is None) == (wanted["seal"] is None),
        }
        for part, yes in parts.items():
            self.counts[f"marks: {part}"] += yes
        self._say(f"{name}: {[part for part, yes in parts.items() if not yes]} {mark}")

    def _say(self, line: str) -> None:
        if self.verbose:
            print(line)

    def report(self, title: str) -> None:
        print(f"== {title}: {len(self.seconds)} pages")
        for key in sorted(self.counts):
            print(f"{key:40} {self.counts[key]}")
        if self.seconds:
            middle, worst = np.median(self.seconds), max(self.seconds)
            print(f"ms a page for seals: median {1000 * middle:.0f}, most {1000 * worst:.0f}")


def opened(path: Path) -> Pixels:
    """A picture as RGB, no larger than intake gives it."""
    with Image.open(path) as image:
        picture = image.convert("RGB")
        picture.thumbnail((LONG_SIDE, LONG_SIDE))
        return np.asarray(picture, np.uint8)


def drawn(folder: Path, verbose: bool) -> None:
    bench = Bench(verbose)
    for truth in sorted(folder.glob("*.json")):
        page = json.loads(truth.read_text("utf-8"))["pages"][0]
        upright = np.rot90(opened(truth.with_suffix(".jpg")), page["rotation"] // 90)
        picture = np.ascontiguousarray(upright)
        seals = bench.seals(truth.stem, picture, page["seals"])
        bench.marks(truth.stem, picture, seals, page["marks"])
    bench.report("drawn")


def real(folder: Path, verbose: bool) -> None:
    bench = Bench(verbose)
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        path = folder / row["file"]
        if path.suffix == ".pdf":
            continue
        size = np.array([row["width"], row["height"]] * 2, np.float64)
        truth = [{**seal, "box": list(np.array(seal["box"]) / size)} for seal in row["seals"]]
        bench.seals(path.stem, opened(path), truth)
    bench.report("real")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--drawn", type=Path)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    if asked.drawn:
        drawn(asked.drawn, asked.verbose)
    if asked.real:
        real(asked.real, asked.verbose)


if __name__ == "__main__":
    main()
