"""The verifier's signature: pen strokes beside the statement, read or unread, or the stamp of a name.

Everything that stands near and is neither the statement, the date nor words of the form is a candidate; a
small network tells pen from print and from blots. Print after a label may be a typed name: unsure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.marks.day import dated_part, looks_like_day
from ocr.marks.frames import small_frames
from ocr.marks.name_stamps import Stamp, name_stamp
from ocr.marks.patch import CHARACTER, Patch, PatchLine
from ocr.marks.pen import Hand, hand_of
from ocr.marks.phrases import day_label, find_phrase, is_form_word, may_be_name, signer_label
from ocr.marks.places import Rectangle, inside, nearby, overlap
from ocr.marks.strokes import InkGroup, Mask, inked_span, unlike

_REACH = 8.0 * CHARACTER
_PEN = 0.6
_PERHAPS = 0.3
_BLOT = 0.6
_OUTRIGHT = 0.95
"""Pen beyond doubt, also where the label's own print looks a little like it."""
_NAME_FIRST = re.compile(r"^\s*[\u3400-\u9fff]{2,4}\s*[12]")
_HALF_DAY = re.compile(r"[年月][0-9〇○零一二三四五六七八九十]")
_LONGEST_NAME = 8
_LEAST_WIDTH = 0.6 * CHARACTER


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """``box`` in the patch. Neither box nor ``unsure``: there is none."""

    box: Rectangle | None = None
    confidence: float = 0.0
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Ink that may be a signature. ``text`` as read, empty where it was not."""

    box: Rectangle
    text: str
    labelled: bool
    noticeable: bool = True
    certain: bool = True
    """False: a name may be in it, but where is not known."""
    label: Rectangle | None = None
    """The label on the same line, to compare with: a typed name is in its face."""


def find_signature(
    patch: Patch,
    phrase: Rectangle,
    lines: Sequence[PatchLine],
    loose: Sequence[InkGroup],
    ink: Mask,
    stamps: Sequence[Stamp] = (),
    day: Rectangle | None = None,
) -> FoundSignature:
    """``lines``: read beside the statement; ``loose``: ink in no line; ``stamps``: with corners."""
    frames = [frame for frame in small_frames(patch.clean) if inked_span(ink, _within(frame)) is not None]
    stamp = name_stamp(phrase, lines, (*stamps, *map(Stamp, frames)))
    if stamp is not None:
        return FoundSignature(stamp, 0.8)
    candidates = _labelled(ink, lines, loose) + _free(ink, phrase, lines, loose, day)
    best: tuple[float, FoundSignature] | None = None
    unsure = False
    for candidate in candidates:
        if inked_span(ink, candidate.box) is None:
            # Words were read, though next to no strokes are left of them: a seal was taken off there.
            unsure = unsure or may_be_name(candidate.text)
            continue
        hand = hand_of(patch.clean, candidate.box)
        told = _told(patch, ink, candidate, hand)
        unsure = unsure or told.unsure
        if told.box is None:
            continue
        worth = told.confidence + (0.5 if candidate.labelled else 0.0)
        if best is None or worth > best[0]:
            best = (worth, told)
    return best[1] if best is not None else FoundSignature(unsure=unsure)


def _told(patch: Patch, ink: Mask, candidate: _Candidate, hand: Hand) -> FoundSignature:
    """What a candidate is, by its strokes, its frame and its words."""
    least = _PEN
    if candidate.label is not None:
        other = unlike(patch.clean, ink, candidate.label, candidate.box)
        if other.colour and hand.nothing < _PERHAPS and may_be_name(candidate.text):
            # A name in blue after a label in black was not typed with it, however neat the hand.
            return FoundSignature(candidate.box, 0.75)
        if other.colour or other.taller:
            least = _PERHAPS
        elif hand.pen < _OUTRIGHT and hand_of(patch.clean, candidate.label).pen > _PERHAPS:
            return FoundSignature(unsure=True)
    if hand.pen >= least and not candidate.certain:
        return FoundSignature(unsure=True)
    if hand.pen >= least:
        return FoundSignature(candidate.box, min(hand.pen, 0.97))
    if hand.nothing >= _BLOT:
        return FoundSignature(unsure=candidate.labelled and candidate.noticeable)
    name = may_be_name(candidate.text)
    if candidate.labelled or hand.pen >= _PERHAPS:
        return FoundSignature(unsure=True)
    return FoundSignature(unsure=name)


def _within(frame: Rectangle) -> Rectangle:
    """What a frame encloses, its lines left out."""
    edge = 0.16 * min(frame[2] - frame[0], frame[3] - frame[1])
    return frame[0] + edge, frame[1] + edge, frame[2] - edge, frame[3] - edge


def _labelled(ink: Mask, lines: Sequence[PatchLine], loose: Sequence[InkGroup]) -> list[_Candidate]:
    """What stands after a label: on its line, or to its right as a line or as strokes of their own."""
    found: list[_Candidate] = []
    for line in lines:
        label = signer_label(line.text)
        if label is None:
            continue
        rest = _after(ink, line, len(line.text) - len(label.rest))
        if rest is not None:
            found.append(rest)
        tall = line.bottom - line.top
        window = (
            line.right - 0.3 * CHARACTER,
            line.top - 0.9 * tall,
            line.right + _REACH,
            line.bottom + 0.9 * tall,
        )
        for other in lines:
            if other is line or _is_form(other) or not inside(other.middle, window):
                continue
            found.append(_Candidate(other.box, other.text, labelled=True))
        found += [_of_group(group, labelled=True) for group in loose if inside(_middle(group), window)]
    return found


def _after(ink: Mask, line: PatchLine, index: int) -> _Candidate | None:
    """The writing on a label's own line, without a date that follows it."""
    day = dated_part(line.text)
    until = day[0] if day is not None and day[0] >= index else None
    end = line.right if until is None else line.start_of(until)
    text = line.text[index:until]
    left = line.end_of(index - 1) if index == until else line.x_before(index)
    if text.strip(" ：:_.…-—") == "":
        # The recogniser read nothing there, but the line goes on: strokes, or the form's empty rule.
        span = inked_span(ink, (left + 0.25 * CHARACTER, line.top, end, line.bottom))
        if span is None or span[1] - span[0] < _LEAST_WIDTH:
            return None
        left, end = span
    if end - left < _LEAST_WIDTH or (looks_like_day(text) and not _NAME_FIRST.match(text)):
        return None
    label = (line.left, line.top, line.end_of(index - 1), line.bottom)
    return _Candidate((left, line.top, end, line.bottom), text, labelled=True, label=label)


