"""A worker's place whose engine is recorded, slow, and writes down every page that it begins and finishes.

Run as ``python -m tests.faults.engine``: real processes for tests of faults. Variables: ``FAULTS_CREW`` how
many processes; ``FAULTS_PAGE`` seconds a page; ``FAULTS_HANG`` seconds after which one hangs; ``FAULTS_LOG``
the log of pages; ``FAULTS_CLOCK`` a file that holds by how many seconds the clock is off.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from domain.settings import Limits, Settings, load_settings
from pipeline.work.crew import Crew

if TYPE_CHECKING:  # the process that starts the workers need not load what they do
    from domain.page import PageImage
    from domain.reading import PageReading
    from pipeline.tools import OpenedFile, ReadingTools
    from pipeline.work.workplace import Workplace


def shifted_now() -> datetime:
    """The time as a clock tells it that may have been set back."""
    file = os.environ.get("FAULTS_CLOCK")
    off = float(Path(file).read_text()) if file and Path(file).is_file() else 0.0
    return datetime.now(UTC) + timedelta(seconds=off)


def slow_tools() -> ReadingTools:
    """Reads as recorded; a line of the log is ``process, begin or end, digest, page``."""
    from pipeline.tools import ReadingTools
    from tests.pipeline import recorded

    in_hand: list[str] = []

    @contextmanager
    def opened(path: Path, shown_name: str, limits: Limits) -> Iterator[OpenedFile]:
        in_hand.append(path.parent.name + path.name)
        try:
            with recorded.opened(path, shown_name, limits) as file:
                yield file
        finally:
            in_hand.pop()

    def read_page(page: PageImage) -> PageReading:
        _write(f"{os.getpid()} begin {in_hand[-1]} {page.number}")
        time.sleep(float(os.environ.get("FAULTS_PAGE", "0.01")))
        reading = recorded.read_page(page)
        _write(f"{os.getpid()} end {in_hand[-1]} {page.number}")
        return reading

    return ReadingTools(opened=opened, read_page=read_page)


def slow_workplace(settings: Settings) -> Workplace:
    from dataclasses import replace

    from pipeline.work.workplace import workplace_for
    from tests.pipeline import recorded

    return replace(
        workplace_for(settings, shifted_now),
        reading_tools=slow_tools,
        judging_tools=recorded.judging_tools,
        page_seconds=float(os.environ.get("FAULTS_HANG", "60")),
    )


def _write(line: str) -> None:
    """In one call, so that lines of several processes do not mingle."""
    with Path(os.environ["FAULTS_LOG"]).open("ab", buffering=0) as log:
        log.write(f"{line}\n".encode())


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    processes = int(os.environ.get("FAULTS_CREW", "1"))
    sys.exit(Crew(load_settings(), concurrency=processes, make_workplace=slow_workplace).run())
