"""The verifier's signature: handwriting beside the statement, read or unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocr.marks.patch import CHARACTER, Patch, PatchLine
from ocr.marks.phrases import day_label, find_phrase, may_be_name, signer_label
from ocr.marks.strokes import InkGroup, uprightness
from ocr.marks.style import cut

Rectangle = tuple[float, float, float, float]

_PRINT_ABOVE = 0.46
_REACH = 8.0 * CHARACTER
_NAME_THEN_DAY = re.compile(r"^\s*([\u3400-\u9fff]{2,4}?)[\s,，.。、]*(?=[0-9]{2}|二[0〇○零])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NARROW = 0.55
"""Width of a figure or a point beside that of a Chinese character."""
_WELL_READ = 0.8
"""Below this a short line is writing that was not made out: it may be a name."""


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """``box`` in the patch. Neither box nor ``unsure``: there is none."""

    box: Rectangle | None = None
    confidence: float = 0.0
    unsure: bool = False


def find_signature(
    patch: Patch,
    phrase: Rectangle,
    lines: Sequence[PatchLine],
    loose: Sequence[InkGroup],
    dated: PatchLine | None,
) -> FoundSignature:
    """``lines``: read beside the statement; ``loose``: ink that is no line; ``dated``: the date's line."""
    others = [line for line in lines if line is not dated]
    labelled = [(line, label) for line in others if (label := signer_label(line.text)) is not None]
    for line, label in labelled:
        if len(label.rest) >= 2:
            return _after_label(patch, line, label.at)
    for line, _ in labelled:
        found = _beside(patch, line, others, loose)
        if found.box is not None or found.unsure:
            return found
    free = _name_before_day(patch, phrase, lines) or _name_line(patch, phrase, others)
    if free is not None:
        return free
    found = _loose_signature(phrase, loose, labelled=bool(labelled))
    if found.box is None and any(_not_made_out(line, phrase) for line in others):
        return FoundSignature(unsure=True)
    return found


def _name_before_day(patch: Patch, phrase: Rectangle, lines: Sequence[PatchLine]) -> FoundSignature | None:
    """A name and the day in one stroke of the pen, read as one line."""
    for line in lines:
        found = _NAME_THEN_DAY.match(line.text)
        if found is None or not _nearby(line.middle, phrase):
            continue
        name = found.group(1)
        if not may_be_name(name) or find_phrase(name) or day_label(name) or signer_label(line.text):
            continue
        at = _width(line.text[: found.end(1)]) / _width(line.text)
        box = (line.left, line.top, line.left + at * (line.right - line.left), line.bottom)
        if _looks_printed(patch, box):
            return FoundSignature(unsure=True)
        return FoundSignature(box, 0.5 + 0.4 * line.confidence)
    return None


def _width(text: str) -> float:
    return sum(1.0 if _HAN.match(character) else _NARROW for character in text)


def _not_made_out(line: PatchLine, phrase: Rectangle) -> bool:
    """Short writing beside the statement, part of it read: under a stamp or in a poor hand."""
    if _is_form(line) or not _nearby(line.middle, phrase):
        return False
    return line.confidence < _WELL_READ and _HAN.search(line.text) is not None


def _after_label(patch: Patch, line: PatchLine, at: float) -> FoundSignature:
    box = (line.left + at * (line.right - line.left), line.top, line.right, line.bottom)
    if _looks_printed(patch, box):
        # A name typed after the label is no signature, but a neat hand can look like type.
        return FoundSignature(unsure=True)
    return FoundSignature(box, min(line.confidence, 0.97))


def _looks_printed(patch: Patch, box: Rectangle) -> bool:
    crop = cut(patch.clean, box, 0.0)
    return crop.size == 0 or uprightness(crop) > _PRINT_ABOVE


def _beside(
    patch: Patch, label: PatchLine, lines: Sequence[PatchLine], loose: Sequence[InkGroup]
) -> FoundSignature:
    """What stands to the right of a label that was read without a name."""
    tall = label.bottom - label.top
    window = (
        label.right - 0.3 * CHARACTER,
        label.top - 0.9 * tall,
        label.right + _REACH,
        label.bottom + 0.9 * tall,
    )
    for line in lines:
        if line is label or _is_form(line) or not _inside(line.middle, window):
            continue
        box = (line.left, line.top, line.right, line.bottom)
        if _looks_printed(patch, box):
            return FoundSignature(unsure=True)
        return FoundSignature(box, 0.6 + 0.35 * line.confidence)
    return _of_groups([group for group in loose if _inside(_middle(group), window)])


def _is_form(line: PatchLine) -> bool:
    """Print of the form, not what someone wrote into it."""
    return (
        day_label(line.text) is not None
        or signer_label(line.text) is not None
        or find_phrase(line.text) is not None
        or len(line.text) > 8
    )


def _name_line(patch: Patch, phrase: Rectangle, lines: Sequence[PatchLine]) -> FoundSignature | None:
    """A short handwritten line beside or below the statement that may be a name."""
    best: tuple[float, FoundSignature] | None = None
    for line in lines:
        if _is_form(line) or not may_be_name(line.text) or not _nearby(line.middle, phrase):
            continue
        box = (line.left, line.top, line.right, line.bottom)
        if _looks_printed(patch, box):
            continue
        away = abs(line.middle[1] - (phrase[1] + phrase[3]) / 2)
        if best is None or away < best[0]:
            best = (away, FoundSignature(box, 0.55 + 0.4 * line.confidence))
    return best[1] if best else None


def _nearby(place: tuple[float, float], phrase: Rectangle) -> bool:
    """Right of the statement, below it, or just above it."""
    x, y = place
    return (
        phrase[0] - 4 * CHARACTER < x < phrase[2] + 8 * CHARACTER
        and phrase[1] - 1.8 * CHARACTER < y < phrase[3] + 5.5 * CHARACTER
    )


def _loose_signature(phrase: Rectangle, loose: Sequence[InkGroup], labelled: bool) -> FoundSignature:
    near = [group for group in loose if _nearby(_middle(group), phrase)]
    found = _of_groups(near)
    if found.box is not None and not labelled:
        return FoundSignature(found.box, found.confidence - 0.1)
    return found


def _of_groups(groups: Sequence[InkGroup]) -> FoundSignature:
    written = [group for group in groups if group.like_writing]
    if written:
        largest = max(written, key=lambda group: group.ink)
        box = (float(largest.left), float(largest.top), float(largest.right), float(largest.bottom))
        return FoundSignature(box, 0.7)
    return FoundSignature(unsure=any(group.noticeable for group in groups))


def _middle(group: InkGroup) -> tuple[float, float]:
    return (group.left + group.right) / 2, (group.top + group.bottom) / 2


def _inside(place: tuple[float, float], window: Rectangle) -> bool:
    return bool(np.all([window[0] < place[0] < window[2], window[1] < place[1] < window[3]]))
