"""What the API answers, for OpenAPI: the shapes of ``screen`` (contract) with ids, statuses and decisions.

Answers are built as plain JSON (``web.api.documents``); tests hold them against these shapes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.kinds import EvidenceKind

FileStatus = Literal["queued", "reading", "checking", "done", "failed"]
ApplicationStatus = Literal["open", "reading", "checking", "done"]
Verdict = Literal["fail", "review", "pass"]
DecisionWord = Literal["confirm", "dismiss"]
KeptWord = Literal["confirm", "dismiss", "doubt", "withdraw"]
"""Clerks' notes are kept beside their decisions: in doubt, taken back. The flag is open then."""
BoxShape = tuple[float, float, float, float]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Created(Shape):
    id: str


class Accepted(Shape):
    id: str
    status_url: str


class Progress(Shape):
    """Pages read so far, of all; both 0 while it is not known."""

    page: int
    pages: int


class Failure(Shape):
    code: str
    message: str


class Requirement(Shape):
    id: str
    notice: str
    quote: str


class Decision(Shape):
    decision: KeptWord
    reason: str
    by: str
    at: datetime


class Flag(Shape):
    """A flag as in ``screen``; ``decision``: the last of ``decisions``, ``null`` while the flag is open."""

    id: str
    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    advice: str
    requirement: Requirement
    file: str | None
    page: int | None
    box: BoxShape | None
    expected: str | None
    found: str | None
    confidence: float
    decision: Decision | None
    decisions: list[Decision]


class Value(Shape):
    """One value read off a page."""

    value: str | int | float | bool
    page: int
    box: BoxShape | None
    confidence: float


class Row(Shape):
    kind: str
    page: int
    fields: dict[str, Value]


class Document(Shape):
    kind: str
    pages: list[int]
    fields: dict[str, Value]
    rows: list[Row]


class FileSummary(Shape):
    """A file in a list. ``kind``: as read, or as declared while it is not read."""

    id: str
    path: str
    sha256: str
    kind: str
    declared_kind: str
    copy_: bool = Field(alias="copy")
    about: str
    status: FileStatus
    progress: Progress
    pages: int
    error: Failure | None
    received_at: datetime
    flags: list[Flag]


class File(FileSummary):
    """``fields`` and ``documents`` are empty until the file is judged."""

    application: str
    replaced: bool
    fields: dict[str, Value]
    documents: list[Document]


class ApplicationFile(FileSummary):
    fields: dict[str, Value]
    documents: list[Document]


class Check(Shape):
    check: str
    requirement: str
    outcome: str
    file: str | None


class _Application(Shape):
    """``verdict`` is ``null`` until all files are judged; ``flags`` are those about no one file."""

    id: str
    path: str
    applicant: str
    organisation: str
    plan: str
    batch: str | None
    status: ApplicationStatus
    verdict: Verdict | None
    created_at: datetime
    changed_at: datetime
    flags: list[Flag]


class ApplicationSummary(_Application):
    """As lists show it."""

    files: list[FileSummary]


class Application(_Application):
    """The whole of it, as in ``screen``."""

    declaration: dict[str, object]
    files: list[ApplicationFile]
    checks: list[Check]
    versions: dict[str, str]


class Applications(Shape):
    """A page of applications; ``next`` is the cursor of the page after, ``null`` on the last."""

    applications: list[ApplicationSummary]
    next: str | None


class UploadForm(Shape):
    """``about``: what the file proves, ``papers/0``. ``replaces``: the id of a file that it stands for."""

    file: bytes = Field(json_schema_extra={"format": "binary"})
    kind: EvidenceKind | None = None
    copy_: bool = Field(default=False, alias="copy")
    about: str = Field(default="", max_length=80)
    replaces: str = ""