def _free(
    ink: Mask,
    phrase: Rectangle,
    lines: Sequence[PatchLine],
    loose: Sequence[InkGroup],
    dated: Rectangle | None,
) -> list[_Candidate]:
    """What stands near without a label: short lines, the part of a line before its date, loose strokes."""
    found: list[_Candidate] = []
    for line in lines:
        if not nearby(line.middle, phrase) or signer_label(line.text) is not None or find_phrase(line.text):
            continue
        day = dated_part(line.text)
        if day is not None:
            sides = (
                (line.text[: day[0]], line.left, line.x_before(day[0])),
                (line.text[day[1] :], line.x_before(day[1]), line.right),
            )
            found += _about_day(ink, line, sides)
        elif dated is not None and overlap(dated, line.box) > 0.5:
            # The day was found by its second choices: the line's own letters do not say where it stands.
            found += _about_day(ink, line, (("", line.left, dated[0]), ("", dated[2], line.right)))
        elif not line.text:
            found += _about_day(ink, line, (("", line.left, line.right),))
        elif not _is_form(line) and not looks_like_day(line.text):
            found.append(_Candidate(line.box, line.text, labelled=False, noticeable=False))
        elif len(line.text) > _LONGEST_NAME and day_label(line.text) is None and _HALF_DAY.search(line.text):
            found.append(_Candidate(line.box, "", labelled=False, certain=False))
    return found + [
        _of_group(group, labelled=False)
        for group in loose
        if nearby(_middle(group), phrase) and (group.like_writing or group.noticeable)
    ]


def _about_day(ink: Mask, line: PatchLine, sides: Sequence[tuple[str, float, float]]) -> list[_Candidate]:
    """Strokes on a date's line before or after it (text, left, right): read as a name, or not read at all."""
    found = []
    for text, left, right in sides:
        words = text.strip(" ，,。.、:：")
        if day_label(words) is not None or is_form_word(words) or right - left < _LEAST_WIDTH:
            continue
        span = inked_span(ink, (left, line.top, right, line.bottom))
        if span is not None and span[1] - span[0] > _LEAST_WIDTH:
            found.append(_Candidate((span[0], line.top, span[1], line.bottom), words, labelled=False))
    return found


def _of_group(group: InkGroup, *, labelled: bool) -> _Candidate:
    return _Candidate(group.box, "", labelled, noticeable=group.noticeable)


def _is_form(line: PatchLine) -> bool:
    """Print of the form, not what someone wrote into it."""
    return (
        day_label(line.text) is not None
        or signer_label(line.text) is not None
        or find_phrase(line.text) is not None
        or is_form_word(line.text)
        or len(line.text) > _LONGEST_NAME
    )


def _middle(group: InkGroup) -> tuple[float, float]:
    return (group.left + group.right) / 2, (group.top + group.bottom) / 2
