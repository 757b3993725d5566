"""The characters of a PDF page with places, direction, and whether something hides them (in the child).

PDFium's text page tells for every character the object that draws it, and so its render mode, its colour
and its turn in drawing order.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from intake.covers import Covers
from intake.lines import Glyph
from intake.pageobjects import Drawing, Placed, address_of, fill_of
from intake.placing import Point, Rectangle, View

UNKNOWN = "\ufffd"
"""A character whose glyph is drawn but whose meaning the file does not tell."""
_CHARACTERS_PER_PAGE = 30_000
_BELOW_BASELINE = 0.15
"""Share of a character's height below its baseline, as most fonts have it."""
_NEARLY_WHITE = 245
_HIGH_SURROGATES = range(0xD800, 0xDC00)
_LOW_SURROGATES = range(0xDC00, 0xE000)
_NOT_TEXT = frozenset({0, 0xFFFE, 0xFFFF})


@dataclass(frozen=True, slots=True)
class _Source:
    """What is known of a text object, asked once for all its characters."""

    placed: Placed | None
    drawn_here: bool
    """Its font is in the file, so that no ink means that there is nothing to see on any machine."""
    nearly_white: bool


def glyphs_of(
    text: pypdfium2.PdfTextPage, view: View, drawing: Drawing, size: tuple[int, int]
) -> Iterator[Glyph]:
    sources: dict[int, _Source] = {}
    placed_at = {placed.address: placed for placed in drawing.texts}
    covers = Covers(drawing)
    spaced = False
    pending = 0
    for index in range(min(text.count_chars(), _CHARACTERS_PER_PAGE)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _HIGH_SURROGATES:
            pending = code
            continue
        if code in _LOW_SURROGATES:
            code = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00) if pending else 0
        pending = 0
        if code in _NOT_TEXT or code > 0x10FFFF:
            continue
        character = _told(text, index, chr(code))
        if not character.isprintable() or character.isspace():
            spaced = True
            continue
        raw = pdfium.FPDFText_GetTextObject(text, index)
        address = address_of(raw) if raw else 0
        if address not in sources:
            sources[address] = _source(raw, placed_at.get(address))
        glyph = _glyph(text, index, character, spaced, view, size, sources[address], covers)
        if glyph is not None:
            yield glyph
            spaced = False


def _told(text: pypdfium2.PdfTextPage, index: int, character: str) -> str:
    """The character, a blank for what PDFium put in by itself, or UNKNOWN.

    Codes for private use mean whatever their font likes.
    """
    if pdfium.FPDFText_IsGenerated(text, index) == 1:
        return " "
    private = unicodedata.category(character) == "Co"
    return UNKNOWN if private or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 else character


def _source(raw: object, placed: Placed | None) -> _Source:
    if not raw:
        return _Source(placed, False, False)
    font = pdfium.FPDFTextObj_GetFont(raw)
    embedded = bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1
    return _Source(placed, embedded, min(fill_of(raw)[:3]) >= _NEARLY_WHITE)


def _glyph(
    text: pypdfium2.PdfTextPage,
    index: int,
    character: str,
    spaced: bool,
    view: View,
    size: tuple[int, int],
    source: _Source,
    covers: Covers,
) -> Glyph | None:
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetCharOrigin(text, index, x, y) or not pdfium.FPDFText_GetMatrix(
        text, index, matrix
    ):
        return None
    loose = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, index, loose):
        return None
    em = pdfium.FPDFText_GetFontSize(text, index)
    origin = view.point(x.value, y.value)
    onward = view.point(x.value + matrix.a * em, y.value + matrix.b * em)
    upward = view.point(x.value + matrix.c * em, y.value + matrix.d * em)
    body, direction = _body(*(_pixel(point, size) for point in (origin, onward, upward)))
    advance = _pixels(view.rectangle(loose.left, loose.bottom, loose.right, loose.top), size)
    tight = _tight_box(text, index, view)
    ink = _pixels(tight, size) if tight else body
    across, down = (ink[0] + ink[2]) / 2 / size[0], (ink[1] + ink[3]) / 2 / size[1]
    if not (0 <= across <= 1 and 0 <= down <= 1):
        return None  # outside the crop box: nobody sees it, and it has no place on the page
    placed = source.placed
    hidden = placed is not None and (placed.unseen or covers.hide(placed.order, across, down))
    return Glyph(
        character,
        _along(advance, body, direction),
        ink,
        direction,
        spaced,
        hidden,
        checkable=source.drawn_here or source.nearly_white,
    )


def _body(origin: Point, onward: Point, upward: Point) -> tuple[Rectangle, Point]:
    """The square that a character of the font's size takes, and the direction of reading, in pixels.

    The heights that fonts state for themselves are too often wrong to tell lines by.
    """
    direction = (onward[0] - origin[0], onward[1] - origin[1])
    up = (upward[0] - origin[0], upward[1] - origin[1])
    corners = [
        (
            origin[0] + direction[0] * right + up[0] * rise,
            origin[1] + direction[1] * right + up[1] * rise,
        )
        for right in (0.0, 1.0)
        for rise in (-_BELOW_BASELINE, 1.0 - _BELOW_BASELINE)
    ]
    xs, ys = zip(*corners, strict=True)
    return (min(xs), min(ys), max(xs), max(ys)), direction


def _along(advance: Rectangle, body: Rectangle, direction: Point) -> Rectangle:
    """As wide as the advance in the direction of reading, as high as the font across it."""
    if abs(direction[0]) >= abs(direction[1]):
        return advance[0], body[1], advance[2], body[3]
    return body[0], advance[1], body[2], advance[3]


def _pixel(point: Point, size: tuple[int, int]) -> Point:
    return point[0] * size[0], point[1] * size[1]


def _tight_box(text: pypdfium2.PdfTextPage, index: int, view: View) -> Rectangle | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return None
    if left.value >= right.value or bottom.value >= top.value:
        return None
    return view.rectangle(left.value, bottom.value, right.value, top.value)


def _pixels(box: Rectangle, size: tuple[int, int]) -> Rectangle:
    return box[0] * size[0], box[1] * size[1], box[2] * size[0], box[3] * size[1]
