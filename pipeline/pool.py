"""Worker processes that read files. One that dies or falls silent costs only the file in its hands.

Each worker is a fresh process (spawn: nothing heavy is inherited) whose networks run on one thread; it makes
its reading tools when its first file comes. Jobs and results go through a pipe of its own, so that the parent
always knows who held what; ``concurrent.futures`` would give up the whole pool instead.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from domain.errors import FileProblem, SetupError
from domain.reading import Reading
from domain.screening import PagePictures
from domain.settings import Limits
from pipeline.reading import fault_message, read_file, unreadable
from pipeline.tools import ReadingTools

MakeTools = Callable[[], ReadingTools]
"""A function at the top of a module: the worker process imports it by name."""

SILENCE_SECONDS = 600.0
"""A worker that reports no page for so long hangs and is ended. A dense page takes seconds."""


@dataclass(frozen=True, slots=True)
class ReadJob:
    """One file to read. ``key`` comes back with every report of it; ``label`` names it in progress."""

    key: str
    path: Path
    shown_name: str
    label: str


@dataclass(frozen=True, slots=True)
class PageRead:
    key: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class FileRead:
    key: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class SetupFailed:
    """The worker could not even make its tools (weights missing): no other worker will."""

    message: str


def read_all(
    jobs: Sequence[ReadJob],
    make_tools: MakeTools,
    *,
    workers: int,
    limits: Limits,
    pictures: PagePictures | None = None,
    silence_seconds: float = SILENCE_SECONDS,
) -> Iterator[PageRead | FileRead]:
    """Read every job, reporting pages and files as they are done (files in any order, each exactly once).

    Raises ``SetupError`` where the tools cannot be made. Workers end with the iterator.
    """
    waiting = deque(jobs)
    staff: list[_Worker] = []
    try:
        while waiting or any(worker.job for worker in staff):
            while waiting and len(staff) < max(1, workers):
                staff.append(_Worker.hired(make_tools, limits, pictures))
            for worker in staff:
                if worker.job is None and waiting:
                    worker.give(waiting.popleft())
            ready = wait([worker.pipe for worker in staff], timeout=1.0)
            for worker in list(staff):
                if worker.pipe in ready:
                    yield from worker.reports()
                if worker.job and time.monotonic() - worker.heard > silence_seconds:
                    worker.end()
                if worker.gone:
                    staff.remove(worker)
                    if worker.job is not None:
                        yield FileRead(worker.job.key, _given_up(worker.job))
    finally:
        for worker in staff:
            worker.end()


class _Worker:
    """The parent's side of one worker process."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.job: ReadJob | None = None
        self.heard = time.monotonic()
        self.gone = False

    @classmethod
    def hired(cls, make_tools: MakeTools, limits: Limits, pictures: PagePictures | None) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, make_tools, limits, pictures))
        process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, job: ReadJob) -> None:
        self.job, self.heard = job, time.monotonic()
        with suppress(OSError):  # a worker that has just died is noticed by its closed pipe
            self.pipe.send(job)

    def reports(self) -> Iterator[PageRead | FileRead]:
        """All that lies in the pipe. Marks the worker as gone where the pipe has ended."""
        try:
            while self.pipe.poll():
                report = self.pipe.recv()
                self.heard = time.monotonic()
                if isinstance(report, SetupFailed):
                    raise SetupError(report.message)
                if isinstance(report, FileRead):
                    self.job = None
                yield report
        except (EOFError, OSError):
            self.end()

    def end(self) -> None:
        self.gone = True
        with suppress(OSError):
            self.pipe.close()
        if self.process.is_alive():
            self.process.join(0.5 if self.job is None else 0)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def _work(pipe: Connection, make_tools: MakeTools, limits: Limits, pictures: PagePictures | None) -> None:
    """The worker's life: take a job, report its pages, report the file; until the pipe is closed."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    tools: ReadingTools | None = None
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            job: ReadJob = pipe.recv()
            try:
                tools = tools or _made(make_tools)
                reading = _read(job, tools, pipe, limits, pictures)
            except SetupError as problem:
                pipe.send(SetupFailed(str(problem)))
                return
            pipe.send(FileRead(job.key, reading))


def _made(make_tools: MakeTools) -> ReadingTools:
    """The tools; whatever keeps them from being made would keep every other worker from it as well."""
    try:
        return make_tools()
    except SetupError:
        raise
    except Exception as problem:
        message = f"读取程序无法启动（{type(problem).__name__}：{problem}）。请运行 hezheng doctor 查看原因。"
        raise SetupError(message) from problem


def _read(
    job: ReadJob, tools: ReadingTools, pipe: Connection, limits: Limits, pictures: PagePictures | None
) -> Reading:
    def report_page(page: int, pages: int) -> None:
        pipe.send(PageRead(job.key, page, pages))

    return read_file(job.path, job.shown_name, limits, tools, pictures=pictures, on_page=report_page)


def _given_up(job: ReadJob) -> Reading:
    """Intake opens files in a process of its own, so what ended the worker is no proof against the file."""
    message = fault_message(job.shown_name)
    return unreadable(job.path, job.shown_name, FileProblem.UNREADABLE, message, ours=True)
