"""How many pages this machine reads an hour: evidence through the worker processes, timed page by page.

What workers pay once (loading networks, compiling them) is the intercept of the straight line through seconds
against pages, fitted by least squares; its slope is what a page costs.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import active_children
from pathlib import Path

from domain.settings import Limits
from pipeline.pool import FileRead, MakeTools, PageRead, ReadJob, read_all

EVIDENCE = frozenset({".jpg", ".jpeg", ".png", ".pdf", ".tif", ".tiff", ".bmp", ".webp"})
_PROCESSES = Path("/proc")
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Reached:
    """After ``pages`` pages: ``seconds`` on the clock, ``processor`` seconds of all workers together.

    ``largest``: MB, the most that any of them ever held.
    """

    pages: int
    seconds: float
    processor: float
    largest: float


@dataclass(frozen=True, slots=True)
class Slope:
    """``seconds`` a page when warm, ``start`` seconds before; ``off``: the worst misfit, as a share."""

    seconds: float
    start: float
    off: float


def evidence_in(folder: Path) -> list[Path]:
    """Files of the kinds that are uploaded, at any depth, in the order of their names."""
    return [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in EVIDENCE and path.is_file()]


def spread(files: Sequence[Path], count: int) -> list[Path]:
    """``count`` of them, from all over the list, so that every kind comes early and late; again where few."""
    step = max(len(files) / count, 1.0)
    return [files[int(place * step) % len(files)] for place in range(count)]


def reached(
    files: Sequence[Path], make_tools: MakeTools, *, workers: int, limits: Limits
) -> Iterator[Reached]:
    """Read every file, and report after each. Raises ``SetupError`` where the reader is not fit for use."""
    jobs = [ReadJob(str(place), path, path.name, str(place)) for place, path in enumerate(files)]
    pages, started = 0, time.perf_counter()
    for report in read_all(jobs, make_tools, workers=workers, limits=limits):
        pages += isinstance(report, PageRead)
        if isinstance(report, FileRead):
            spent = [_spent(child.pid) for child in active_children() if child.pid]
            yield Reached(
                pages,
                time.perf_counter() - started,
                sum(seconds for seconds, _ in spent),
                max((memory for _, memory in spent), default=0.0),
            )


def slope_of(points: Sequence[Reached]) -> Slope:
    """The straight line through pages and seconds. At least two points of different pages are needed."""
    pages = [point.pages for point in points]
    seconds = [point.seconds for point in points]
    middle, mean = sum(pages) / len(pages), sum(seconds) / len(seconds)
    spread_of_pages = sum((page - middle) ** 2 for page in pages)
    if not spread_of_pages:
        raise ValueError("one page tells no slope")
    a_page = (
        sum((page - middle) * (one - mean) for page, one in zip(pages, seconds, strict=True))
        / spread_of_pages
    )
    start = mean - a_page * middle
    off = max(abs(start + a_page * page - one) for page, one in zip(pages, seconds, strict=True))
    return Slope(a_page, start, off / max(seconds))


def machines_for(batch: int, hours: float, seconds_a_page: float) -> int:
    """How many machines read ``batch`` pages in so many hours."""
    return math.ceil(batch * seconds_a_page / (hours * 3600))


def _spent(process: int) -> tuple[float, float]:
    """Processor seconds, ended children's included, and the most MB it ever held; 0 where not told."""
    try:
        times = (_PROCESSES / str(process) / "stat").read_text().rpartition(")")[2].split()
        status = (_PROCESSES / str(process) / "status").read_text()
    except OSError:
        return 0.0, 0.0
    peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
    seconds = sum(int(value) for value in times[11:15]) / os.sysconf("SC_CLK_TCK")
    return seconds, int(peak) * 1024 / _MEGABYTE
