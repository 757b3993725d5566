"""Contents page, second half: rows → entries of title, authors and page.

Layouts differ in where the authors stand (after, before or under the title, in brackets) and in which row
of an entry carries the page number. What a row is – names, a heading, the first part of a long title –
is told by its own shape and by what most rows of the page do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from fields.paper_names import Split, author_list, names_at_end
from fields.paper_pieces import Column, EntryRow, PageMark, joined
from fields.spans import Span

HEADER = re.compile(
    r"目[次录錄]|(?i:contents)|第.{1,3}卷|总第|累计|\d{4}年.{0,8}[期月刊日]|(?i:vol\.?\s*\d|no\.\s*\d|issn|cn\s*\d{2}-\d{4})"
    r"|主\s*办|主\s*管|月刊$|季刊$|周刊$|半月刊|旬刊|创刊|出版|期刊|增刊|邮发|定价|编辑部|主编|^第\d{1,2}期"
)
_BRACKETED = re.compile(
    r"^\s*[【\[〔〖「『《<◆◇●■□★☆※▲△▶►◎○⊙♦•·|｜/\-—=~]+.{1,20}?[】\]〕〗」』》>◆◇●■□★☆※▲△◎○♦•·|｜/\-—=~]*\s*$"
)
_HEADING_MARK = re.compile(r"^\s*[【\[〔〖◆◇●■□★☆※▲△▶►◎○⊙♦]")
_UNIT_IN_BRACKETS = re.compile(r"^[(（].*(?:公司|大学|学院|院|局|所|站|中心|集团).*[)）]$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_IMPRINT = re.compile(
    r"定价|邮发代号|ISSN|CN\d|(?:电话|地址|邮编|主[管办]|主编|网址)(?:单位)?[:：\d]|出版日期"
)
_FULL_ROW = 0.62
"""A row that ends beyond this share of the column's text was broken because it was full."""
_LONGEST_HEADING = 14


@dataclass(slots=True)
class Entry:
    """One article of a contents page, as spans. ``sure``: how well the authors were told from the title."""

    titles: list[Span] = field(default_factory=list)
    authors: list[Span] = field(default_factory=list)
    page: PageMark | None = None
    names: tuple[str, ...] = ()
    title: str = ""
    sure: float = 1.0
    unsplit: str = ""

    @property
    def spans(self) -> list[Span]:
        return [*self.titles, *self.authors, *([self.page.span] if self.page else [])]


def entries(column: Column) -> list[Entry]:
    """The entries of one column, top to bottom; headings and the page's own header are left out."""
    if not column.marked:
        return []
    shape = _Shape.of(column)
    found = list(_from_left(column, shape) if column.pages_left else _from_right(column, shape))
    for entry in found:
        _divide(entry)
    structured = sum(bool(entry.names) for entry in found)
    glued = [(entry, names_at_end(entry.title)) for entry in found if not entry.names]
    clear = [split for _, split in glued if split and split.sure >= 0.8]
    for entry, split in glued:
        usual = len(clear) >= 0.5 * len(glued) or structured >= 0.5 * len(found)
        if split and (split.sure >= 0.8 or (usual and split.sure >= 0.5)):
            _take(entry, split)
    return [entry for entry in found if _is_article(entry)]


