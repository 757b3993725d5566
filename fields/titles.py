"""How well a page fits a kind by the words of its title and of its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from fields.layout import Sheet
from fields.registry import Score
from fields.spans import Span, flat, weight
from matching.text import simplified

TITLE, HEADING, BODY = 0.92, 0.75, 0.2
"""A line that is its title; a line at the head that holds it; the words anywhere (which tells no kind)."""
WORDS = 0.5
"""All its words, no title."""
_UPPER = 0.4
_TALL = 1.25
_SENTENCE = re.compile(r"[,，。;；].*[\u4e00-\u9fff].{3}")
"""Print of the usual size that goes on after a comma or stop is a sentence, however high it stands."""


def score(
    sheet: Sheet, title: str, *, words: Sequence[str] = (), against: str = "", by_words: float = WORDS
) -> Score:
    """Score by a pattern for the title and by patterns of words that such a page holds.

    ``against``: a pattern which, in a title, speaks for another kind. Patterns match flat simplified text.
    ``by_words``: the score of all words without a title; low where they are words of many kinds.
    """
    best, reason = 0.0, ""
    heads = title_rows(sheet)
    if against and any(re.search(against, text) for text, _ in heads):
        return Score(0.0, (f"title matches {against}",))
    for text, strength in heads:
        found = re.search(title, text)
        if found:
            share = (found.end() - found.start()) / max(len(text), 1)
            alone = share >= 0.5 or (strength == 1.0 and not re.search(r"[,，。;；:：]", text))
            value = (TITLE if alone else HEADING) * strength
            if value > best:
                best, reason = value, f"title: {found.group()}"
    body = simplified(sheet.text)
    hits = [found.group() for word in words if (found := re.search(word, body))]
    if words and hits:
        share = len(hits) / len(words)
        best = by_words * share if best == 0 else min(best + 0.06 * share, 1.0)
    elif best and words:
        best *= 0.9
    if not best and re.search(title, body):
        best, reason = BODY, "title words in the body"
    reasons = tuple(part for part in (reason, ", ".join(hits)) if part)
    return Score(round(best, 4), reasons)


def size(span: Span) -> float:
    """Size of the type: the lesser of height and width a character, since boxes of short words are loose."""
    ems = sum(map(weight, span.text))
    return min(span.height, span.width / ems) if ems else span.height


def title_rows(sheet: Sheet) -> list[tuple[str, float]]:
    """Rows that may be a title, with a strength: tall, near the top, short. Flat simplified text."""
    rows = [row for row in sheet.rows if row]
    if not rows:
        return []
    first = min(span.top for row in rows for span in row)
    last = max(span.bottom for row in rows for span in row)
    depth = max(last - first, 1e-6)
    usual = median(size(span) for row in rows for span in row)
    found: list[tuple[str, float]] = []
    for place, row in enumerate(rows):
        text = simplified("".join(flat(span.text) for span in row))
        tall = median(map(size, row)) >= _TALL * usual
        if not tall and _SENTENCE.search(text):
            continue
        high = (row[0].middle - first) / depth <= _UPPER or place < 3
        if len(text) > 45 or not text:
            continue
        if tall and high:
            found.append((text, 1.0))
        elif place < 4 or (tall and len(text) <= 20):
            found.append((text, 0.95))
        elif high and len(text) <= 30 and len(row) == 1:
            found.append((text, 0.75))
    return found + _joined_titles(rows, usual)


def _joined_titles(rows: list[tuple[Span, ...]], usual: float) -> list[tuple[str, float]]:
    """Two tall rows that follow each other: a title set on two lines (“专业技术人员 / 继续教育证明”)."""
    found = []
    for upper, lower in pairwise(rows[:7]):
        if all(size(span) >= _TALL * usual for span in (*upper, *lower)):
            text = simplified("".join(flat(span.text) for span in (*upper, *lower)))
            if len(text) <= 45:
                found.append((text, 0.95))
    return found


def has_title(sheet: Sheet, title: str, least: float = 0.9) -> bool:
    """A strong title that matches stands on the page."""
    return any(strength >= least and re.search(title, text) for text, strength in title_rows(sheet))
