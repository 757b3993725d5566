"""The date beside the statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matching.dates import find_dates
from ocr.marks.patch import CHARACTER, PatchLine
from ocr.marks.phrases import day_label, find_phrase
from ocr.marks.places import Rectangle
from ocr.marks.strokes import InkGroup

_WRITTEN = re.compile(r"[0-9〇○零一二三四五六七八九十]")
_RUN_TOGETHER = re.compile(r"^(?:19|20)[0-9]{3,6}$")
"""A year and some figures of the month and day: neither a year in a table nor a certificate's number."""
_SIGNS = re.compile(r"[年月日./\-—]")
_SURE = 0.88
"""Below this a hand's figures are misread now and then, and make another day."""


@dataclass(frozen=True, slots=True)
class FoundDay:
    """``iso`` has a day, or is None. ``unsure``: something is there that cannot be told."""

    iso: str | None = None
    box: Rectangle | None = None
    unsure: bool = False
    line: PatchLine | None = None


def find_day(phrase: Rectangle, lines: Sequence[PatchLine], loose: Sequence[InkGroup]) -> FoundDay:
    """The date among the lines beside the statement; nearest first, labelled before bare."""
    best: tuple[float, FoundDay] | None = None
    fragment: PatchLine | None = None
    label: PatchLine | None = None
    for line in lines:
        labelled = day_label(line.text)
        if labelled is not None and not labelled.rest:
            label = line
        if labelled is None and not on_or_below(line, phrase):
            continue
        whole = [found for found in find_dates(line.text) if len(found.iso) == 10]
        if not whole:
            if _fragment(line.text, labelled is not None):
                fragment = fragment or line
            continue
        date = whole[-1] if find_phrase(line.text) else whole[0]
        box = (line.x_before(date.start), line.top, line.x_before(date.end), line.bottom)
        away = abs(line.middle[1] - phrase[3]) + 0.3 * abs(line.middle[0] - phrase[0])
        unsure = line.confidence < _SURE
        worth = away - (6 * CHARACTER if labelled is not None else 0)
        if best is None or worth < best[0]:
            best = (worth, FoundDay(date.iso, box, unsure, line))
    if best is not None:
        return best[1]
    if fragment is not None:
        box = (fragment.left, fragment.top, fragment.right, fragment.bottom)
        return FoundDay(None, box, True, fragment)
    if label is not None and _ink_after(label, lines, loose):
        return FoundDay(unsure=True)
    return FoundDay()


def dated_part(text: str) -> tuple[int, int] | None:
    """Where a whole date stands in a text: first character and the one after its last."""
    for found in find_dates(text):
        if len(found.iso) == 10:
            return found.start, found.end
    return None


def looks_like_day(text: str) -> bool:
    """A date that was not made out: mostly figures, or the signs of one."""
    tight = re.sub(r"\s", "", text)
    figures = len(_WRITTEN.findall(tight))
    return figures >= 4 and figures + len(_SIGNS.findall(tight)) >= 0.7 * len(tight)


def _fragment(text: str, labelled: bool) -> bool:
    """Figures with date signs that make no whole date. A form's empty 年 月 日 has no figures."""
    figures = len(_WRITTEN.findall(text))
    if labelled:
        return figures >= 1
    if _RUN_TOGETHER.match(re.sub(r"\s", "", text)):
        return True
    return figures >= 2 and len(_SIGNS.findall(text)) >= 1 and len(text) <= 14


def on_or_below(line: PatchLine, phrase: Rectangle) -> bool:
    """On the statement's row or below it: what stands above belongs to the document."""
    x, y = line.middle
    return (
        phrase[1] - 1.0 * CHARACTER < y < phrase[3] + 7.5 * CHARACTER
        and phrase[0] - 4 * CHARACTER < x < phrase[2] + 16 * CHARACTER
    )


def _ink_after(label: PatchLine, lines: Sequence[PatchLine], loose: Sequence[InkGroup]) -> bool:
    tall = label.bottom - label.top

    def beside(x: float, y: float) -> bool:
        return label.right < x < label.right + 7 * CHARACTER and abs(y - label.middle[1]) < tall

    return any(beside(*line.middle) for line in lines if line is not label) or any(
        beside((group.left + group.right) / 2, (group.top + group.bottom) / 2)
        for group in loose
        if group.noticeable
    )
