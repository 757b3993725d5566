"""A PDF's own text: used where it agrees with the picture, distrusted where it is empty, garbled or lies.

What a person sees is the picture. The text layer only replaces the reading of a line that was also read
off the picture and agrees with it, so a layer that lies can change nothing; that it lies is kept as a sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from domain.geometry import Box, Quad
from domain.page import TextRun
from domain.reading import Line
from matching.text import bare

AGREES = 0.9
"""Likeness of text and reading from which a run is the same line, OCR slips allowed."""
WHOLLY_UNLIKE = 0.5
SAME_PLACE = 0.5
LEAST_LINES = 3
LEAST_CHARACTERS = 4
LEAST_WORDS = 3
LYING_SHARE = 0.3
"""Share of well-read lines that the layer must contradict wholly before it counts as lying."""
WELL_READ = 0.97


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The page's lines after the text layer was heard."""

    lines: tuple[Line, ...]
    used: bool
    """Most lines come from the text layer."""
    contradicts: bool
    """The layer says something else than the picture."""


def reconcile(lines: Sequence[Line], runs: Sequence[TextRun]) -> Reconciled:
    """Put the visible layer's exact text into the lines that it agrees with; only compare the hidden one.

    ``lines`` and ``runs`` are in fractions of the same page.
    """
    visible = [run for run in runs if not run.hidden]
    exact = [_exact(line, visible) for line in lines]
    replaced = sum(line.source == "text_layer" for line in exact)
    return Reconciled(
        lines=tuple(exact),
        used=bool(exact) and replaced >= len(exact) / 2,
        contradicts=_contradicts(lines, runs),
    )


def _exact(line: Line, runs: Sequence[TextRun]) -> Line:
    text = _layer_text(line.box, runs)
    if text is None or _likeness(text, line) < AGREES or _other_number(text, line):
        return line
    return line.model_copy(update={"text": text.strip(), "source": "text_layer", "confidence": 1.0})


def _contradicts(lines: Sequence[Line], runs: Sequence[TextRun]) -> bool:
    """One well-read line with the same words and another number, or a third of them wholly different.

    A scanner's own poor hidden layer errs in words as much as in numbers and is no lie.
    """
    judged = unlike = 0
    for line in lines:
        text = _layer_text(line.box, runs)
        if text is None or line.confidence < WELL_READ or len(bare(line.text)) < LEAST_CHARACTERS:
            continue
        judged += 1
        unlike += _likeness(text, line) < WHOLLY_UNLIKE
        words, said = _words_and_number(text)
        words_seen, seen = _words_and_number(line.text)
        if words == words_seen and len(words) >= LEAST_WORDS and said != seen and said and seen:
            return True
    return judged >= LEAST_LINES and unlike >= judged * LYING_SHARE


def _likeness(text: str, line: Line) -> float:
    return Levenshtein.normalized_similarity(bare(text), bare(line.text))


def _words_and_number(text: str) -> tuple[str, str]:
    """A line's words and its digits, apart."""
    folded = bare(text)
    return "".join(c for c in folded if not c.isdigit()), "".join(c for c in folded if c.isdigit())


def _other_number(text: str, line: Line) -> bool:
    """A number that the layer and a confident reading state differently is never taken from the layer."""
    return _words_and_number(text)[1] != _words_and_number(line.text)[1] and line.confidence >= WELL_READ


def _layer_text(box: Box, runs: Sequence[TextRun]) -> str | None:
    """The layer's words at the place of a line, left to right; None where it has none there."""
    inside = [
        run for run in runs if run.box.area > 0 and run.box.intersection(box) / run.box.area >= SAME_PLACE
    ]
    if inside:
        return "".join(run.text for run in sorted(inside, key=lambda run: run.box.left))
    around = [run for run in runs if box.area > 0 and run.box.intersection(box) / box.area >= 0.8]
    if not around:
        return None
    run = around[0]
    share = len(run.text) / run.box.width if run.box.width else 0
    start = round((box.left - run.box.left) * share)
    return run.text[max(start, 0) : max(start, 0) + round(box.width * share)]


def as_quad(box: Box) -> Quad:
    """The four corners of an upright box."""
    return Quad.model_validate(
        {
            "points": (
                (box.left, box.top),
                (box.right, box.top),
                (box.right, box.bottom),
                (box.left, box.bottom),
            )
        }
    )
