"""Contents page: rows → entries of title, authors and page.

Layouts differ in where the authors stand (after, before or under the title, in brackets) and in which row
of an entry carries the page number. What a row is – names, a heading, the first part of a long title –
is told by its own shape and by what most rows of the page do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fields.paper_columns import Column
from fields.paper_entries_left import from_left
from fields.paper_names import author_list
from fields.paper_rows import EntryRow
from fields.paper_shapes import (
    Shape,
    has_heading_mark,
    in_brackets,
    is_header,
    is_titled_heading,
    names_only,
)
from fields.paper_titles import Entry, divide, part_glued

__all__ = ["Entry", "entries"]

_UNIT_IN_BRACKETS = re.compile(r"^[(（].*(?:公司|大学|学院|院|局|所|站|中心|集团).*[)）]$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_IMPRINT = re.compile(
    r"定价|邮发代号|ISSN|CN\d|(?:电话|地址|邮编|主[管办]|主编|网址)(?:单位)?[:：\d]|出版日期"
)
_MOST_ROWS = 3
"""A title fills no more rows than this above its last."""


def entries(column: Column) -> list[Entry]:
    """The entries of one column, top to bottom; headings and the page's own header are left out."""
    if not column.marked:
        return []
    shape = Shape.of(column)
    found = list(from_left(column, shape) if column.pages_left else _from_right(column, shape))
    for entry in found:
        divide(entry)
    part_glued(found)
    return [entry for entry in found if _is_article(entry)]


def _is_article(entry: Entry) -> bool:
    """There is a title, and it is no line of the imprint that ends in a number (定价：15)."""
    letters = sum(character.isalpha() for character in entry.title)
    return letters >= 2 and not _IMPRINT.search(re.sub(r"\s", "", entry.title))


def _from_right(column: Column, shape: Shape) -> Iterator[Entry]:
    """Page numbers at the end: a row with a number closes an entry; names under it still belong to it."""
    pending: list[EntryRow] = []
    last: Entry | None = None
    names_under = _names_stand_under(column)
    for place, row in enumerate(column.rows):
        following = column.rows[place + 1] if place + 1 < len(column.rows) else None
        if row.page is None:
            names = names_only(row)
            if names and not pending and last is not None and not is_titled_heading(row, shape):
                last.authors += row.pieces
                last.names += names
            elif _UNIT_IN_BRACKETS.match(row.text):
                continue
            elif last is not None and not pending and _runs_on(last, row, following, shape):
                last.titles += row.pieces
            elif _lost_its_number(row, following, shape, opens=last is None, names_under=names_under):
                if last is not None:
                    yield last
                last = _closed_by(row, pending, shape)
                pending = []
            else:
                pending.append(row)
            continue
        if not row.pieces and not pending and last is not None and last.page is None:
            last.page = row.page  # the number of a row seen aslant
            continue
        if last is not None:
            yield last
        last = _closed_by(row, pending, shape)
        pending = []
    if last is not None:
        yield last


def _closed_by(row: EntryRow, pending: Sequence[EntryRow], shape: Shape) -> Entry:
    """The entry that ends with ``row``: its title begins in the rows above, or in the row itself."""
    entry = Entry(page=row.page)
    above = _title_rows(pending, row, shape)
    for title in above:
        entry.titles += title.pieces
    names = names_only(row)
    if names and above:
        entry.authors, entry.names = list(row.pieces), names
        return entry
    behind = author_list(" ".join(piece.text for piece in row.after_leader), placed=True)
    if behind and row.before_leader:
        entry.titles += row.pieces[: row.before_leader]
        entry.authors, entry.names = list(row.after_leader), behind
    else:
        entry.titles += row.pieces
    return entry


def _names_stand_under(column: Column) -> bool:
    """After most rows with a page number a row of names follows that has none."""
    followed = sum(
        row.page is not None and below.page is None and bool(names_only(below))
        for row, below in pairwise(column.rows)
    )
    return followed > 0.5 * len(column.marked)


def _lost_its_number(
    row: EntryRow, following: EntryRow | None, shape: Shape, *, opens: bool, names_under: bool
) -> bool:
    """An entry whose page number was not read: after leaders or names, or a plain title in its place.

    ``opens``: no entry stands above it, so that it may as well be the journal's own head.
    """
    if has_heading_mark(row) or is_header(row):
        return False
    plain = (
        abs(row.height - shape.height) <= 0.3 * shape.height and len(row.text) >= 8 and not in_brackets(row)
    )
    headed = following is not None and following.page is None and bool(names_only(following))
    if headed and names_under and plain and not shape.hangs(row):
        return True
    if opens:
        return False
    if row.led or (len(row.pieces) > 1 and author_list(row.pieces[-1].text)):
        return True
    if following is not None and (names_only(following) or shape.hangs(following)):
        return False
    return plain and abs(row.left - shape.left) <= shape.height and not shape.is_full(row)


def _runs_on(last: Entry, row: EntryRow, following: EntryRow | None, shape: Shape) -> bool:
    """The second line of a title whose number stands at its first: indented, and the next row is not."""
    if last.authors or following is None or following.page is None or not last.titles:
        return False
    indent = 0.9 * shape.height
    first = min(span.left for span in last.titles)
    return (
        row.left > first + indent
        and following.left < row.left - indent
        and not has_heading_mark(row)
        and shape.is_full(_row_of(last))
    )


def _row_of(entry: Entry) -> EntryRow:
    spans = entry.titles
    return EntryRow(
        pieces=tuple(spans),
        page=entry.page,
        left=min(span.left for span in spans),
        right=max(span.right for span in spans),
        top=min(span.top for span in spans),
        bottom=max(span.bottom for span in spans),
        before_leader=len(spans),
    )


def _title_rows(pending: Sequence[EntryRow], row: EntryRow, shape: Shape) -> list[EntryRow]:
    """Which of the rows without a number above ``row`` are the beginning of its title."""
    names_below = bool(names_only(row)) or not row.pieces
    taken: list[EntryRow] = []
    lower = row
    for above in reversed(pending):
        if _HAN.search(row.text) and not _HAN.search(above.text):
            break  # the English title of the entry above
        far = lower.middle - above.middle > 2.2 * max(shape.pitch, shape.height)
        if far or has_heading_mark(above) or is_header(above) or above.height > 1.6 * shape.height:
            break
        needed = (names_below and not taken) or (shape.hangs(lower) and len(taken) < _MOST_ROWS)
        begun = bool(taken) and not shape.hangs(lower) and any(shape.hangs(one) for one in (row, *taken[1:]))
        if not needed and (
            begun or shape.is_heading(above) or len(taken) >= _MOST_ROWS or not shape.is_full(above)
        ):
            break
        taken.insert(0, above)
        lower = above
    return taken
