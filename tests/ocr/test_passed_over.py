"""Print outside every box: found on rows of the page, read, kept where it is sure."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from domain.geometry import Box, Point, Quad
from domain.kinds import SealColour, SealShape
from domain.reading import Line, Seal
from ocr.passed_over import passed_over
from ocr.recognition import LineRecogniser, Picture, Recognised

WIDTH, HEIGHT = 800, 900
NUMBER = (700.0, 300.0)


class Told(LineRecogniser):
    """Says ``text`` of every crop and counts the crops."""

    def __init__(self, text: str, confidence: float) -> None:
        self.text, self.confidence, self.crops = text, confidence, 0

    def read(self, crops: Sequence[Picture]) -> list[Recognised]:
        self.crops += len(crops)
        return [Recognised(text=self.text, confidence=self.confidence, positions=()) for _ in crops]


def drawn() -> tuple[Picture, tuple[Line, ...]]:
    """Fourteen found lines, dots behind the fifth of them and a number that no box holds."""
    picture = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    lines = []
    for place in range(14):
        y = 100 + place * 50
        cv2.putText(picture, "MMMMMMMMMMMM", (60, y + 10), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0, 0, 0), 2)
        corners = [(50, y - 18), (420, y - 18), (420, y + 18), (50, y + 18)]
        points = [Point(x / WIDTH, at / HEIGHT) for x, at in corners]
        quad = Quad(points=(points[0], points[1], points[2], points[3]))
        lines.append(Line(text="M" * 12, raw="M" * 12, confidence=0.99, quad=quad))
    for x in range(440, 680, 12):
        cv2.circle(picture, (x, 308), 2, (0, 0, 0), -1)
    cv2.putText(
        picture, "140", (int(NUMBER[0]), int(NUMBER[1]) + 10), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0, 0, 0), 2
    )
    return picture, tuple(lines)


def test_a_number_behind_leaders_that_was_passed_over_is_read() -> None:
    picture, lines = drawn()
    told = Told("140", 0.98)
    (line,) = passed_over(picture, lines, (), told)
    assert (line.text, told.crops) == ("140", 1)
    box = line.box
    assert box.left * WIDTH < NUMBER[0] + 5 < box.right * WIDTH
    assert box.top * HEIGHT < NUMBER[1] < box.bottom * HEIGHT


def test_what_is_unsure_or_no_word_is_left_out() -> None:
    picture, lines = drawn()
    assert passed_over(picture, lines, (), Told("140", 0.6)) == ()
    assert passed_over(picture, lines, (), Told("—", 0.99)) == ()


def test_what_lies_on_a_seal_is_the_seals_own() -> None:
    picture, lines = drawn()
    seal = Seal(
        box=Box(left=0.8, top=0.25, right=0.99, bottom=0.45),
        shape=SealShape.ROUND,
        colour=SealColour.RED,
        text="",
        confidence=0.9,
        text_confidence=0.0,
    )
    assert passed_over(picture, lines, (seal,), Told("140", 0.98)) == ()


def test_a_page_of_few_lines_has_no_rows() -> None:
    picture, lines = drawn()
    assert passed_over(picture, lines[:5], (), Told("140", 0.98)) == ()
