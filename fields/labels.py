"""Labels on forms, and where their values stand: after them in the line, to the right, or below.

Engines drop the spaces between fields and merge neighbours (“姓名张三身份证号330…”), so a label counts
anywhere in a line, and a value ends where the next known label begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fields.label_words import COLONS, STOP_LABELS, stop_at, words
from fields.layout import Sheet, shared_width
from fields.spans import Span
from matching.lookalikes import look_alike
from matching.text import simplified

__all__ = ["STOP_LABELS", "Candidate", "Hit", "candidates", "find", "is_label", "stop_at", "trim", "words"]

EXACT, SLIP = 1.0, 0.88
"""How sure a label is: as spelt, or with one character read wrong."""
AFTER_COLON, AFTER, RIGHT, BELOW = 1.0, 0.97, 0.97, 0.88
"""How sure it is that a value belongs to its label, by where it stands."""


_EDGE = " \t:：;；,，。.、|｜()（）[]【】〔〕_—-/"


@dataclass(frozen=True, slots=True)
class Hit:
    """A label on the page. ``at``/``end`` are places in the flat text of ``host``."""

    name: str
    host: Span
    at: int
    end: int
    sure: float

    @property
    def span(self) -> Span:
        return self.host.flat_part(self.at, self.end)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a label's value, and how sure it is to be it."""

    span: Span
    sure: float


def find(sheet: Sheet, labels: Iterable[str]) -> list[Hit]:
    """Every place where one of ``labels`` stands, surest first, then in the order of ``labels``.

    A longer label wins over a shorter one within it.
    A label of two characters counts only where a line or a colon sets it off, “姓名” excepted.
    """
    order = tuple(labels)
    names = sorted(set(order), key=len, reverse=True)
    hits: list[Hit] = []
    for span in sheet.spans:
        text = simplified(span.flat)
        taken: list[tuple[int, int]] = []
        for name in names:
            for at, end, sure in occurrences(text, name):
                free = all(end <= first or last <= at for first, last in taken)
                if free and _stands_alone(text, at, end) and len(text) == len(span.flat):
                    taken.append((at, end))
                    hits.append(Hit(name, span, at, end, sure))
    return sorted(hits, key=lambda hit: (-hit.sure, order.index(hit.name)))


def occurrences(text: str, label: str) -> Iterator[tuple[int, int, float]]:
    """Where ``label`` stands in a flat text: exactly, or with one glyph taken for another."""
    size = len(label)
    for at in range(len(text) - size + 1):
        piece = text[at : at + size]
        if piece == label:
            yield at, at + size, EXACT
        elif size >= 2 and _one_slip(piece, label):
            yield at, at + size, SLIP


def _one_slip(piece: str, label: str) -> bool:
    """One character differs: a look-alike, or any in a label of five or more that is no other label."""
    differing = [(one, other) for one, other in zip(piece, label, strict=True) if one != other]
    if len(differing) != 1 or piece in STOP_LABELS:
        return False
    one, other = differing[0]
    return look_alike(one, other) or (len(label) >= 5 and piece[-1] == label[-1] and piece[0] == label[0])


def _stands_alone(text: str, at: int, end: int) -> bool:
    """A short label is set off by its line's start or a mark before it, and a mark or little text after."""
    if end - at >= 3 or text[at:end] == "姓名":
        return True
    if at > 0 and _is_han(text[at - 1]):
        return text[end : end + 1] in tuple(COLONS) and not any(
            text.endswith(label, 0, end) for label in STOP_LABELS if len(label) > end - at
        )
    if end == len(text) or not _is_han(text[end]):
        return True
    rest = text[end:]
    return at == 0 and len(rest) <= 16 and not re.search(r"[,，。;；]", rest) and not _COMPOUND.match(text)


_COMPOUND = re.compile(
    r"专业(?:技术|科目|课|学)|单位(?:意见|盖章|公章|负责|审核|人事)|职务(?:任职|聘任|资格)|岗位(?:信息|职责)|学历|编号"
)
"""Longer words that begin as a short label does."""


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def is_label(span: Span) -> bool:
    """The whole span is a known label (a cell that names its neighbour)."""
    text = span.flat.strip(_EDGE)
    return text in _STOPS or any(
        end == len(text) and at == 0 for label in _LONG_STOPS for at, end, _ in occurrences(text, label)
    )


_STOPS = frozenset(STOP_LABELS)
_LONG_STOPS = tuple(sorted((label for label in STOP_LABELS if len(label) >= 4), key=len, reverse=True))


def candidates(sheet: Sheet, hit: Hit, *, short: bool = False) -> Iterator[Candidate]:
    """What may be the value of a label, likeliest first: the rest of its line, right of it, below it."""
    text = hit.host.flat
    rest = text[hit.end :]
    colon = rest[:1] in tuple(COLONS)
    start = hit.end + len(rest) - len(rest.lstrip(_EDGE))
    stop = start + stop_at(text[start:], short=short)
    inline = text[start:stop].strip(_EDGE)
    if inline:
        yield Candidate(trim(hit.host.flat_part(start, stop)), hit.sure * (AFTER_COLON if colon else AFTER))
    if stop < len(text):
        return
    yield from _right(sheet, hit, short=short)
    if not inline:
        yield from _below(sheet, hit, short=short)


def _right(sheet: Sheet, hit: Hit, *, short: bool) -> Iterator[Candidate]:
    for other in sheet.right_of(hit.span):
        if is_label(other):
            return
        if shared_width(other, hit.span) > 0.5 * hit.span.width:
            continue
        stop = stop_at(other.flat, short=short)
        if other.flat[:stop].strip(_EDGE):
            yield Candidate(trim(other.flat_part(0, stop)), hit.sure * RIGHT)
        return


def _below(sheet: Sheet, hit: Hit, *, short: bool) -> Iterator[Candidate]:
    for other in sheet.below(hit.span):
        if is_label(other):
            return
        stop = stop_at(other.flat, short=short)
        if other.flat[:stop].strip(_EDGE):
            yield Candidate(trim(other.flat_part(0, stop)), hit.sure * BELOW)
            return


def trim(span: Span) -> Span:
    """The span without white space and punctuation at its ends."""
    text = span.text
    start = len(text) - len(text.lstrip(_EDGE))
    end = len(text.rstrip(_EDGE))
    return span.part(start, end) if start < end else span
