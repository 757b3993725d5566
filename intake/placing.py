"""From a PDF page's own coordinates to places on its picture (in the child)."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

_FINE = 1_000_000

Point = tuple[float, float]

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom in fractions of the rendered page, origin top left; not cut at its edges."""


class View:
    """From the page's own coordinates to fractions of its picture: crop box and /Rotate are PDFium's work."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        origin, right, up = (self._device(page, x, y) for x, y in ((0, 0), (1000, 0), (0, 1000)))
        self._origin = origin
        self._right = ((right[0] - origin[0]) / 1000, (right[1] - origin[1]) / 1000)
        self._up = ((up[0] - origin[0]) / 1000, (up[1] - origin[1]) / 1000)

    @staticmethod
    def _device(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
        return across.value / _FINE, down.value / _FINE

    def point(self, x: float, y: float) -> tuple[float, float]:
        across = self._origin[0] + x * self._right[0] + y * self._up[0]
        down = self._origin[1] + x * self._right[1] + y * self._up[1]
        return across, down

    def rectangle(self, left: float, bottom: float, right: float, top: float) -> Rectangle:
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A PDF transformation: x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: Matrix) -> Matrix:
        e, f = outer.point(self.e, self.f)
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            e,
            f,
        )
