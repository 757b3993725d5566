"""What may give a forger away: how a file was made, what lies upon its pages. Nothing here judges."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from domain.base import Record
from domain.editors import Editor
from domain.geometry import Box


class FileTraces(Record):
    """How a file was made, as its bytes tell."""

    editors: tuple[Editor, ...] = ()
    resaved: int = Field(default=0, ge=0)
    """How often a PDF was written on once it was finished, signatures not counted (ISO 32000-1, 7.5.6)."""
    signatures: int = Field(default=0, ge=0)
    changed_after_signing: bool = False
    """Pages or objects were added that no signature covers."""
    screenshot: bool = False
    """The file itself says so."""


class Overlay(Record):
    """A small see-through picture that a PDF lays upon its page. ``box``: of the page before any turn."""

    box: Box
    over_scan: bool
    """It lies upon a picture that fills the page."""


class SealTraces(Record):
    """How a coloured seal lies on its page. ``None`` = could not be measured."""

    seal: int = Field(ge=0)
    """Index into the page's seals."""
    depth: float | None = None
    """Share of the light that the full ink swallows where it swallows most, 0-1."""
    spread: float | None = None
    """How much that varies over the full ink (10th to 90th percentile), as a share of ``depth``."""
    sharpness: float | None = None
    """Steepness of the ink's edges over that of the print's."""
    crossed: int = 0
    """Pixels of print that would be expected beneath the ink, were it spread as beside it."""
    shown: float | None = None
    """Share of them that is there."""


class PatchSign(StrEnum):
    """In what a piece of text differs from the page round it."""

    SHARPNESS = "sharpness"
    PAPER = "paper"
    COMPRESSION = "compression"
    COPY = "copy"


class Patch(Record):
    """A piece of text that may have been put in. ``strength``: see the sign's own module."""

    box: Box
    sign: PatchSign
    strength: float
    source: Box | None = None
    """Where the same pixels stand once more."""


class PagePrint(Record):
    """What a page is known again by; ``forensics.prints`` says how it is written."""

    hash: str
    picture: str


class SealPrint(Record):
    """What a seal's impression is known again by. ``hash``: empty in older readings."""

    seal: int = Field(ge=0)
    """Index into the page's seals."""
    hash: str = ""
    picture: str


class SignaturePrint(Record):
    """What a signature's strokes are known again by."""

    mark: int = Field(ge=0)
    """Index into the page's marks."""
    hash: str
    picture: str


class PageTraces(Record):
    """What the pixels of a page tell, on the upright page."""

    seals: tuple[SealTraces, ...] = ()
    patches: tuple[Patch, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    print: PagePrint | None = None
    seal_prints: tuple[SealPrint, ...] = ()
    signature_prints: tuple[SignaturePrint, ...] = ()
    pure_white: float = Field(default=0.0, ge=0, le=1)
    """Share of the page's pixels that are as white as can be: a whitened scan, or never on paper."""
    screen_bars: bool = False
    """Evenly coloured bars run along two sides of a page that has the shape of a screen."""
