"""Where a signature may stand: after a label, on a short line, about a date, in strokes that no line has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.marks.day import dated_part, looks_like_day
from ocr.marks.patch import CHARACTER, PatchLine
from ocr.marks.phrases import day_label, find_phrase, is_form_word, signer_label
from ocr.marks.places import Rectangle, inside, nearby, overlap
from ocr.marks.strokes import InkGroup, Mask, inked_span

_REACH = 8.0 * CHARACTER
_NAME_FIRST = re.compile(r"^\s*[\u3400-\u9fff]{2,4}\s*[12]")
_HALF_DAY = re.compile(r"[年月][0-9〇○零一二三四五六七八九十]")
_LONGEST_NAME = 8
_TALLEST = 4.5 * CHARACTER
"""Of a signature: what is taller is what a seal left behind."""
_ON_IT = 0.5
"""Share of a date's place that must lie on a line for the date to be the line's."""
_LEAST_WIDTH = 0.6 * CHARACTER


@dataclass(frozen=True, slots=True)
class Candidate:
    """Ink that may be a signature. ``text`` as read, empty where it was not."""

    box: Rectangle
    text: str
    labelled: bool
    noticeable: bool = True
    certain: bool = True
    """False: a name may be in it, but where is not known."""
    label: Rectangle | None = None
    """The label on the same line, to compare with: a typed name is in its face."""


def labelled(
    ink: Mask, lines: Sequence[PatchLine], loose: Sequence[InkGroup], dated: Rectangle | None
) -> list[Candidate]:
    """What stands after a label: on its line, or to its right as a line or as strokes of their own."""
    found: list[Candidate] = []
    for line in lines:
        label = signer_label(line.text)
        if label is None:
            continue
        rest = _after(ink, line, len(line.text) - len(label.rest), dated)
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
            about = _about_day(ink, other, dated, labelled=True)
            if about is not None:
                found += about
            elif not looks_like_day(other.text):
                found.append(Candidate(other.box, other.text, labelled=True))
        found += [_of_group(group, labelled=True) for group in loose if inside(_middle(group), window)]
    return found


def _after(ink: Mask, line: PatchLine, index: int, dated: Rectangle | None) -> Candidate | None:
    """The writing on a label's own line, without a date that follows it."""
    day = _day_on(line, dated)
    until = day.begins if day is not None and day.begins >= index else None
    end = line.right if day is None or until is None else day.left
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
    return Candidate((left, line.top, end, line.bottom), text, labelled=True, label=label)


def unlabelled(
    ink: Mask,
    phrase: Rectangle,
    lines: Sequence[PatchLine],
    loose: Sequence[InkGroup],
    dated: Rectangle | None,
) -> list[Candidate]:
    """What stands near without a label: short lines, the part of a line before its date, loose strokes."""
    found: list[Candidate] = []
    for line in lines:
        if not nearby(line.middle, phrase) or signer_label(line.text) is not None or find_phrase(line.text):
            continue
        about = _about_day(ink, line, dated)
        if about is not None:
            found += about
        elif not line.text:
            found += _strokes(ink, line, (("", line.left, line.right),))
        elif not _is_form(line) and not looks_like_day(line.text):
            found.append(Candidate(line.box, line.text, labelled=False, noticeable=False))
        elif len(line.text) > _LONGEST_NAME and day_label(line.text) is None and _HALF_DAY.search(line.text):
            found.append(Candidate(line.box, "", labelled=False, certain=False))
    return found + [
        _of_group(group, labelled=False)
        for group in loose
        if nearby(_middle(group), phrase) and (group.like_writing or group.noticeable)
    ]


@dataclass(frozen=True, slots=True)
class _Day:
    """A date on a line: its first character and the one after its last, and where it stands."""

    begins: int
    ends: int
    left: float
    right: float


def _day_on(line: PatchLine, dated: Rectangle | None) -> _Day | None:
    """The date that a line's letters say, or that was found on it by their second choices (``dated``)."""
    said = dated_part(line.text)
    if said is not None:
        begins, ends = said
        left = line.start_of(begins) if begins < len(line.text) else line.right
        return _Day(begins, ends, left, line.x_before(ends))
    if dated is None or overlap(dated, line.box) <= _ON_IT:
        return None
    starts = [line.x_before(index) for index in range(len(line.text))]
    begins = sum(start < dated[0] - 0.5 * _LEAST_WIDTH for start in starts)
    ends = sum(start < dated[2] - 0.5 * _LEAST_WIDTH for start in starts)
    return _Day(begins, ends, dated[0], dated[2])


def _about_day(
    ink: Mask, line: PatchLine, dated: Rectangle | None, *, labelled: bool = False
) -> list[Candidate] | None:
    """Strokes on a date's line before or after the date; ``None`` where the line bears no date."""
    day = _day_on(line, dated)
    if day is None:
        return None
    left = min(day.left, line.x_before(day.begins))
    before = (line.text[: day.begins], line.left, left)
    after = (line.text[day.ends :], day.right, line.right)
    return _strokes(ink, line, (before, after), labelled=labelled)


def _strokes(
    ink: Mask, line: PatchLine, parts: Sequence[tuple[str, float, float]], *, labelled: bool = False
) -> list[Candidate]:
    """Strokes on parts of a line (text, left, right), read as a name or not read at all."""
    found = []
    for text, left, right in parts:
        words = text.strip(" ，,。.、:：")
        if day_label(words) is not None or is_form_word(words) or right - left < _LEAST_WIDTH:
            continue
        span = inked_span(ink, (left, line.top, right, line.bottom))
        if span is not None and span[1] - span[0] > _LEAST_WIDTH:
            found.append(Candidate((span[0], line.top, span[1], line.bottom), words, labelled))
    return found


def _of_group(group: InkGroup, *, labelled: bool) -> Candidate:
    whole = group.height < _TALLEST
    return Candidate(group.box, "", labelled, noticeable=group.noticeable, certain=whole)


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
