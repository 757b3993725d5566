"""All that a worker has at hand."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from domain.settings import Settings
from pipeline.bell import QUEUES, Bell, bell_for
from pipeline.tools import JudgingTools, ReadingTools
from pipeline.work.remembering import remembering
from store.blobs import Blobs, blobs_for
from store.database import Database
from store.jobs import Ledger

PAGE_SECONDS = 300.0
"""A page that takes longer hangs. A dense page takes seconds, the first one loads the networks."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Workplace:
    """One worker's place. ``reading_tools`` is called when the first page comes: it loads the networks."""

    settings: Settings
    database: Database
    blobs: Blobs
    ledger: Ledger
    bell: Bell
    reading_tools: Callable[[], ReadingTools]
    judging_tools: Callable[[], JudgingTools]
    clock: Callable[[], datetime] = utc_now
    queues: tuple[str, ...] = QUEUES
    """In the order in which jobs are taken from them."""
    page_seconds: float = PAGE_SECONDS
    stopping: Callable[[], bool] = lambda: False
    """Whether the worker is to stop: the job in hand is given back at the next page."""
    between_pages: Callable[[], int] = lambda: 0
    """Called at every page of a job in hand: whoever waits before the screen goes first (``performing``).
    Gives how many jobs it did."""
    interrupting: bool = False
    """Done between two pages of another job: it waits for nobody, or two could wait for each other."""
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")


def workplace_for(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Workplace:
    """The place as the settings say, with the real reader."""
    from pipeline import real_tools

    database = Database(settings.database_url)
    return Workplace(
        settings=settings,
        database=database,
        blobs=blobs_for(settings),
        ledger=Ledger(database, clock, timedelta(seconds=settings.lease_seconds)),
        bell=bell_for(settings),
        reading_tools=cache(real_tools.reading_tools),
        judging_tools=remembering(real_tools.judging_tools),
        clock=clock,
    )
