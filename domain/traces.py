"""What may give a forger away: how a file was made, and pictures laid upon its pages. Nothing here judges."""

from __future__ import annotations

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
