"""What was read off a file: pages, lines, seals, marks, quality. No judgement yet."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from domain.base import Record
from domain.errors import FileProblem
from domain.geometry import Box, Quad
from domain.kinds import MarkStyle, PageSource, ReadingStatus, SealColour, SealShape
from domain.traces import FileTraces, PageTraces

Confidence = float


class Line(Record):
    """One line of text. ``raw`` is what the engine gave, ``text`` its tidy form (width-folded, trimmed)."""

    text: str
    raw: str
    confidence: Confidence = Field(ge=0, le=1)
    quad: Quad
    source: Literal["ocr", "text_layer"] = "ocr"
    under_seal: bool = False
    """Ink lies over the line: its reading is less sure than its confidence says."""

    @property
    def box(self) -> Box:
        return self.quad.box


class SealStrip(Record):
    """What the recogniser saw along a seal's arc in one view of it: any name can be scored on it.

    A seal is judged again later, under other declarations: the reading keeps what was seen, not whose it is.
    ``steps`` is written by ``ocr.seals.lattice`` and read by ``matching.seal_lattice``, which says how.
    """

    view: str
    """``clean`` (print painted out), ``raw``, or either with more words for another start or width."""
    steps: str


class Seal(Record):
    """A seal on the page. ``text`` is the unit's name as read, ``""`` where it could not be read."""

    box: Box
    shape: SealShape
    colour: SealColour
    text: str
    bottom_text: str = ""
    code: str = ""
    confidence: Confidence = Field(ge=0, le=1)
    """How sure it is that this is a seal at all."""
    text_confidence: Confidence = Field(default=0.0, ge=0, le=1)
    """How sure the reading of ``text`` is."""
    alternatives: tuple[str, ...] = ()
    """Other readings of the same seal (raw, ink kept, ink removed, other start), best first."""
    strips: tuple[SealStrip, ...] = ()
    """What was seen along the arc, one a view. Never shown; empty for square stamps and older readings."""
    partial: bool = False
    """Cut by the page's edge (骑缝章)."""


class Signature(Record):
    box: Box
    confidence: Confidence = Field(default=1.0, ge=0, le=1)


class VerificationMark(Record):
    """A statement that a copy agrees with its original, with what stands beside it.

    ``date`` is ISO 8601; ``seal`` an index into the page's seals. ``None`` = not there beside the mark;
    ``*_unsure`` = something is there but cannot be told, so its absence must not be held against anyone.
    """

    box: Box
    text: str
    style: MarkStyle
    signature: Signature | None = None
    signature_unsure: bool = False
    date: str | None = None
    date_box: Box | None = None
    date_unsure: bool = False
    seal: int | None = None
    confidence: Confidence = Field(ge=0, le=1)


class PageQuality(Record):
    """``sharpness`` and ``contrast`` 0-1; ``legible`` false = too blurred, small or faint to be read."""

    sharpness: float = Field(ge=0, le=1)
    contrast: float = Field(default=1.0, ge=0, le=1)
    legible: bool = True
    blank: bool = False
    clipped: bool = False
    """Text runs into the picture's edge: the copy may not be whole."""


class PageReading(Record):
    """One page. A page that failed stays in the list with ``problem`` set, so page numbers never shift."""

    number: int = Field(ge=1)
    width: int = Field(ge=0)
    height: int = Field(ge=0)
    rotation: Literal[0, 90, 180, 270] = 0
    """Degrees clockwise that the uploaded picture had been turned from upright."""
    source: PageSource = PageSource.SCAN
    quality: PageQuality
    lines: tuple[Line, ...] = ()
    seals: tuple[Seal, ...] = ()
    marks: tuple[VerificationMark, ...] = ()
    hidden_text_differs: bool = False
    """The page's own text layer says something else than its picture."""
    traces: PageTraces = PageTraces()
    """Kept for the clerk, never shown to applicants; none in older readings."""
    problem: FileProblem | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class PictureFacts(Record):
    """What the ID-photo rules ask of the file itself. Background = mean RGB of the upper border, 0-255."""

    width: int
    height: int
    format: str
    background_rgb: tuple[int, int, int] | None = None
    background_spread: float | None = None
    """Standard deviation of the border's brightness, 0-255: a plain wall is low."""


class FileError(Record):
    code: FileProblem
    message: str
    ours: bool = False
    """Our own reader failed: the file may be in order, so nothing is laid on whoever uploaded it."""


class Reading(Record):
    """All that was read off one file. ``error`` and no pages, or pages."""

    path: str
    """Display name only, relative to the application's folder; never opened again."""
    sha256: str
    size: int = Field(ge=0)
    media_type: str
    status: ReadingStatus
    pages: tuple[PageReading, ...] = ()
    picture: PictureFacts | None = None
    traces: FileTraces = FileTraces()
    """Kept for the clerk, never shown to applicants; none in older readings."""
    error: FileError | None = None
