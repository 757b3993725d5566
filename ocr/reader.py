"""One page from pixels to reading: turn it upright, read lines, seals and marks, judge its quality."""

from __future__ import annotations

from functools import cached_property

import numpy as np

import models
from domain.geometry import Box
from domain.kinds import PageSource
from domain.page import PageImage, TextRun
from domain.reading import PageQuality, PageReading
from ocr.beside import begun
from ocr.detection import LineDetector
from ocr.lines import found_level, in_reading_order, read_lines
from ocr.marks import find_marks
from ocr.orientation import Rotation, rotation_of, turned_back
from ocr.passed_over import passed_over
from ocr.printed_names import named_by_print
from ocr.quality import quality_of
from ocr.recognition import LineRecogniser, Picture
from ocr.seals import SealTextDetector, find_seals
from ocr.text_layer import reconcile
from ocr.under_ink import read_under_ink


class Reader:
    """Reads pages; networks are loaded on the first one and shared by all readers of the process."""

    def __init__(self) -> None:
        self._detector = LineDetector()
        self._recogniser = LineRecogniser()

    @cached_property
    def _seal_text_detector(self) -> SealTextDetector:
        return SealTextDetector(models.session("seal_text_detection"))

    def read(self, page: PageImage) -> PageReading:
        """Read one page. A page that intake could not decode stays in the list as unreadable."""
        if page.problem is not None or not page.pixels:
            quality = PageQuality(sharpness=0.0, contrast=0.0, legible=False)
            return PageReading(
                number=page.number,
                width=page.width,
                height=page.height,
                quality=quality,
                problem=page.problem,
            )
        stored = np.frombuffer(page.pixels, np.uint8).reshape(page.height, page.width, 3)
        corners = self._detector.find(stored)
        rotation = rotation_of(stored, corners, self._detector, self._recogniser)
        picture = turned_back(stored, rotation)
        if rotation:
            corners = self._detector.find(picture)
        found = begun(lambda: find_seals(picture, self._recogniser, self._seal_text_detector))
        read = read_lines(picture, found_level(picture, corners, self._detector), self._recogniser)
        told = reconcile(read.lines, [turned_run(run, rotation) for run in page.text_runs])
        seals = found()
        anew = read_under_ink(picture, told.lines, seals, self._detector, self._recogniser)
        more = passed_over(picture, anew, seals, self._recogniser)
        lines = in_reading_order((*anew, *more), picture, read.slope)
        seals = named_by_print(seals, lines)
        marks = find_marks(picture, lines, seals, self._recogniser, self._detector.find)
        height, width = picture.shape[:2]
        return PageReading(
            number=page.number,
            width=width,
            height=height,
            rotation=rotation,
            source=PageSource.TEXT if told.used and page.born_digital else PageSource.SCAN,
            quality=quality_of(picture, read.crops, read.readings),
            lines=lines,
            seals=seals,
            marks=marks,
            hidden_text_differs=told.contradicts,
        )


def turned_run(run: TextRun, rotation: Rotation) -> TextRun:
    """A text run's place on the upright page."""
    return run.model_copy(update={"box": turned_box(run.box, rotation)})


def turned_box(box: Box, rotation: Rotation) -> Box:
    """A stored page's place on the upright page, from which it had been turned clockwise by ``rotation``."""
    left, top, right, bottom = box.corners
    places = {
        0: (left, top, right, bottom),
        90: (top, 1 - right, bottom, 1 - left),
        180: (1 - right, 1 - bottom, 1 - left, 1 - top),
        270: (1 - bottom, left, 1 - top, right),
    }
    return Box.clipped(*places[rotation])


__all__ = ["Picture", "Reader"]
