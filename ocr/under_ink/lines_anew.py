"""The page's lines with those that seals touch read anew, on the page with the ink taken off.

Lines that no seal touches come out exactly as they went in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.geometry import Box
from domain.kinds import SealColour
from domain.reading import Line, Seal
from matching.text import bare, best_within
from ocr.detection import Corners, LineDetector, crop
from ocr.lines import corners_of, line_of
from ocr.recognition import LineRecogniser, Picture, Recognised
from ocr.under_ink.cleaning import CleanedPage
from ocr.under_ink.deciding import DISAGREEING, Decided, decided
from ocr.under_ink.finding import followed, found_near
from ocr.under_ink.joining import joined, without_twins
from ocr.under_ink.places import box_of, same_line, share_inside, touched, wholly_under

_WORTH_KEEPING = 0.6
"""Confidence (before it is lowered for doubt) from which a line that was not known before is kept."""
_SEALS_OWN = 0.6
_WHOLE_NAME = 0.6
_FRAGMENT = 0.6
_SAME_PLACE = 0.3
_NEAR = 0.5
"""How far from a seal a line may have run together with one beneath it, in widths of the seal."""


def read_under_ink(
    picture: Picture,
    lines: Sequence[Line],
    seals: Sequence[Seal],
    detector: LineDetector,
    recogniser: LineRecogniser,
) -> tuple[Line, ...]:
    """The page's lines: those touched by seals read anew, fragments of seals dropped, hidden ones added."""
    if not seals:
        return tuple(lines)
    size = (picture.shape[0], picture.shape[1])
    cleaned = CleanedPage(picture, seals)
    known = [corners_of(line, picture) for line in lines]
    crossed = frozenset(index for index, quad in enumerate(known) if touched(quad, seals, size))
    found = found_near(cleaned.taught, seals, detector)
    hidden = [followed(cleaned.taught, quad, seals) for quad in found if touched(quad, seals, size)]
    fixed = frozenset(i for i in crossed if lines[i].source == "text_layer")
    hidden = [quad for quad in hidden if not any(share_inside(known[i], quad) > _SAME_PLACE for i in fixed)]
    plan = joined(hidden, known, crossed - fixed)
    left_over = sorted(crossed - fixed - plan.replaced)
    quads = [*plan.quads, *(known[index] for index in left_over)]
    as_known = [_reading_at(quad, known, lines) for quad in quads]
    read = _read(quads, as_known, cleaned, picture, recogniser)
    kept = [
        line.model_copy(update={"under_seal": True}) if index in fixed else line
        for index, line in enumerate(lines)
        if index not in plan.replaced and index not in left_over
    ]
    for quad, told in zip(plan.quads, read, strict=False):
        before = [lines[i] for i in sorted(plan.replaced) if share_inside(known[i], quad) > _SAME_PLACE]
        inside = wholly_under(quad, seals, size)
        if _stands(told, bool(before), _own_words(quad, seals, size) if inside else ""):
            kept.append(_line(quad, told, picture, _contradicted(told, before)))
    for index, told in zip(left_over, read[len(plan.quads) :], strict=True):
        inside = wholly_under(known[index], seals, size)
        if not (inside and _is_fragment(told, _own_words(known[index], seals, size))):
            kept.append(_line(known[index], told, picture))
    return (*kept, *_beside(found, kept, picture, seals, recogniser))


@dataclass(frozen=True, slots=True)
class _Told:
    raw: Recognised
    taught: Recognised
    decided: Decided


def _reading_at(quad: Corners, known: Sequence[Corners], lines: Sequence[Line]) -> Recognised | None:
    """How the very same line was read before, on the page as it is."""
    for other, line in zip(known, lines, strict=True):
        if same_line(quad, other) and line.source == "ocr":
            return Recognised(line.raw, line.confidence)
    return None


