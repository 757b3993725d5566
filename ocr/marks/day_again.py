"""The date looked at again, in several views: what a hand writes narrow is read when it is drawn wide.

Each view says which day the recogniser's own probabilities bear out best (``day_reading``), and has one vote,
or two where it is sure. On development scenes the day as first read was exact where the hand wrote clearly, a
view half as wide again where it did not, and one with a margin where a stamp leans.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from ocr.marks.day import FoundDay, on_or_below
from ocr.marks.day_reading import ReadDay, read_day
from ocr.marks.patch import CHARACTER, MarkReader, Patch, PatchLine
from ocr.marks.phrases import day_label
from ocr.marks.places import Rectangle
from ocr.marks.strokes import InkGroup
from ocr.marks.style import cut
from ocr.seals.shapes import Pixels

_BEGUN = re.compile(r"(?:19|20|2[Oo0]|[12][09Oo])[0-9OoIl]|二[0〇○零OoQ]|年|月")
"""Where a day may have been begun."""
_REACH = 7.0 * CHARACTER
_MARGIN = 4.0
_MOST_PLACES = 4
_LONGEST = 16
"""Characters of a line that is looked at as a whole: of a longer one only the part that is the date."""
_VIEWS = ((1.0, 0.0), (1.35, 0.0), (1.6, 0.0), (1.0, _MARGIN))
"""Width in shares of what it is, and pixels about the place."""
_LEAST_SIDE = 8
_MOST_FIGURES = 8
_LEAD, _LEAD_ALONE = 2, 4
"""Votes that the day must be ahead of any other to be sure, and where no day was read at first."""


def day_again(
    patch: Patch,
    first: FoundDay,
    phrase: Rectangle,
    lines: Sequence[PatchLine],
    loose: Sequence[InkGroup],
    reader: MarkReader,
) -> FoundDay:
    """``first`` confirmed, doubted or corrected; where it has no day, one that was not read as one."""
    if first.iso is not None and first.box is not None:
        whole = first.line is not None and len(first.line.text) < _LONGEST
        return _voted(patch, first.line.box if whole and first.line else first.box, first, reader)
    best = first
    for box, line in _places(first, phrase, lines, loose)[:_MOST_PLACES]:
        day = _voted(patch, box, FoundDay(line=line), reader)
        if day.iso is not None and (best.iso is None or (best.unsure and not day.unsure)):
            best = day
    return best


def _places(
    first: FoundDay, phrase: Rectangle, lines: Sequence[PatchLine], loose: Sequence[InkGroup]
) -> list[tuple[Rectangle, PatchLine | None]]:
    """Where a day may stand that was not read as one; first of all where figures and signs were."""
    places: list[tuple[Rectangle, PatchLine | None]] = []
    for line in sorted(lines, key=lambda line: line is not first.line):
        label = day_label(line.text)
        if label is not None and not label.rest:
            right = (line.right, line.top - _MARGIN, line.right + _REACH, line.bottom + _MARGIN)
            places.append((right, line))
        elif label is not None or (line is first.line and _may_be_day(line)) or _begun_on(line, phrase):
            places.append((line.box, line))
    return places + [
        (_about(group.box, _MARGIN), None)
        for group in loose
        if group.like_writing and group.width > 2.0 * group.height
    ]


def _may_be_day(line: PatchLine) -> bool:
    """A seal's code has more figures than a day."""
    return sum(character.isdigit() for character in line.text) <= _MOST_FIGURES


def _begun_on(line: PatchLine, phrase: Rectangle) -> bool:
    return on_or_below(line, phrase) and _BEGUN.search(line.text) is not None


def _voted(patch: Patch, box: Rectangle, first: FoundDay, reader: MarkReader) -> FoundDay:
    """What the first reading (two votes, one where it is unsure) and the views of ``box`` agree on."""
    votes: Counter[str] = Counter()
    places: dict[str, Rectangle] = {}
    if first.iso is not None and first.box is not None:
        votes[first.iso], places[first.iso] = (1 if first.unsure else 2), first.box
    for day, seen in _seen(patch, box, reader):
        wide = seen[2] - seen[0]
        votes[day.iso] += 2 if day.sure else 1
        places.setdefault(day.iso, (seen[0] + day.start * wide, box[1], seen[0] + day.end * wide, box[3]))
    if not votes:
        return first
    (iso, most), *others = votes.most_common(2)
    lead = most - (others[0][1] if others else 0)
    least = _LEAD_ALONE if first.iso is None else _LEAD
    return replace(first, iso=iso, box=places[iso], unsure=lead < least)


def _seen(patch: Patch, box: Rectangle, reader: MarkReader) -> Iterator[tuple[ReadDay, Rectangle]]:
    """The days that the views show, and the place that each view has."""
    crops: list[tuple[Pixels, Rectangle]] = []
    for share, margin in _VIEWS:
        crop = cut(patch.clean, box, margin)
        if min(crop.shape[:2]) < _LEAST_SIDE:
            continue
        wide = cv2.resize(crop, None, fx=share, fy=1.0, interpolation=cv2.INTER_CUBIC)
        crops.append((np.asarray(wide, np.uint8), _about(box, margin)))
    read = reader.probabilities([crop for crop, _ in crops])
    for probabilities, (_, place) in zip(read, crops, strict=True):
        day = read_day(probabilities)
        if day is not None:
            yield day, place


def _about(box: Rectangle, margin: float) -> Rectangle:
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin
