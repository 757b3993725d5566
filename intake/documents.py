"""PDF files to RGB pages with their text layer (runs in the child)."""

from __future__ import annotations

import logging
from contextlib import suppress
from math import ceil, sqrt
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from domain.errors import FileProblem
from intake.overlays import overlays_of
from intake.pageobjects import Drawing, Placed, density, drawing_of
from intake.pdf_traces import pdf_traces
from intake.placing import View
from intake.textlayer import text_layer
from intake.wire import DrawnPage, Job, Picture, Reason, RefusedError, Traces

_POINTS_PER_INCH = 72
_WIDEST_POINTS = 14_400
"""What PDF allows a page without a user unit (ISO 32000-1, annex C): 200 inches."""
_NARROWEST_PIXELS = 8
_SCANNED_DPI_LEAST = 100
_SCANNED_SIDE_ENOUGH = 1600
"""A coarse scan is drawn no coarser than this, so that a seal put on top as a drawing stays legible."""
_SCAN_COVERS = 0.8
_PICTURE_COVERS = 0.5

logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)


class PdfBook:
    """An opened PDF."""

    def __init__(self, source: BinaryIO, job: Job) -> None:
        """Raises RefusedError for a PDF that is damaged or wants a password."""
        self._job = job
        try:
            self._data = source.read()
            self._document = pypdfium2.PdfDocument(self._data)
        except pypdfium2.PdfiumError as error:
            if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
                raise RefusedError(FileProblem.ENCRYPTED, Reason.LOCKED) from None
            raise RefusedError(FileProblem.UNREADABLE, Reason.DAMAGED) from None
        # Without it, seals that stand in form and signature fields would not be drawn. Where the form
        # dictionary is damaged, the pages themselves may still be sound.
        with suppress(pypdfium2.PdfiumError):
            self._document.init_forms()
        self.page_count = len(self._document)

    def picture(self) -> Picture | None:
        return None

    def traces(self) -> Traces:
        return pdf_traces(self._data, self._document)

    def draw(self, number: int) -> DrawnPage:
        """Page ``number`` rendered upright as its /Rotate says, cut to its crop box, annotations drawn."""
        page = self._document[number - 1]
        try:
            drawing = drawing_of(page, View(page))
            width, height = page.get_size()
            scale = self._scale(width, height, drawing)
            bitmap = page.render(scale=scale, may_draw_forms=True, draw_annots=True, rev_byteorder=True)
            picture = bitmap.to_pil()
            if pdfium.FPDFPage_GetAnnotCount(page) == 0:
                return _with_text(page, drawing, picture)
            # What is typed into form fields belongs to the page's text: make it part of the page.
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        finally:
            # PDFium's objects die with their page: no drawing is kept beyond this line.
            page.close()
        page = self._document[number - 1]
        try:
            return _with_text(page, drawing_of(page, View(page)), picture)
        finally:
            page.close()

    def _scale(self, width: float, height: float, drawing: Drawing) -> float:
        """Pixels per point: the wanted resolution, a scan's own, or less where the page is large."""
        long_side = max(width, height)
        if long_side > _WIDEST_POINTS:
            raise RefusedError(FileProblem.TOO_LARGE, Reason.PAGE_TOO_WIDE)
        if min(width, height) <= 0:
            raise RefusedError(FileProblem.UNREADABLE, Reason.DAMAGED)
        scale = self._job.render_dpi / _POINTS_PER_INCH
        if _is_scan(drawing):
            least = min(_SCANNED_DPI_LEAST / _POINTS_PER_INCH, _SCANNED_SIDE_ENOUGH / long_side)
            scale = max(density(drawing.images), least)
        # One pixel is left for rounding up, which the renderer does.
        most = min(
            (self._job.render_long_side - 1) / long_side,
            sqrt(self._job.pixels_per_page / (width * height)) * 0.99,
        )
        scale = min(scale, most)
        if ceil(min(width, height) * scale) < _NARROWEST_PIXELS:
            raise RefusedError(FileProblem.TOO_LARGE, Reason.PAGE_TOO_WIDE)
        return scale


def _is_scan(drawing: Drawing) -> bool:
    """A page that is pictures only, as a scanner writes it, perhaps with a layer of unseen text."""
    if drawing.image_cover() < _SCAN_COVERS:
        return False
    last = max(image.order for image in drawing.images)
    return not any(_shows(text, last) for text in drawing.texts)


def _shows(text: Placed, last_image: int) -> bool:
    return not text.unseen and text.order > last_image


def _with_text(page: pypdfium2.PdfPage, drawing: Drawing, picture: Image.Image) -> DrawnPage:
    layer = text_layer(page, View(page), drawing, picture)
    born_digital = layer.legible and drawing.image_cover() < _PICTURE_COVERS
    return DrawnPage(
        picture.width, picture.height, picture.tobytes(), layer.runs, born_digital, overlays_of(drawing)
    )
