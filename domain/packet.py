"""The committee's packet of a batch, one sheet an applicant: made in ``pipeline``, printed in ``report``."""

from __future__ import annotations

from datetime import datetime

from domain.base import Record
from domain.kinds import Severity


class PacketDecision(Record):
    """``decision``: confirm or dismiss (contract), or a note beside them."""

    decision: str
    reason: str
    by: str
    at: datetime


class PacketFlag(Record):
    """A flag in force with its decisions, oldest first: the last one counts. Nothing is masked yet."""

    number: int
    severity: Severity
    code: str
    message: str
    advice: str
    requirement: str
    notice: str
    quote: str
    expected: str
    found: str
    file: str = ""
    page: int | None = None
    crop: bytes | None = None
    """The place on the page as JPEG, framed; ``None`` where it has none or the page cannot be drawn."""
    decisions: tuple[PacketDecision, ...] = ()


class PacketSheet(Record):
    """One applicant. ``verdict`` as the contract has it, by the flags shown; empty where not judged."""

    path: str
    applicant: str
    organisation: str
    plan: str
    verdict: str
    files: int
    pages: int
    unread: tuple[str, ...]
    """Files that could not be read."""
    flags: tuple[PacketFlag, ...]


class PacketCover(Record):
    """What the packet is of. ``problems``: what could not be unpacked, as path and message."""

    batch: str
    made_at: datetime
    made_by: str
    verdicts: dict[str, int]
    problems: tuple[tuple[str, str], ...]
