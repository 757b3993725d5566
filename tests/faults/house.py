"""A whole installation of real processes on a database and a broker, to be broken and looked at."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from domain.settings import Settings
from pipeline.bell import bell_for
from pipeline.work.workplace import Workplace
from store.blobs import DiskBlobs
from store.database import Database
from store.jobs import Ledger
from store.migrating import migrate
from tests.conftest import ROOT
from tests.faults.engine import shifted_now
from tests.pipeline import recorded
from tests.work.office import Office

Result = TypeVar("Result")
PATIENCE = 90.0
"""Seconds that a test waits for what must come: much, since machines are busy."""


class House:
    """``office`` uploads and looks, ``crew`` starts workers, who speak into ``folder/worker.log``."""

    def __init__(self, folder: Path, *, lease: float = 3.0, **settings: Any) -> None:
        self.folder = folder
        self.pages = folder / "pages.log"
        self.pages.touch()
        self.settings = Settings(data=folder / "data", lease_seconds=lease, **settings)
        self.database = Database(self.settings.database_url)
        migrate(self.database)
        self.office = Office(
            Workplace(
                settings=self.settings,
                database=self.database,
                blobs=DiskBlobs(self.settings.data / "blobs"),
                ledger=Ledger(self.database, shifted_now),
                bell=bell_for(self.settings),
                reading_tools=recorded.reading_tools,
                judging_tools=recorded.judging_tools,
                clock=shifted_now,
            )
        )

    def upload(self, content: str, name: str = "张三") -> str:
        """The id of a file of a new application, its worker told of it."""
        file = self.office.upload(self.office.apply(name), content)
        self.office.place.bell.ring("uploads")
        return file

    @contextmanager
    def crew(self, processes: int = 1, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
        """Workers; told to stop at the end, and then all of them must be gone."""
        settings = self.settings
        environment = os.environ | {
            "HEZHENG_DATA": str(settings.data),
            "HEZHENG_DATABASE": settings.database,
            "HEZHENG_BROKER": settings.broker,
            "HEZHENG_BELL": settings.bell,
            "HEZHENG_LEASE_SECONDS": str(settings.lease_seconds),
            "FAULTS_CREW": str(processes),
            "FAULTS_LOG": str(self.pages),
            **variables,
        }
        command = [sys.executable, "-m", "tests.faults.engine"]
        with (self.folder / "worker.log").open("ab") as log:
            crew = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603
        try:
            yield crew
        finally:
            crew.send_signal(signal.SIGTERM)
            crew.wait(PATIENCE)

    def reading_process(self) -> int:
        """The process that is in the middle of a page."""
        return until(self.in_hand, "a page is being read")

    def through(self, file: str) -> bool:
        return self.office.file(file).status in ("done", "failed")

    def wait_for_all(self) -> None:
        """Until every upload is done or failed, and every application judged."""
        until(lambda: all(job.state in ("done", "failed") for job in self.office.jobs()), "all jobs end")
        assert {row.status for row in self.office.files().values()} <= {"done", "failed"}

    def times_read(self) -> Counter[tuple[str, int]]:
        """How often each page of each upload was read to its end."""
        lines = (line.split() for line in self.pages.read_text(encoding="utf-8").splitlines())
        return Counter((digest, int(page)) for _, what, digest, page in lines if what == "end")

    def assert_nothing_lost_or_doubled(self) -> None:
        """Every upload done, or failed with a reason; one reading for each content, one review a judging."""
        rows = self.office.files().values()
        assert rows
        for row in rows:
            assert row.status == "done" or (
                row.status == "failed" and row.failure_code and row.failure_message
            )
        kept = Counter(reading.sha256 for reading in self.office.readings())
        assert set(kept) >= {row.sha256 for row in rows if row.status == "done"}
        assert set(kept.values()) <= {1}
        for application in {row.application_id for row in rows}:
            judgings = [job for job in self.office.jobs() if job.payload == {"application": application}]
            assert len(self.office.reviews(application)) == len(judgings) > 0
            assert self.office.application(application).verdict

    def workers(self) -> list[int]:
        """The living processes that have read anything, the longest at work first."""
        lines = self.pages.read_text(encoding="utf-8").splitlines()
        return [
            process for process in dict.fromkeys(int(line.split()[0]) for line in lines) if _lives(process)
        ]

    def close(self) -> None:
        self.database.close()

    def in_hand(self) -> int:
        """A living process that has begun a page and not finished it; 0 where there is none."""
        begun = Counter[int]()
        for line in self.pages.read_text(encoding="utf-8").splitlines():
            process, what, _, _ = line.split()
            begun[int(process)] += 1 if what == "begin" else -1
        return next((process for process, pages in begun.items() if pages and _lives(process)), 0)


def until(look: Callable[[], Result], what: str, seconds: float = PATIENCE) -> Result:
    """What ``look`` gives as soon as it is true. Fails where that does not come."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds:.0f} s in vain until {what}")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
