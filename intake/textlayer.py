"""A PDF page's own text as runs of lines with their places, and whether each can be seen (in the child).

Text is hidden if it is drawn invisibly (render mode 3, no alpha), if an opaque image or rectangle is drawn
over it, or if the rendered page shows no ink in its place.
"""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
from PIL import Image

from intake.glyphs import UNKNOWN, glyphs_of
from intake.lines import lines_of
from intake.pageobjects import Drawing
from intake.placing import Rectangle, View
from intake.wire import Run

_NO_INK_RANGE = 12
"""Brightness, 0-255: less than this from the darkest to the lightest pixel is the noise of a blank place."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    runs: tuple[Run, ...]
    """In reading order. Runs with characters that the file does not tell would mislead, and are left out."""
    legible: bool
    """Some text is visible, and the file tells what most of it says."""


def text_layer(page: pypdfium2.PdfPage, view: View, drawing: Drawing, picture: Image.Image) -> TextLayer:
    """The page's own text. ``picture`` is the page as rendered, RGB."""
    grey = picture.convert("L")
    width, height = picture.size
    text = page.get_textpage()
    try:
        lines = lines_of(glyphs_of(text, view, drawing, picture.size))
    finally:
        text.close()
    runs = []
    told = untold = 0
    for line in lines:
        left, top, right, bottom = line.box
        hidden = line.hidden or (line.checkable and not _has_ink(grey, line.box))
        said = _without_bullets(line.text)
        known = bool(said) and UNKNOWN not in said
        if not hidden:
            told += len(line.text) * known
            untold += len(line.text) * (not known)
        if known:
            runs.append(Run(said, left / width, top / height, right / width, bottom / height, hidden))
    return TextLayer(tuple(runs), told > untold)


def _has_ink(grey: Image.Image, box: Rectangle) -> bool:
    left, top = max(int(box[0]), 0), max(int(box[1]), 0)
    right, bottom = min(int(box[2]) + 1, grey.width), min(int(box[3]) + 1, grey.height)
    if right <= left or bottom <= top:
        return False
    low, high = grey.crop((left, top, right, bottom)).getextrema()
    return float(high) - float(low) > _NO_INK_RANGE  # type: ignore[arg-type]


def _without_bullets(text: str) -> str:
    """A line without untold signs at its ends: ticks and bullets of symbol fonts. Beside a letter or digit
    such a sign may be one itself, and stays."""
    rest = text.lstrip(UNKNOWN + " ")
    text = rest if rest and not rest[0].isascii() else text
    rest = text.rstrip(UNKNOWN + " ")
    return rest if rest and not rest[-1].isascii() else text
