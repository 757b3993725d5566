"""Contents page whose page numbers stand in front: rows → entries."""

from __future__ import annotations

from collections.abc import Iterator

from fields.paper_columns import Column
from fields.paper_rows import EntryRow
from fields.paper_shapes import Shape, has_heading_mark, is_header, is_titled_heading, names_only
from fields.paper_titles import Entry


def from_left(column: Column, shape: Shape) -> Iterator[Entry]:
    """Page numbers in front: a number opens an entry that lasts until the next number or a heading."""
    entry: Entry | None = None
    before: EntryRow | None = None
    for place, row in enumerate(column.rows):
        following = column.rows[place + 1] if place + 1 < len(column.rows) else None
        if row.page is not None:
            if entry is not None:
                yield entry
            entry = Entry(page=row.page, titles=list(row.pieces))
        elif (entry is None or entry.names) and _heads_names(row, following):
            if entry is not None:
                yield entry
            entry = Entry(titles=list(row.pieces))
        elif entry is not None and before is not None:
            names = names_only(row)
            near = row.middle - before.middle <= 1.8 * max(shape.pitch, shape.height)
            inside = row.left > (entry.page.span.left if entry.page else row.left) + 0.5 * shape.height
            if names and near and not is_titled_heading(row, shape):
                entry.authors += row.pieces
                entry.names += names
            elif not entry.titles or (near and inside and not entry.authors and shape.is_full(before)):
                entry.titles += row.pieces
            else:
                yield entry
                entry = None
        before = row
    if entry is not None:
        yield entry


def _heads_names(row: EntryRow, following: EntryRow | None) -> bool:
    """A title over a row of names: an entry whose number in front was not read."""
    return (
        following is not None
        and following.page is None
        and bool(names_only(following))
        and len(row.text) >= 6
        and not names_only(row)
        and not has_heading_mark(row)
        and not is_header(row)
    )
