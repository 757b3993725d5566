"""Put a mark together from what stands in its patch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.reading import Seal, Signature, VerificationMark
from ocr.marks.day import find_day
from ocr.marks.patch import CHARACTER, Corners, Detector, Patch, PatchLine, patch_lines
from ocr.marks.phrases import FoundPhrase, find_phrase
from ocr.marks.seal import fresh_seal, has_coloured_ink, off_grey_seals, without_grey_seals
from ocr.marks.signature import Rectangle, find_signature
from ocr.marks.strokes import InkGroup, ink_of, loose_ink
from ocr.marks.style import style_of
from ocr.seals.recogniser import Recogniser

_WRONG = 0.75
_CUT_SHORT = 0.7
_ALL_GREY = 0.75


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement among the page's lines: ``corners`` in pixels, ``characters`` on that line."""

    found: FoundPhrase
    corners: Corners
    characters: int
    confidence: float


def assembled(
    patch: Patch,
    statement: Statement | None,
    seals: Sequence[Seal],
    recognise: Recogniser,
    detect: Detector,
) -> VerificationMark | None:
    """The mark in a patch, or None where no statement can be read in it.

    ``statement``: as read on the page; None where only a label made us look.
    """
    lines = patch_lines(patch, recognise, detect)
    line, phrase = _read_again(patch, lines, statement)
    if phrase is None:
        return None
    box = _phrase_box(patch, line, phrase)
    beside = without_grey_seals([other for other in lines if other is not line], patch, seals)
    beside += _rest_of(line, phrase)
    ink = off_grey_seals(ink_of(patch.clean), patch, seals)
    loose = [group for group in loose_ink(ink, lines) if not _touches(box, group)]
    day = find_day(box, beside, loose)
    signature = find_signature(patch, box, beside, loose, day.line)
    place = patch.page_box(*box)
    parts = [patch.page_box(*part) for part in (day.box, signature.box) if part is not None]
    seal = fresh_seal(place, parts, seals, coloured_ink=has_coloured_ink(patch.raw))
    sure = max(line.confidence if line else 0.0, statement.confidence if statement else 0.0)
    sure *= _WRONG**phrase.wrong * (1.0 if phrase.whole else _CUT_SHORT)
    # A wholly grey page may be a copy of a verified copy: nobody can tell from the picture.
    sure *= _ALL_GREY if seal.grey else 1.0
    return VerificationMark(
        box=place,
        text=phrase.text,
        style=style_of(patch, box),
        signature=None
        if signature.box is None
        else Signature(box=patch.page_box(*signature.box), confidence=_bounded(signature.confidence)),
        signature_unsure=signature.unsure,
        date=day.iso,
        date_box=patch.page_box(*day.box) if day.box else None,
        date_unsure=day.unsure or (day.iso is None and _more_writing(loose, signature.box, box)),
        seal=seal.index,
        confidence=_bounded(sure),
    )


def _bounded(value: float) -> float:
    return float(np.clip(value, 0.0, 1.0))


def _read_again(
    patch: Patch, lines: Sequence[PatchLine], statement: Statement | None
) -> tuple[PatchLine | None, FoundPhrase | None]:
    """The statement's line in the patch; the page's own reading stands where the patch has none as good."""
    best: tuple[float, PatchLine, FoundPhrase] | None = None
    for line in lines:
        found = find_phrase(line.text)
        if found is None:
            continue
        away = abs(line.middle[1] - (patch.phrase[1] + patch.phrase[3]) / 2) / CHARACTER
        if statement is not None and away > 3:
            continue
        worth = _worth(found) - 0.3 * away
        if best is None or worth > best[0]:
            best = (worth, line, found)
    if best is not None:
        again = best[2]
        if statement is not None and _worth(statement.found) > _worth(again):
            again = FoundPhrase(
                statement.found.text, again.start, again.end, statement.found.wrong, statement.found.whole
            )
        return best[1], again
    return None, statement.found if statement else None


def _worth(found: FoundPhrase) -> float:
    """Longer and truer readings are better."""
    return len(found.text) - 2.5 * found.wrong - (0 if found.whole else 3)


def _phrase_box(patch: Patch, line: PatchLine | None, phrase: FoundPhrase) -> Rectangle:
    if line is None:
        return patch.phrase
    count = max(len(line.text), 1)
    span = line.right - line.left
    return (
        line.left + phrase.start / count * span,
        line.top,
        line.left + min(phrase.end / count, 1.0) * span,
        line.bottom,
    )


def _rest_of(line: PatchLine | None, phrase: FoundPhrase) -> list[PatchLine]:
    """What follows the statement on its own line (核对无误 张三 2020.8.5), as a line of its own."""
    if line is None or len(line.text) - phrase.end < 2:
        return []
    share = phrase.end / len(line.text)
    top_left, top_right, bottom_right, bottom_left = line.corners
    corners = np.array(
        [
            top_left + share * (top_right - top_left),
            top_right,
            bottom_right,
            bottom_left + share * (bottom_right - bottom_left),
        ],
        np.float32,
    )
    return [PatchLine(line.text[phrase.end :].strip(" ：:，,。.;；"), line.confidence, corners)]


def _touches(box: Rectangle, group: InkGroup) -> bool:
    """Strokes of the statement itself: its frame, or an end of it that no line covers."""
    width = min(box[2], group.right) - max(box[0], group.left)
    height = min(box[3], group.bottom) - max(box[1], group.top)
    return width > 0.4 * group.width and height > 0.4 * group.height


def _more_writing(loose: Sequence[InkGroup], signature: Rectangle | None, phrase: Rectangle) -> bool:
    """Unread writing beside the statement that is not the signature: it may be the date."""
    for group in loose:
        middle_x, middle_y = (group.left + group.right) / 2, (group.top + group.bottom) / 2
        near = (
            phrase[0] - 3 * CHARACTER < middle_x < phrase[2] + 8 * CHARACTER
            and phrase[1] - CHARACTER < middle_y < phrase[3] + 6 * CHARACTER
        )
        own = signature is not None and (
            signature[0] - 4 <= middle_x <= signature[2] + 4
            and signature[1] - 4 <= middle_y <= signature[3] + 4
        )
        if near and not own and group.like_writing and group.width > 1.5 * CHARACTER:
            return True
    return False
