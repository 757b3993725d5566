"""Contents pages of one issue, handed in by several authors: a row that another copy does not have.

Rows that agree tell that it is one page of one issue, be it of two scans. A row in its midst that the other
copy lacks is told only where something else stands in its stead, or where the other leaves no room for it: a
row that was merely not read is no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from domain.facts import Row
from matching.likeness import SURE_READING, Likeness
from matching.papers import compare_titles, title_found

_FEWEST = 4
_AGREE = 0.6
"""Rows that agree at least, and their share of the shorter page's."""
_ROOM = 1.35
"""So much farther apart do the neighbours of a row that was put in lie than on the other page."""
_ABSENT = 0.75
"""Likeness of a title to whatever stands on the other page, below which it is not there, even misread."""
Pair = tuple[int, int]
"""Places of one row on either page."""
Agreed = list[Pair]


def rows_apart(
    first: Sequence[Row], second: Sequence[Row], first_text: str, second_text: str
) -> tuple[Row | None, Row | None] | None:
    """The row on either page that the other does not have; ``None`` where it is one page, or another page."""
    agreed = _agreed(first, second)
    if len(agreed) < max(_FEWEST, _AGREE * min(len(first), len(second))):
        return None
    pace = _pace(first, second, agreed)
    for above, below in pairwise(agreed):
        ours = _foreign(first[above[0] + 1 : below[0]], second, second_text)
        theirs = _foreign(second[above[1] + 1 : below[1]], first, first_text)
        if ours and theirs:
            return ours, theirs
        wider = _wider(first, second, above, below, pace)
        if ours and below[1] == above[1] + 1 and wider > _ROOM:
            return ours, None
        if theirs and below[0] == above[0] + 1 and 0 < wider < 1 / _ROOM:
            return None, theirs
    return None


def _agreed(first: Sequence[Row], second: Sequence[Row]) -> Agreed:
    """Places of the rows with the same title, in the order of both pages."""
    agreed: Agreed = []
    start = 0
    for place, row in enumerate(first):
        for other in range(start, len(second)):
            if _same(row, second[other]):
                agreed.append((place, other))
                start = other + 1
                break
    return agreed


def _foreign(rows: Sequence[Row], others: Sequence[Row], text: str) -> Row | None:
    """The first of the rows, surely read, whose title is nowhere on the other page."""
    for row in rows:
        title = row.get("title")
        if title is None or title.confidence < SURE_READING or title_found(title.text, text) >= _ABSENT:
            continue
        if not any(_same(row, other) for other in others):
            return row
    return None


def _same(row: Row, other: Row) -> bool:
    one, two = row.get("title"), other.get("title")
    return one is not None and two is not None and compare_titles(one.text, two.text) is Likeness.SAME


def _pace(first: Sequence[Row], second: Sequence[Row], agreed: Agreed) -> float:
    """How much farther apart rows lie on the first page: it may be a photograph from nearer by."""
    ratios = [
        ratio
        for above, below in pairwise(agreed)
        if (below[0] - above[0], below[1] - above[1]) == (1, 1)
        and (ratio := _wider(first, second, above, below))
    ]
    return median(ratios) if ratios else 1.0


def _wider(first: Sequence[Row], second: Sequence[Row], above: Pair, below: Pair, pace: float = 1.0) -> float:
    """From one agreed row to the next: the first page's way over the second's; 0 where it cannot be told."""
    ours, theirs = _step(first, above[0], below[0]), _step(second, above[1], below[1])
    return ours / theirs / pace if ours and theirs else 0.0


def _step(rows: Sequence[Row], above: int, below: int) -> float | None:
    """From row to row down the page; ``None`` where the second stands at the head of another column."""
    one, other = rows[above].where.box, rows[below].where.box
    if one is None or other is None or other.top <= one.top:
        return None
    return other.top - one.top
