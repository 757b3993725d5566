"""Put a mark together from what stands in its patch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from domain.reading import Seal, Signature, VerificationMark
from ocr.marks.day import find_day
from ocr.marks.day_again import day_again
from ocr.marks.grey import Outline, is_star, lifted, off, on_any
from ocr.marks.name_stamps import stamps_of
from ocr.marks.patch import CHARACTER, Corners, Detector, MarkReader, Patch, PatchLine, in_patch, patch_lines
from ocr.marks.phrases import FoundPhrase, find_phrase
from ocr.marks.places import Rectangle
from ocr.marks.seal import fresh_seal, has_coloured_ink
from ocr.marks.signature import find_signature
from ocr.marks.statement import Statement
from ocr.marks.strokes import InkGroup, ink_of, loose_ink
from ocr.marks.style import style_of

_WRONG = 0.75
_CUT_SHORT = 0.7
_ALL_GREY = 0.75


def assembled(
    patch: Patch,
    statement: Statement,
    seals: Sequence[Seal],
    reader: MarkReader,
    detect: Detector,
) -> VerificationMark:
    """The mark of a statement, from the patch about it."""
    patch, hidden = lifted(patch, seals)
    lines = patch_lines(patch, reader, detect)
    rows = [in_patch(patch, row) for row in statement.rows]
    line, phrase = _read_again(lines, statement, rows)
    box = _phrase_box(line, phrase, rows)
    own = [other for other in lines if other is line or (_covered(other, rows) and not _beyond(other, line))]
    beside = off([other for other in lines if other not in own], hidden) + _rest_of(line, phrase)
    ink = ink_of(patch.clean)
    loose = [
        group for group in loose_ink(ink, lines) if not _touches(box, group) and not _on_any(group, hidden)
    ]
    beside = [other for other in beside if not is_star(other.box, patch, seals)]
    loose = [group for group in loose if not is_star(group.box, patch, seals)]
    day = day_again(patch, find_day(box, beside, loose), box, beside, loose, reader)
    signature = find_signature(patch, box, beside, loose, ink, stamps_of(patch, seals), day.box)
    # Where not even the statement can be read again, print or a seal lies over what stands beside it, too.
    unclear = line is None or _hides(hidden, box)
    place = patch.page_box(*box)
    parts = [patch.page_box(*part) for part in (day.box, signature.box) if part is not None]
    units = [index for index, seal in enumerate(seals) if not _as_small_as_a_stamp(patch, seal)]
    seal = fresh_seal(place, parts, seals, units, coloured_ink=has_coloured_ink(patch.raw))
    sure = max(line.confidence if line else 0.0, statement.confidence)
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
        signature_unsure=signature.box is None and (signature.unsure or unclear),
        date=day.iso,
        date_box=patch.page_box(*day.box) if day.box else None,
        date_unsure=day.unsure
        or _cut_off(patch, day.box)
        or (day.iso is None and (_more_writing(loose, signature.box, box) or unclear)),
        seal=seal.index,
        confidence=_bounded(sure),
    )


def _bounded(value: float) -> float:
    return float(np.clip(value, 0.0, 1.0))


def _read_again(
    lines: Sequence[PatchLine], statement: Statement, rows: Sequence[Corners]
) -> tuple[PatchLine | None, FoundPhrase]:
    """The statement's line in the patch; the page's own reading stands where the patch has none as good."""
    best: tuple[float, PatchLine, FoundPhrase] | None = None
    for line in lines:
        found = find_phrase(line.text)
        if found is None:
            continue
        away = abs(line.middle[1] - float(rows[0][:, 1].mean())) / CHARACTER
        if away > 3:
            continue
        worth = _worth(found) - 0.3 * away
        if best is None or worth > best[0]:
            best = (worth, line, found)
    if best is not None:
        again = best[2]
        if _worth(statement.found) > _worth(again):
            again = FoundPhrase(
                statement.found.text, again.start, again.end, statement.found.wrong, statement.found.whole
            )
        return best[1], again
    return None, statement.found


def _cut_off(patch: Patch, day: Rectangle | None) -> bool:
    """The date runs out of the patch: its last figures may be missing."""
    return day is not None and day[2] > patch.clean.shape[1] - 0.4 * CHARACTER


def _beyond(other: PatchLine, line: PatchLine | None) -> bool:
    """Read apart here, though the page's line took the statement and what follows it together."""
    return line is not None and other.left > line.right - 0.4 * CHARACTER


def _covered(line: PatchLine, rows: Sequence[Corners]) -> bool:
    """A line of the patch that is one of the statement's own rows, or part of it."""
    for row in rows:
        left, top = row.min(axis=0)
        right, bottom = row.max(axis=0)
        width = min(line.right, right) - max(line.left, left)
        height = min(line.bottom, bottom) - max(line.top, top)
        if width > 0.6 * (line.right - line.left) and height > 0.5 * (line.bottom - line.top):
            return True
    return False


def _worth(found: FoundPhrase) -> float:
    """Longer and truer readings are better."""
    return len(found.text) - 2.5 * found.wrong - (0 if found.whole else 3)


def _phrase_box(line: PatchLine | None, phrase: FoundPhrase, rows: Sequence[Corners]) -> Rectangle:
    """Around the statement: of one row only the characters that state it, of two rows both."""
    every = np.concatenate(rows)
    box = (*every.min(axis=0), *every.max(axis=0))
    whole = (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
    if line is None or len(rows) > 1:
        return whole
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
    if line is None:
        return []
    start = phrase.end
    while start < len(line.text) and line.text[start] in " ：:，,。.;；)）、":
        start += 1
    # Strokes that were not read may follow the statement: the line then goes on without letters.
    begins = line.x_before(start) if start < len(line.text) else line.end_of(len(line.text) - 1)
    if line.right - begins < CHARACTER:
        return []
    share = (begins - line.left) / max(line.right - line.left, 1.0)
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
    places = tuple((place - share) / max(1 - share, 1e-6) for place in line.positions[start:])
    return [PatchLine(line.text[start:], line.confidence, corners, places)]


def _as_small_as_a_stamp(patch: Patch, seal: Seal) -> bool:
    """The stamp of a name or the statement's own frame: no unit's seal."""
    return any(
        bottom - top < 5.5 * CHARACTER and right - left < 14 * CHARACTER
        for (left, top, right, bottom), _ in stamps_of(patch, [seal])
    )


def _on_any(group: InkGroup, hidden: Sequence[Outline]) -> bool:
    return on_any(((group.left + group.right) / 2, (group.top + group.bottom) / 2), hidden)


def _hides(hidden: Sequence[Outline], phrase: Rectangle) -> bool:
    """A grey seal as black as a pen lies where a signature or a date may stand."""
    left, top = phrase[0] - CHARACTER, phrase[1] - CHARACTER
    right, bottom = phrase[2] + 4 * CHARACTER, phrase[3] + 3.5 * CHARACTER
    return any(
        min(right, outline[:, 0].max()) > max(left, outline[:, 0].min())
        and min(bottom, outline[:, 1].max()) > max(top, outline[:, 1].min())
        for outline in hidden
    )


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
