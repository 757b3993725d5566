"""A decoded page on its way from ``intake`` to ``ocr``: plain pixels, already inside the limits."""

from __future__ import annotations

from dataclasses import dataclass

from domain.base import Record
from domain.errors import FileProblem
from domain.geometry import Box
from domain.traces import Overlay


class TextRun(Record):
    """A line of a PDF's own text layer. ``box`` is of the picture as rendered, before any turn."""

    text: str
    box: Box
    hidden: bool = False
    """Drawn invisibly (render mode 3, or no ink): it may lie."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as the file shows it (EXIF turn applied), before its upright rotation is known.

    ``pixels``: 8-bit RGB, row-major, ``height * width * 3`` bytes. Empty where ``problem`` is set.
    """

    number: int
    width: int
    height: int
    pixels: bytes
    text_runs: tuple[TextRun, ...] = ()
    born_digital: bool = False
    """The page holds drawn text rather than one picture that fills it."""
    problem: FileProblem | None = None
    overlays: tuple[Overlay, ...] = ()
