"""The stamp of a verifier's name beside the statement: a small frame with a name, in place of a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from domain.kinds import SealShape
from domain.reading import Seal
from ocr.marks.day import looks_like_day
from ocr.marks.patch import CHARACTER, Corners, Patch, PatchLine, in_patch
from ocr.marks.phrases import find_phrase, is_form_word
from ocr.marks.places import Rectangle, inside, nearby, overlap

_HAN = re.compile(r"[\u3400-\u9fff]")
_SHORTEST, _LONGEST = 2, 5


class Stamp(NamedTuple):
    """``box`` in the patch; ``words``: what it says where that was read by itself, in any order."""

    box: Rectangle
    words: str = ""


def stamps_of(patch: Patch, seals: Sequence[Seal]) -> list[Stamp]:
    """Square and long stamps of the page, taken to lean as the statement does."""
    width, height = patch.page_size
    found = []
    for seal in seals:
        if seal.shape not in (SealShape.SQUARE, SealShape.RECTANGLE):
            continue
        left, top, right, bottom = seal.box.corners
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
        places = in_patch(patch, corners * np.array([width, height], np.float32))
        low, high = places.min(axis=0), places.max(axis=0)
        box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        found.append(Stamp(_upright(box, places) if seal.shape is SealShape.SQUARE else box, seal.text))
    return found


def _upright(box: Rectangle, places: Corners) -> Rectangle:
    """The square itself, of which ``box`` is the box about the box about it (``places``: that one's corners).

    Each turn by t makes a square's box larger by cos t + sin t.
    """
    along = places[1] - places[0]
    turn = abs(float(np.arctan2(along[1], along[0])))
    share = float(1 / (np.cos(turn) + np.sin(turn)) ** 2)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    wide, high = share * (box[2] - box[0]) / 2, share * (box[3] - box[1]) / 2
    return x - wide, y - high, x + wide, y + high


def name_stamp(phrase: Rectangle, lines: Sequence[PatchLine], stamps: Sequence[Stamp]) -> Rectangle | None:
    """The stamp of a name: as high as one or two characters, and not the statement's own frame."""
    for stamp in stamps:
        box = stamp.box
        tall, wide = box[3] - box[1], box[2] - box[0]
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        if (
            not (0.7 * CHARACTER < tall < 5.5 * CHARACTER and wide < 8 * CHARACTER)
            or max(overlap(box, phrase), overlap(phrase, box)) > 0.5
            or not nearby(middle, phrase)
        ):
            continue
        # Print beneath a stamp is none of its words: where it was read as a seal, its own words count.
        own = stamp.words if _SHORTEST <= len(_HAN.findall(stamp.words)) <= _LONGEST else ""
        words = own or "".join(line.text for line in lines if inside(line.middle, box))
        if find_phrase(words) or looks_like_day(words) or is_form_word(words):
            continue
        if len(_HAN.findall(words)) <= _LONGEST:
            return box
    return None
