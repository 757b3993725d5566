"""Verification marks of a page: the statement, and beside it signature, date and fresh seal."""

from __future__ import annotations

from collections.abc import Sequence

from domain.reading import Line, Seal, VerificationMark
from ocr.marks.assembly import assembled
from ocr.marks.patch import Detector, MarkReader, cut_patch
from ocr.marks.search import find_statements
from ocr.seals.ink import flattened
from ocr.seals.overlay import without_ink
from ocr.seals.shapes import Pixels


def find_marks(
    picture: Pixels,
    lines: Sequence[Line],
    seals: Sequence[Seal],
    reader: MarkReader,
    detect: Detector,
) -> tuple[VerificationMark, ...]:
    """Marks of an upright page. ``picture``: H×W×3 RGB; ``detect``: finds lines of text on a picture.

    Pages without a trace of a statement cost nothing.
    """
    statements = find_statements(picture, lines, seals, reader, detect)
    if not statements:
        return ()
    # White paper all over: where a seal's ink is taken off, no edge of paler paper may remain.
    picture = flattened(picture)
    clean = without_ink(picture, seals)
    marks: list[VerificationMark] = []
    for statement in statements:
        patch = cut_patch(picture, clean, statement.rows[0], statement.characters)
        mark = assembled(patch, statement, seals, reader, detect)
        marks = [
            *(other for other in marks if not _same(mark, other)),
            max([mark, *(other for other in marks if _same(mark, other))], key=lambda one: one.confidence),
        ]
    return tuple(marks)


def _same(mark: VerificationMark, other: VerificationMark) -> bool:
    """Two readings of one statement: they overlap, or one stands right above the other."""
    tall = min(mark.box.height, other.box.height)
    return mark.box.grown(0.0, 0.6 * tall).intersection(other.box) > 0
