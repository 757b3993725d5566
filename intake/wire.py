"""What crosses the border between child and parent: fixed-width integers, pixels, and text runs.

Codes cross, worded messages do not. The parent treats every number as untrusted and checks it again.
Standard library only: both sides load this before anything else.

A stream is: one START, then PAGE frames in order, then END; or one FAIL at any time.
"""

from __future__ import annotations

import struct
from dataclasses import asdict, astuple, dataclass, fields
from enum import IntEnum

from domain.editors import Editor
from domain.errors import FileProblem

UNABLE = 70
"""Exit status of a child whose own libraries cannot be loaded (EX_SOFTWARE of sysexits.h)."""


class Reason(IntEnum):
    """Why a file or page was refused. ``intake.wording`` has the Chinese for each."""

    NOT_A_FILE = 1
    EMPTY = 2
    NOT_KNOWN = 3
    TRUNCATED = 4
    DAMAGED = 5
    LOCKED = 6
    TOO_MANY_BYTES = 7
    TOO_MANY_PIXELS = 8
    TOO_MANY_PAGES = 9
    OUT_OF_MEMORY = 10
    OUT_OF_TIME = 11
    CRASHED = 12
    NO_PAGES = 13
    PAGE_TOO_WIDE = 14
    NOT_READABLE = 15


class Frame(IntEnum):
    START = 1
    PAGE = 2
    FAIL = 3
    END = 4


PROBLEMS = tuple(FileProblem)
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
KINDS = (*FORMATS, "PDF")
EDITORS = tuple(Editor)

HEADER = struct.Struct(">BI")
"""Frame, length of its payload."""
START = struct.Struct(">IBIIBBBBBHIHHBB")
"""Pages; is one picture, its width, height, index into FORMATS; has a background, R, G, B, spread * 100;
editors as bits of EDITORS, times resaved, signatures, changed after signing, screenshot."""
PAGE = struct.Struct(">IIIBBIB")
"""Number, width, height, problem (0 none, else index into PROBLEMS + 1), born digital, runs, overlays."""
RUN = struct.Struct(">IIIIBH")
"""Left, top, right, bottom in millionths of the page; hidden; length of the UTF-8 text that follows."""
OVERLAY = struct.Struct(">IIIIB")
"""Left, top, right, bottom in millionths of the page; over a scan. Overlays follow the text runs."""
FAIL = struct.Struct(">BB")
"""Index into PROBLEMS, Reason."""
END = struct.Struct(">I")
"""Pages sent by this child."""

MILLION = 1_000_000
RUNS_PER_PAGE = 20_000
RUN_BYTES = 4_000
OVERLAYS_PER_PAGE = 16


class RefusedError(Exception):
    """The file, or one of its pages, cannot be used."""

    def __init__(self, problem: FileProblem, reason: Reason) -> None:
        super().__init__(f"{problem} {reason.name}")
        self.problem = problem
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Job:
    """What the child is to do, as it stands on its command line: plain integers, in this order."""

    kind: int
    """Index into KINDS: what the content looked like to the parent; no other decoder is tried."""
    first_page: int
    pages: int
    pixels_per_page: int
    pixels_per_file: int
    render_dpi: int
    render_long_side: int

    def to_arguments(self) -> list[str]:
        return [str(value) for value in astuple(self)]

    @classmethod
    def from_arguments(cls, arguments: list[str]) -> Job:
        names = [field.name for field in fields(cls)]
        return cls(**dict(zip(names, map(int, arguments), strict=True)))

    def starting_at(self, page: int) -> Job:
        return Job(**{**asdict(self), "first_page": page})


@dataclass(frozen=True, slots=True)
class Picture:
    """Facts of a file that is one picture: size after its EXIF turn, format, and its upper border."""

    width: int
    height: int
    format: str
    background: tuple[int, int, int] | None
    spread: float


@dataclass(frozen=True, slots=True)
class Traces:
    """How a file was made, as its bytes tell: see ``domain.traces.FileTraces``."""

    editors: tuple[Editor, ...] = ()
    resaved: int = 0
    signatures: int = 0
    changed_after_signing: bool = False
    screenshot: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line of a PDF's text layer, in fractions of the rendered page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    hidden: bool


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """8-bit RGB pixels, row by row, and the page's own text."""

    width: int
    height: int
    pixels: bytes
    runs: tuple[Run, ...] = ()
    born_digital: bool = False
    overlays: tuple[Laid, ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """A small see-through picture that a PDF page draws, in fractions of the rendered page."""

    left: float
    top: float
    right: float
    bottom: float
    over_scan: bool


def pack_start(pages: int, picture: Picture | None, traces: Traces | None = None) -> bytes:
    traced = _pack_traces(traces or Traces())
    if picture is None:
        return START.pack(pages, 0, 0, 0, 0, 0, 0, 0, 0, 0, *traced)
    red, green, blue = picture.background or (0, 0, 0)
    return START.pack(
        pages,
        1,
        picture.width,
        picture.height,
        FORMATS.index(picture.format),
        picture.background is not None,
        red,
        green,
        blue,
        round(picture.spread * 100),
        *traced,
    )


def _pack_traces(traces: Traces) -> tuple[int, int, int, int, int]:
    most = 0xFFFF
    return (
        sum(1 << EDITORS.index(editor) for editor in traces.editors),
        min(traces.resaved, most),
        min(traces.signatures, most),
        traces.changed_after_signing,
        traces.screenshot,
    )


def pack_run(run: Run) -> bytes:
    text = run.text.encode("utf-8", "ignore")[:RUN_BYTES].decode("utf-8", "ignore").encode()
    corners = _millionths(run)
    return RUN.pack(*corners, run.hidden, len(text)) + text


def pack_overlay(laid: Laid) -> bytes:
    return OVERLAY.pack(*_millionths(laid), laid.over_scan)


def _millionths(placed: Run | Laid) -> list[int]:
    corners = (placed.left, placed.top, placed.right, placed.bottom)
    return [round(min(max(value, 0.0), 1.0) * MILLION) for value in corners]
