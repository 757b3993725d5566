"""``hezheng bench capacity`` held against a real batch: cost and memory, hundred by hundred.

    python -m bench.capacity [FOLDER] [--pages 2000] [--workers 2] [--told 60]

The evidence in FOLDER (default: the demo batch) is read over and over. What the first ``--told`` pages
foretell for the whole is held against what it took; wanted are at most 5 % off the straight line, and no
worker that grows: its peak within 5 % of what it was after the second hundred.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from domain.machine import usable_cores
from domain.settings import Limits
from pipeline.capacity import Reached, evidence_in, reached, slope_of
from pipeline.real_tools import reading_tools


def hundreds(points: Sequence[Reached]) -> list[Reached]:
    """The first point of every hundred pages, and the last."""
    kept = [points[0]]
    for point in points:
        if point.pages // 100 > kept[-1].pages // 100:
            kept.append(point)
    return [*kept[1:], points[-1]] if kept[-1] is not points[-1] else kept[1:]


def main() -> None:
    """Print a row for every hundred pages, and how near the forecast came."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("fixtures/demo"))
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=usable_cores())
    parser.add_argument("--told", type=int, default=60, help="pages that the forecast is made from")
    arguments = parser.parse_args()
    files = evidence_in(arguments.folder)
    if not files:
        parser.error(f"no evidence under {arguments.folder}")
    points: list[Reached] = []
    jobs = list(islice(cycle(files), arguments.pages))
    shown = 0
    for point in reached(jobs, reading_tools, workers=arguments.workers, limits=Limits()):
        points.append(point)
        if point.pages // 100 > shown:
            shown = point.pages // 100
            a_page = point.processor / point.pages
            print(
                f"{point.pages:>6} pages {point.seconds:>7.0f} s, processor {a_page:.3f} s a page,"
                f" largest worker {point.largest:.0f} MB, load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
        if point.pages >= arguments.pages:
            break
    early = slope_of([point for point in points if point.pages <= arguments.told])
    whole, last = slope_of(points), points[-1]
    foretold = early.start + early.seconds * last.pages
    print(f"foretold from {arguments.told} pages: {foretold:.0f} s; took {last.seconds:.0f} s")
    print(f"a page {whole.seconds:.3f} s, off the straight line by {whole.off:.1%} at most")
    rows = hundreds(points)
    if len(rows) > 2:
        second = rows[1].largest
        print(f"largest worker: {second:.0f} MB after the second hundred, {last.largest:.0f} MB at the end")


if __name__ == "__main__":
    main()
