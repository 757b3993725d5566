"""Many pages through the measurer, in one process or several; a module of its own for the workers to find."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from functools import partial

from bench.seals.measure import Measurer, PageOutcome
from bench.seals.pages import TruePage

_measurers: list[Measurer] = []


def _measured(page: TruePage, under: bool) -> PageOutcome:
    """A process loads its networks with its first page."""
    if not _measurers:
        _measurers.append(Measurer())
    return _measurers[0].measure(page, under=under)


def measured(pages: Sequence[TruePage], *, under: bool, processes: int) -> list[PageOutcome]:
    """Outcomes in the order of ``pages``."""
    if processes == 1:
        return [_measured(page, under) for page in pages]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return pool.map(partial(_measured, under=under), pages, chunksize=4)
