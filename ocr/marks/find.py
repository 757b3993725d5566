"""Verification marks of a page: the statement, and beside it signature, date and fresh seal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from domain.reading import Line, Seal, VerificationMark
from ocr.marks.assembly import Statement, assembled
from ocr.marks.patch import Corners, Detector, cut_patch
from ocr.marks.phrases import find_phrase, signer_label
from ocr.seals.overlay import without_ink
from ocr.seals.recogniser import Recogniser
from ocr.seals.shapes import Pixels


def find_marks(
    picture: Pixels,
    lines: Sequence[Line],
    seals: Sequence[Seal],
    recognise: Recogniser,
    detect: Detector,
) -> tuple[VerificationMark, ...]:
    """Marks of an upright page. ``picture``: H×W×3 RGB; ``detect``: finds lines of text on a picture.

    Pages without a trace of a statement cost nothing.
    """
    statements = _statements(picture, lines)
    hints = [] if statements else _hints(picture, lines)
    if not statements and not hints:
        return ()
    clean = without_ink(picture, seals)
    marks: list[VerificationMark] = []
    for statement in statements:
        patch = cut_patch(picture, clean, statement.corners, statement.characters)
        mark = assembled(patch, statement, seals, recognise, detect)
        if mark is not None and not any(mark.box.overlap(other.box) > 0.3 for other in marks):
            marks.append(mark)
    for corners, characters in hints:
        patch = cut_patch(picture, clean, corners, characters)
        mark = assembled(patch, None, seals, recognise, detect)
        if mark is not None and not any(mark.box.overlap(other.box) > 0.3 for other in marks):
            marks.append(mark)
    return tuple(marks)


def _pixels(line: Line, picture: Pixels) -> Corners:
    size = np.array([picture.shape[1], picture.shape[0]], np.float32)
    return np.array([[point.x, point.y] for point in line.quad.points], np.float32) * size


def _width(text: str) -> int:
    """Han characters that fit in the same width."""
    return max(round(sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in text)), 1)


def _statements(picture: Pixels, lines: Sequence[Line]) -> list[Statement]:
    found: list[Statement] = []
    used: set[int] = set()
    for index, line in enumerate(lines):
        phrase = find_phrase(line.text)
        if phrase is not None:
            used.add(index)
            found.append(Statement(phrase, _pixels(line, picture), _width(line.text), line.confidence))
    for index, line in enumerate(lines):
        for other, below in enumerate(lines):
            if {index, other} & used or other == index or not _continues(line, below):
                continue
            phrase = find_phrase(line.text + below.text)
            if phrase is not None and phrase.start < len(line.text) < phrase.end:
                used |= {index, other}
                found.append(
                    Statement(
                        phrase,
                        _pixels(line, picture),
                        _width(line.text),
                        min(line.confidence, below.confidence),
                    )
                )
    return found


def _continues(line: Line, below: Line) -> bool:
    """``below`` stands right under ``line``, about as tall, both short: a statement broken in two."""
    if len(line.text) > 10 or len(below.text) > 10:
        return False
    upper, lower = line.box, below.box
    tall = max(min(upper.height, lower.height), 1e-6)
    return (
        0 < lower.centre.y - upper.centre.y < 2.2 * max(upper.height, lower.height)
        and max(upper.height, lower.height) < 1.7 * tall
        and min(upper.right, lower.right) > max(upper.left, lower.left)
    )


def _hints(picture: Pixels, lines: Sequence[Line]) -> list[tuple[Corners, int]]:
    """Labels of a verification whose statement was not read: look there again with the ink taken off."""
    return [
        (_pixels(line, picture), _width(line.text))
        for line in lines
        if (label := signer_label(line.text)) is not None
        and label.label[0] in "验核"
        and len(line.text) <= 12
    ][:2]
