"""A page's lines: found, set straight, read, in reading order, with places as fractions of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.geometry import Point, Quad
from domain.reading import Line
from ocr.detection import Corners, LineDetector, crop
from ocr.recognition import LineRecogniser, Picture, Recognised
from ocr.skew import STEEP, led_back, levelled, reading_order, slope

LEAST_CONFIDENCE = 0.3
"""Readings below are ornaments, edges and scratches that the detector took for text."""


@dataclass(frozen=True, slots=True)
class LinesRead:
    """What was found on a page. ``crops`` and ``readings`` are for judging the page's quality."""

    lines: tuple[Line, ...]
    crops: tuple[Picture, ...]
    readings: tuple[Recognised, ...]
    slope: float
    """Degrees that the lines fall to the right."""


def found_level(picture: Picture, corners: list[Corners], detector: LineDetector) -> list[Corners]:
    """The lines of an upright page, looked for again on a level copy where they slope steeply."""
    degrees = slope(corners)
    if abs(degrees) < STEEP:
        return corners
    level, back = levelled(picture, degrees)
    again = led_back(detector.find(level), back)
    return again if len(again) >= len(corners) * 0.7 else corners


def read_lines(picture: Picture, corners: Sequence[Corners], recogniser: LineRecogniser) -> LinesRead:
    """Read the lines at ``corners`` of an upright picture."""
    degrees = slope(corners)
    ordered = [corners[i] for i in reading_order(corners, degrees)]
    crops = [crop(picture, quad) for quad in ordered]
    readings = recogniser.read(crops)
    lines = tuple(
        line_of(reading, quad, picture)
        for reading, quad in zip(readings, ordered, strict=True)
        if reading.text.strip() and reading.confidence >= LEAST_CONFIDENCE
    )
    return LinesRead(lines=lines, crops=tuple(crops), readings=tuple(readings), slope=degrees)


def in_reading_order(lines: Sequence[Line], picture: Picture, degrees: float) -> tuple[Line, ...]:
    """Row by row from the top, each row from the left, on a page whose lines slope by ``degrees``."""
    corners = [corners_of(line, picture) for line in lines]
    return tuple(lines[index] for index in reading_order(corners, degrees))


def corners_of(line: Line, picture: Picture) -> Corners:
    """A line's corners in pixels of ``picture``."""
    height, width = picture.shape[:2]
    return np.array([(point.x * width, point.y * height) for point in line.quad.points], np.float32)


def tidy(text: str) -> str:
    """Full-width letters and digits made plain, ends trimmed; punctuation stays as it is printed."""
    return "".join(_plain(character) for character in text).strip()


def _plain(character: str) -> str:
    folded = chr(ord(character) - 0xFEE0) if "\uff01" <= character <= "\uff5e" else character
    return folded if folded.isalnum() else character


def line_of(reading: Recognised, corners: Corners, picture: Picture) -> Line:
    """The record of one reading; ``corners`` in pixels of ``picture``."""
    height, width = picture.shape[:2]
    first, second, third, fourth = (
        Point(min(max(float(x) / width, 0.0), 1.0), min(max(float(y) / height, 0.0), 1.0)) for x, y in corners
    )
    return Line(
        text=tidy(reading.text),
        raw=reading.text,
        confidence=reading.confidence,
        quad=Quad(points=(first, second, third, fourth)),
    )
