"""The stages that the line strings together, passed in so that a test can put others in their place.

``ReadingTools`` work where pixels are (a worker process), ``JudgingTools`` where facts are (the parent).
Heavy rooms are imported only when the real tools are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.declaration import DeclaredEvidence
from domain.facts import Document
from domain.page import PageImage
from domain.plan import Plan
from domain.reading import PageReading, PictureFacts, Reading
from domain.review import ApplicationReview, CheckResult, Dossier, JournalLists
from domain.settings import Limits
from domain.traces import FileTraces, PageTraces


class OpenedFile(Protocol):
    """A file that passed the sniff: what it is, and its pages one after another."""

    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def media_type(self) -> str: ...
    @property
    def page_count(self) -> int: ...
    @property
    def picture(self) -> PictureFacts | None: ...
    @property
    def traces(self) -> FileTraces: ...
    def pages(self) -> Iterator[PageImage]: ...


@dataclass(frozen=True, slots=True)
class ReadingTools:
    """``opened`` raises ``InputError`` with a code of the contract for a file that cannot be used."""

    opened: Callable[[Path, str, Limits], AbstractContextManager[OpenedFile]]
    read_page: Callable[[PageImage], PageReading]
    examine: Callable[[PageImage, PageReading], PageTraces] = lambda page, reading: PageTraces()
    warm: Callable[[], None] = lambda: None
    """Loads what the first page would have to wait for."""


@dataclass(frozen=True, slots=True)
class JudgingTools:
    """``load_plan`` raises ``InputError`` for a plan that is not built in."""

    understand: Callable[[Reading, DeclaredEvidence | None], Document]
    run_checks: Callable[[Dossier], Sequence[CheckResult]]
    assemble: Callable[[str, Dossier, Sequence[CheckResult]], ApplicationReview]
    load_plan: Callable[[str], Plan]
    default_plan: str
    lists: JournalLists