def _is_article(entry: Entry) -> bool:
    """There is a title, and it is no line of the imprint that ends in a number (定价：15)."""
    letters = sum(character.isalpha() for character in entry.title)
    return letters >= 2 and not _IMPRINT.search(re.sub(r"\s", "", entry.title))


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is usual in a column: where its text begins and ends, how high its rows are, how far apart."""

    left: float
    right: float
    height: float
    pitch: float

    @classmethod
    def of(cls, column: Column) -> _Shape:
        rows = column.rows
        marked = [row for row in column.marked if row.pieces] or list(rows)
        first = min(row.middle for row in column.marked)
        body = [row for row in rows if row.middle >= first and row.pieces] or list(rows)
        ends = sorted(
            row.page.span.left for row in column.marked if row.page and row.page.span.left > row.left
        )
        names = sorted(
            row.pieces[-1].left for row in marked if len(row.pieces) > 1 and author_list(row.pieces[-1].text)
        )
        ends += names[len(names) // 4 :][:1] * len(column.marked) if len(names) > 0.4 * len(marked) else []
        gaps = sorted(low.middle - high.middle for high, low in pairwise(rows))
        titles = sorted(row.pieces[0].left if row.pieces else row.left for row in marked)
        return cls(
            left=titles[len(titles) // 4],
            right=median(ends) if ends and not column.pages_left else max(row.right for row in body),
            height=median(row.height for row in marked),
            pitch=gaps[len(gaps) // 4] if gaps else 0.0,
        )

    def is_full(self, row: EntryRow) -> bool:
        return row.right >= self.left + _FULL_ROW * (self.right - self.left)

    def is_heading(self, row: EntryRow) -> bool:
        """A 栏目: in brackets or marks, or short and larger, or short where a broken title would be full."""
        text = row.text.strip()
        if _HEADING_MARK.match(text) or (_BRACKETED.match(text) and not row.page):
            return True
        if row.height > 1.3 * self.height and len(text) <= 24:
            return True
        return len(text) <= _LONGEST_HEADING and not self.is_full(row)


def _names_only(row: EntryRow) -> tuple[str, ...]:
    return author_list(row.text) if row.pieces else ()


def _from_right(column: Column, shape: _Shape) -> Iterator[Entry]:
    """Page numbers at the end: a row with a number closes an entry; names under it still belong to it."""
    pending: list[EntryRow] = []
    last: Entry | None = None
    for place, row in enumerate(column.rows):
        following = column.rows[place + 1] if place + 1 < len(column.rows) else None
        if row.page is None:
            names = _names_only(row)
            if names and not pending and last is not None and not _is_titled_heading(row, shape):
                last.authors += row.pieces
                last.names += names
            elif _UNIT_IN_BRACKETS.match(row.text):
                continue
            elif last is not None and not pending and _runs_on(last, row, following, shape):
                last.titles += row.pieces
            elif last is not None and _lost_its_number(row, following, shape):
                yield last
                last = _unnumbered(pending, row, shape)
                pending = []
            else:
                pending.append(row)
            continue
        if not row.pieces and not pending and last is not None and last.page is None:
            last.page = row.page  # the number of a row seen aslant
            continue
        titles = _title_rows(pending, row, shape)
        pending = []
        entry = Entry(page=row.page)
        names = _names_only(row)
        for title in titles:
            entry.titles += title.pieces
        if names and titles:
            entry.authors += row.pieces
            entry.names = names
        else:
            entry.titles += row.pieces
        if last is not None:
            yield last
        last = entry
    if last is not None:
        yield last


def _lost_its_number(row: EntryRow, following: EntryRow | None, shape: _Shape) -> bool:
    """An entry whose page number was not read: after leaders or names, or a plain title in its place."""
    if _HEADING_MARK.match(row.text) or _is_header(row) or (following is not None and _names_only(following)):
        return False
    if row.led or (len(row.pieces) > 1 and author_list(row.pieces[-1].text)):
        return True
    level = (
        abs(row.left - shape.left) <= shape.height and abs(row.height - shape.height) <= 0.3 * shape.height
    )
    return level and len(row.text) >= 8 and not shape.is_full(row) and not _BRACKETED.match(row.text)


def _unnumbered(pending: Sequence[EntryRow], row: EntryRow, shape: _Shape) -> Entry:
    entry = Entry()
    for title in (*_title_rows(pending, row, shape), row):
        entry.titles += title.pieces
    return entry


def _is_titled_heading(row: EntryRow, shape: _Shape) -> bool:
    """A heading such as “◆ 方明专栏” is no author though it may hold a name."""
    return bool(_HEADING_MARK.match(row.text)) or row.height > 1.5 * shape.height


def _runs_on(last: Entry, row: EntryRow, following: EntryRow | None, shape: _Shape) -> bool:
    """The second line of a title whose number stands at its first: indented, and the next row is not."""
    if last.authors or following is None or following.page is None or not last.titles:
        return False
    indent = 0.9 * shape.height
    first = min(span.left for span in last.titles)
    return (
        row.left > first + indent
        and following.left < row.left - indent
        and not _HEADING_MARK.match(row.text)
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
    )


def _title_rows(pending: Sequence[EntryRow], row: EntryRow, shape: _Shape) -> list[EntryRow]:
    """Which of the rows without a number above ``row`` are the beginning of its title."""
    names_below = bool(_names_only(row)) or not row.pieces
    taken: list[EntryRow] = []
    lower = row
    for above in reversed(pending):
        if _HAN.search(row.text) and not _HAN.search(above.text):
            break  # the English title of the entry above
        far = lower.middle - above.middle > 2.2 * max(shape.pitch, shape.height)
        needed = names_below and not taken
        if far or _HEADING_MARK.match(above.text) or _is_header(above) or above.height > 1.6 * shape.height:
            break
        if not needed and (shape.is_heading(above) or len(taken) >= 3 or not shape.is_full(above)):
            break
        taken.insert(0, above)
        lower = above
    return taken


def _is_header(row: EntryRow) -> bool:
    return bool(HEADER.search(re.sub(r"\s", "", row.text)))


def _from_left(column: Column, shape: _Shape) -> Iterator[Entry]:
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
            names = _names_only(row)
            near = row.middle - before.middle <= 1.8 * max(shape.pitch, shape.height)
            inside = row.left > (entry.page.span.left if entry.page else row.left) + 0.5 * shape.height
            if names and near and not _is_titled_heading(row, shape):
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
        and bool(_names_only(following))
        and len(row.text) >= 6
        and not _names_only(row)
        and not _HEADING_MARK.match(row.text)
        and not _is_header(row)
    )


def _divide(entry: Entry) -> None:
    """Part authors from the title where they stand in pieces of their own, or before it."""
    pieces = entry.titles
    entry.unsplit = joined(span.text for span in pieces)
    if not entry.names and len(pieces) > 1:
        count = 0
        while count < len(pieces) - 1 and author_list(
            joined(span.text for span in pieces[len(pieces) - count - 1 :])
        ):
            count += 1
        if count:
            entry.authors = pieces[len(pieces) - count :]
            entry.titles = pieces[: len(pieces) - count]
            entry.names = author_list(joined(span.text for span in entry.authors))
        elif author_list(pieces[0].text):
            entry.authors, entry.titles = pieces[:1], pieces[1:]
            entry.names = author_list(pieces[0].text)
        entry.sure = 0.95 if entry.names else 1.0
    entry.title = _tidy(joined_title([span.text for span in entry.titles]))
    if not entry.names:
        colon = re.match(r"\s*([\u4e00-\u9fff\s,，、]{2,20})[:：]\s*(.{4,})$", entry.title)
        first = re.match(
            r"\s*((?:[\u4e00-\u9fff]{2,3}[\s,，、]+|[\u4e00-\u9fff]\s[\u4e00-\u9fff]\s+){1,5})(\S.{5,})$",
            entry.title,
        )
        for found in (colon, first):
            names = author_list(found.group(1)) if found else ()
            if found and names and not names_at_end(entry.title):
                _take(entry, Split(found.group(2), names, 0.9 if found is colon else 0.75))
                break


def joined_title(parts: Sequence[str]) -> str:
    """Parts of a title: Chinese ones follow each other without a space, Latin words keep theirs."""
    title = ""
    for part in (part.strip() for part in parts):
        if title and part and title[-1].isascii() and part[0].isascii() and title[-1].isalnum():
            title += " "
        title += part
    return title


def _tidy(title: str) -> str:
    """Without list marks at the beginning and leaders at the end."""
    tidy = re.sub(r"^[\s·•●■□◆◇★☆※▲△▶►◎○♦\-—.…]+|[\s.·…⋯,，、\-—_:：]+$", "", title)
    return (
        tidy
        if tidy.count("(") + tidy.count("（") >= tidy.count(")") + tidy.count("）")
        else tidy.lstrip(")）")
    )


def _take(entry: Entry, split: Split) -> None:
    entry.title = _tidy(split.head)
    entry.names = split.names
    entry.sure = split.sure
