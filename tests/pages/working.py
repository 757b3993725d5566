"""A worker beside the browser's service: jobs are done while somebody looks on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from pipeline.bell import Bell
from pipeline.real_tools import judging_tools
from pipeline.tools import JudgingTools, ReadingTools
from pipeline.work.performing import work_next
from pipeline.work.workplace import Workplace
from policies import load_lists
from store.jobs import Ledger
from tests.pages.serving import DemoHouse, SilentBell
from web.service import utc_now

_PAUSE_SECONDS = 0.1


@contextmanager
def working(
    house: DemoHouse, reading_tools: Callable[[], ReadingTools], pause: float = _PAUSE_SECONDS
) -> Iterator[None]:
    """One worker, a thread, until the block ends. ``pause``: seconds between jobs."""
    over = threading.Event()

    def tools() -> JudgingTools:
        return replace(judging_tools(), lists=load_lists(house.settings.lists))

    place = Workplace(
        settings=house.settings,
        database=house.database,
        blobs=house.blobs,
        ledger=Ledger(house.database, utc_now),
        bell=cast(Bell, SilentBell()),
        reading_tools=reading_tools,
        judging_tools=tools,
        clock=utc_now,
        stopping=over.is_set,
    )

    def work() -> None:
        while not over.is_set():
            work_next(place)
            over.wait(pause)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
