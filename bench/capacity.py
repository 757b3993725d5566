"""How many pages this machine reads an hour, and how many such machines a batch needs overnight.

    python -m bench.capacity [FOLDER] [--pages 40] [--workers 2] [--batch 100000] [--hours 10]

Every page of the evidence in FOLDER (the demo batch) goes through the whole line, intake to reading, in
worker processes of one thread. What the workers pay once (loading and compiling networks) is the intercept
of the straight line through seconds against pages done, by least squares.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from domain.settings import Limits
from pipeline.pool import FileRead, PageRead, ReadJob, read_all
from pipeline.real_tools import reading_tools

KINDS = frozenset({".jpg", ".jpeg", ".png", ".pdf", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class Slope:
    """``seconds`` a page when warm, ``start`` seconds before; ``off``: the worst misfit, as a share."""

    seconds: float
    start: float
    off: float


def slope_of(pages: list[int], seconds: list[float]) -> Slope:
    """The straight line through pages done against seconds passed."""
    a_page, start = np.polyfit(np.array(pages, float), np.array(seconds), 1)
    fitted = a_page * np.array(pages) + start
    return Slope(float(a_page), float(start), float(np.abs(fitted - np.array(seconds)).max()) / max(seconds))


def machines_for(batch: int, hours: float, seconds_a_page: float) -> int:
    """How many machines read ``batch`` pages in so many hours."""
    return math.ceil(batch * seconds_a_page / (hours * 3600))


def main() -> None:
    """Print pages an hour, and machines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("fixtures/demo"))
    parser.add_argument("--pages", type=int, default=40, help="files at most; they are taken again if fewer")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--batch", type=int, default=100_000)
    parser.add_argument("--hours", type=float, default=10.0)
    arguments = parser.parse_args()
    files = [path for path in sorted(arguments.folder.rglob("*")) if path.suffix.lower() in KINDS]
    if not files:
        parser.error(f"no evidence under {arguments.folder}")
    # Spread over the whole folder, so that every kind of page is there early and late.
    step = max(len(files) / arguments.pages, 1.0)
    chosen = [files[int(i * step) % len(files)] for i in range(arguments.pages)]
    jobs = [ReadJob(str(i), path, path.name, str(i)) for i, path in enumerate(chosen)]
    done, pages, seconds = 0, [], []
    started = time.perf_counter()
    for report in read_all(jobs, reading_tools, workers=arguments.workers, limits=Limits()):
        done += isinstance(report, PageRead)
        if isinstance(report, FileRead):
            pages.append(done)
            seconds.append(time.perf_counter() - started)
    line = slope_of(pages, seconds)
    needed = machines_for(arguments.batch, arguments.hours, line.seconds)
    load = os.getloadavg()[0]
    print(f"{done} pages by {arguments.workers} workers in {seconds[-1]:.0f} s; load average {load:.1f}")
    print(f"a page {line.seconds:.2f} s, start {line.start:.1f} s, off the line by {line.off:.0%} at most")
    print(f"pages an hour: {3600 / line.seconds:.0f}, a worker {3600 / line.seconds / arguments.workers:.0f}")
    print(f"{arguments.batch} pages in {arguments.hours:g} h: {needed} machines of this size")


if __name__ == "__main__":
    main()
