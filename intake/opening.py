"""Open one untrusted file: hash and sniff it here, decode it in a child, hand out checked pages."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from domain.errors import FileProblem
from domain.page import PageImage
from domain.reading import PictureFacts
from domain.settings import Limits
from domain.traces import FileTraces
from intake import wire
from intake.names import safe_name
from intake.receiving import Receiver
from intake.sandbox import Sandbox
from intake.sniff import HEAD_BYTES, Sniffed, sniff
from intake.wire import Job, Reason, RefusedError
from intake.wording import refusal

_CHUNK = 1024 * 1024
CHILD = "intake.child"
"""The module that decodes, in a process of its own."""
_RESTARTS = 3
"""Children that may die over one file before its remaining pages are given up."""


def opened(path: Path, shown_name: str, limits: Limits) -> Opened:
    """Open ``path`` for reading; use the result in a ``with`` statement, or close it.

    Raises InputError (code of the contract, Chinese message naming ``shown_name``).
    """
    return Opened(path, safe_name(shown_name), limits)


class Opened:
    """A file whose decoder runs in a child. ``pages()`` may be gone through once."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._left = float(limits.wall_seconds)
        self._child: Receiver | None = None
        self._taken = False
        self._sniffed = Sniffed("application/octet-stream", None, "未知类型")
        self._file = -1
        try:
            self._file, self.size = _open_regular(path, limits)
            self.sha256, head = _fingerprint(self._file)
            self._sniffed = sniff(head)
            self._job = _job(self._sniffed, limits)
            self._child = self._start(1)
        except RefusedError as refused:
            self.close()
            raise refusal(name, refused.problem, refused.reason, limits, self._sniffed.shown) from None
        except BaseException:
            self.close()
            raise
        self.media_type = self._sniffed.media_type
        self.page_count = self._child.page_count
        picture = self._child.picture
        self.picture: PictureFacts | None = picture
        self.traces: FileTraces = self._child.traces

    def pages(self, first: int = 1) -> Iterator[PageImage]:
        """The pages from ``first`` on, one in memory at a time. A page that failed has ``problem`` set.

        Raises InputError where the file's only page fails.
        """
        if self._taken:
            raise RuntimeError("the pages of a file can be gone through once")
        self._taken = True
        deaths = 0
        number = first
        if first > 1:  # a child decodes on from where it began
            self._end_child()
        while number <= self.page_count:
            try:
                if self._child is None:
                    self._child = self._start(number)
                page = self._child.page(number)
            except RefusedError as refused:
                self._end_child()
                if self.page_count == 1:
                    raise refusal(
                        self.name, refused.problem, refused.reason, self._limits, self._sniffed.shown
                    ) from None
                deaths += 1
                last = self.page_count if deaths > _RESTARTS or self._left <= 0 else number
                for failed in range(number, last + 1):
                    yield PageImage(failed, 0, 0, b"", problem=refused.problem)
                number = last + 1
                continue
            yield page
            number += 1
        self.close()

    def close(self) -> None:
        """End the child and let go of the file. May be called twice."""
        self._end_child()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self, first_page: int) -> Receiver:
        # Parent and children share one place in the file, so every child begins from a rewound file.
        os.lseek(self._file, 0, os.SEEK_SET)
        arguments = self._job.starting_at(first_page).to_arguments()
        sandbox = Sandbox(CHILD, arguments, self._file, self._limits, self._left)
        try:
            receiver = Receiver(sandbox, self._job)
            if first_page > 1 and receiver.page_count != self.page_count:
                raise RefusedError(FileProblem.UNREADABLE, Reason.DAMAGED)
        except BaseException:
            self._left = sandbox.seconds_left
            sandbox.close()
            raise
        return receiver

    def _end_child(self) -> None:
        if self._child is not None:
            self._left = self._child.sandbox.seconds_left
            self._child.sandbox.close()
            self._child = None


def _open_regular(path: Path, limits: Limits) -> tuple[int, int]:
    """An open descriptor and the size of a regular file: no link, no pipe, no device is ever opened."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except PermissionError:
        raise RefusedError(FileProblem.UNREADABLE, Reason.NOT_READABLE) from None
    except (OSError, ValueError):
        raise RefusedError(FileProblem.UNREADABLE, Reason.NOT_A_FILE) from None
    found = os.fstat(file)
    refused: RefusedError | None = None
    if not stat.S_ISREG(found.st_mode):
        refused = RefusedError(FileProblem.UNREADABLE, Reason.NOT_A_FILE)
    elif found.st_size == 0:
        refused = RefusedError(FileProblem.UNREADABLE, Reason.EMPTY)
    elif found.st_size > limits.file_bytes:
        refused = RefusedError(FileProblem.TOO_LARGE, Reason.TOO_MANY_BYTES)
    if refused is not None:
        os.close(file)
        raise refused
    return file, found.st_size


def _fingerprint(file: int) -> tuple[str, bytes]:
    """SHA-256 of the whole file, and its first bytes."""
    digest = hashlib.sha256()
    head = b""
    while chunk := os.read(file, _CHUNK):
        head = head or chunk[:HEAD_BYTES]
        digest.update(chunk)
    return digest.hexdigest(), head


def _job(sniffed: Sniffed, limits: Limits) -> Job:
    if sniffed.kind is None:
        raise RefusedError(FileProblem.UNSUPPORTED, Reason.NOT_KNOWN)
    return Job(
        kind=wire.KINDS.index(sniffed.kind),
        first_page=1,
        pages=limits.pages,
        pixels_per_page=limits.pixels_per_page,
        pixels_per_file=limits.pixels_per_file,
        render_dpi=limits.render_dpi,
        render_long_side=limits.render_long_side,
    )