def _read(
    quads: Sequence[Corners],
    as_known: Sequence[Recognised | None],
    cleaned: CleanedPage,
    picture: Picture,
    recogniser: LineRecogniser,
) -> list[_Told]:
    """Every line as it is and without the ink; where the two differ also without it in the other way."""
    count = len(quads)
    unread = [i for i in range(count) if as_known[i] is None]
    crops = [crop(picture, quads[i]) for i in unread] + [crop(cleaned.taught, quad) for quad in quads]
    readings = recogniser.read(crops)
    taughts = readings[len(unread) :]
    new = dict(zip(unread, readings, strict=False))
    raws = [told if (told := as_known[i]) is not None else new[i] for i in range(count)]
    differ = [i for i in range(count) if cleaned.coloured and bare(raws[i].text) != bare(taughts[i].text)]
    again: dict[int, Recognised] = {}
    if differ:
        again = dict(
            zip(differ, recogniser.read([crop(cleaned.unmixed, quads[i]) for i in differ]), strict=True)
        )
    return [
        _Told(raw, taught, decided(raw, [taught, again[i]] if i in again else [taught]))
        for i, (raw, taught) in enumerate(zip(raws, taughts, strict=True))
    ]


def _contradicted(told: _Told, before: Sequence[Line]) -> bool:
    """The line was one before and said something else: letters of the seal may have come to it."""
    return told.decided.agreed and len(before) == 1 and bare(before[0].text) != bare(told.decided.text)


def _line(quad: Corners, told: _Told, picture: Picture, contradicted: bool = False) -> Line:
    confidence = told.decided.confidence * (DISAGREEING if contradicted else 1.0)
    reading = Recognised(told.decided.text, confidence)
    return line_of(reading, quad, picture).model_copy(update={"under_seal": True})


def _stands(told: _Told, was_known: bool, own_words: str) -> bool:
    """Whether a line found without the ink is one: what nobody saw before must be well read."""
    text = bare(told.decided.text)
    if not text or _is_own(text, own_words):
        return False
    return was_known or (len(text) > 1 and told.decided.confidence >= _WORTH_KEEPING * DISAGREEING)


def _is_fragment(told: _Told, own_words: str) -> bool:
    """Writing of the seal itself: it went with the ink, or it is what a grey seal says."""
    raw = bare(told.raw.text)
    if not raw or not bare(told.taught.text) or told.taught.confidence < _FRAGMENT:
        return True
    return _is_own(raw, own_words)


def _own_words(quad: Corners, seals: Sequence[Seal], size: tuple[int, int]) -> str:
    """What the black seals say that lie on the line: it may still show once their ink is taken off.

    Of a coloured seal it went with the ink; the issuer's name may well be printed beneath its own seal.
    """
    black = [seal for seal in seals if seal.colour is SealColour.BLACK and touched(quad, [seal], size)]
    return "\n".join(bare(seal.text + seal.bottom_text + seal.code) for seal in black)


def _is_own(text: str, own_words: str) -> bool:
    """A piece of what a black seal says. No straight line says all of an arc: that is print beneath it."""
    return any(
        best_within(text, own) > _SEALS_OWN and len(text) < _WHOLE_NAME * len(own)
        for own in own_words.split("\n")
        if own
    )


def _beside(
    found: Sequence[Corners],
    kept: Sequence[Line],
    picture: Picture,
    seals: Sequence[Seal],
    recogniser: LineRecogniser,
) -> list[Line]:
    """Lines next to a seal that had run together with one beneath it, and so were never seen alone."""
    size = (picture.shape[0], picture.shape[1])
    known = [corners_of(line, picture) for line in kept]
    fresh = [
        quad
        for quad in without_twins(found)
        if not touched(quad, seals, size)
        and _near(box_of(quad, size), seals)
        and not any(max(share_inside(quad, one), share_inside(one, quad)) > _SAME_PLACE for one in known)
    ]
    if not fresh:
        return []
    readings = recogniser.read([crop(picture, quad) for quad in fresh])
    return [
        line_of(reading, quad, picture)
        for reading, quad in zip(readings, fresh, strict=True)
        if len(bare(reading.text)) > 1 and reading.confidence >= _WORTH_KEEPING
    ]


def _near(box: Box, seals: Sequence[Seal]) -> bool:
    return any(seal.box.grown(_NEAR * seal.box.width, 0.0).intersection(box) > 0 for seal in seals)
