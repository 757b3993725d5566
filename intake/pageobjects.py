"""What a PDF page draws, in order: text, images and filled rectangles with their places (in the child).

Order matters: what is drawn later covers what was drawn before, and covered text may lie.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import sqrt

import pypdfium2
import pypdfium2.raw as pdfium

from intake.placing import Matrix, Rectangle, View

_OBJECTS_PER_PAGE = 50_000
_DEPTH = 8
_GRID = 32
_OPAQUE = 250
_INVISIBLE = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


@dataclass(frozen=True, slots=True)
class Placed:
    """One object. ``order``: its turn in drawing. ``address`` tells text objects apart."""

    order: int
    address: int
    box: Rectangle
    unseen: bool = False
    """Text in render mode 3 or 7, or fully transparent."""
    density: float = 0.0
    """An image's pixels per point."""
    opaque: Callable[[], bool] = field(default=lambda: True, compare=False)
    """Whether it hides all that lies under it; asked only where it matters."""

    @property
    def area(self) -> float:
        left, top, right, bottom = self.box
        width = min(right, 1.0) - max(left, 0.0)
        height = min(bottom, 1.0) - max(top, 0.0)
        return max(width, 0.0) * max(height, 0.0)

    def covers(self, x: float, y: float) -> bool:
        left, top, right, bottom = self.box
        return left <= x <= right and top <= y <= bottom


@dataclass(frozen=True, slots=True)
class Drawing:
    texts: tuple[Placed, ...]
    images: tuple[Placed, ...]
    fills: tuple[Placed, ...]

    def image_cover(self) -> float:
        """Share of the page (0-1) that lies under images, counted on a grid: scans come in strips too."""
        seen = {
            (row, column)
            for row in range(_GRID)
            for column in range(_GRID)
            if any(image.covers((column + 0.5) / _GRID, (row + 0.5) / _GRID) for image in self.images)
        }
        return len(seen) / _GRID**2


def density(images: tuple[Placed, ...]) -> float:
    """Pixels per point of the images that make up most of a page."""
    largest = max(image.area for image in images)
    return max(image.density for image in images if image.area >= largest / 2)


def drawing_of(page: pypdfium2.PdfPage, view: View) -> Drawing:
    """All that the page draws, forms opened up, in drawing order."""
    texts: list[Placed] = []
    images: list[Placed] = []
    fills: list[Placed] = []
    for order, (raw, matrix) in enumerate(_walk(page, Matrix(), 0)):
        if order >= _OBJECTS_PER_PAGE:
            break
        kind = pdfium.FPDFPageObj_GetType(raw)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(_text(raw, order, _box(raw, matrix, view)))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(_image(page, raw, order, matrix, view))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and _is_filled_rectangle(raw):
            fills.append(Placed(order, 0, _box(raw, matrix, view)))
    return Drawing(tuple(texts), tuple(images), tuple(fills))


def address_of(raw: object) -> int:
    return ctypes.cast(raw, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _walk(
    page: pypdfium2.PdfPage, matrix: Matrix, depth: int, form: object = None
) -> Iterator[tuple[object, Matrix]]:
    count = pdfium.FPDFPage_CountObjects(page) if form is None else pdfium.FPDFFormObj_CountObjects(form)
    for index in range(count):
        raw = (
            pdfium.FPDFPage_GetObject(page, index)
            if form is None
            else pdfium.FPDFFormObj_GetObject(form, index)
        )
        if not raw:
            continue
        yield raw, matrix
        if pdfium.FPDFPageObj_GetType(raw) == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            yield from _walk(page, _matrix(raw).then(matrix), depth + 1, raw)


def _matrix(raw: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(raw, found):
        return Matrix()
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _box(raw: object, matrix: Matrix, view: View) -> Rectangle:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(raw, left, bottom, right, top):
        return (0.0, 0.0, 0.0, 0.0)
    corners = [
        view.point(*matrix.point(x.value, y.value))
        for x, y in ((left, bottom), (right, bottom), (right, top), (left, top))
    ]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _text(raw: object, order: int, box: Rectangle) -> Placed:
    unseen = pdfium.FPDFTextObj_GetTextRenderMode(raw) in _INVISIBLE or fill_of(raw)[3] == 0
    return Placed(order, address_of(raw), box, unseen=unseen)


def _image(page: pypdfium2.PdfPage, raw: object, order: int, matrix: Matrix, view: View) -> Placed:
    box = _box(raw, matrix, view)
    across, down = ctypes.c_uint(), ctypes.c_uint()
    placed = _matrix(raw).then(matrix)
    points = abs(placed.a * placed.d - placed.b * placed.c)
    known = pdfium.FPDFImageObj_GetImagePixelSize(raw, across, down) and points > 0
    pixels_per_point = sqrt(across.value * down.value / points) if known else 0.0
    return Placed(order, 0, box, density=pixels_per_point, opaque=lambda: not _see_through(page, raw))


def _see_through(page: pypdfium2.PdfPage, raw: object) -> bool:
    """Whether an image lets what lies under it show: blended, or with a mask that is not full."""
    if pdfium.FPDFPageObj_HasTransparency(raw):
        return True
    bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(page.pdf, page, raw)
    if not bitmap:
        return True
    wrapped = pypdfium2.PdfBitmap.from_raw(bitmap)
    if wrapped.mode != "BGRA":
        return False
    alpha = wrapped.to_pil().getchannel("A").reduce(4) if min(wrapped.width, wrapped.height) > 16 else None
    # Reduced, so that the soft rim of a rendered image does not count as see-through.
    histogram = alpha.histogram() if alpha else wrapped.to_pil().getchannel("A").histogram()
    return bool(sum(histogram[_OPAQUE:]) < 0.9 * sum(histogram))


def _is_filled_rectangle(raw: object) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(raw, mode, stroke) or mode.value == pdfium.FPDF_FILLMODE_NONE:
        return False
    if pdfium.FPDFPageObj_HasTransparency(raw) or fill_of(raw)[3] < _OPAQUE:
        return False
    segments = pdfium.FPDFPath_CountSegments(raw)
    if not 4 <= segments <= 6:
        return False
    points = []
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(raw, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO:
            return False
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    xs, ys = {round(x, 2) for x, _ in points}, {round(y, 2) for _, y in points}
    return len(xs) == 2 and len(ys) == 2


def fill_of(raw: object) -> tuple[int, int, int, int]:
    """Fill colour and alpha, 0-255; opaque black where PDFium cannot tell (patterns)."""
    parts = tuple(ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(raw, *parts):
        return (0, 0, 0, 255)
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha
