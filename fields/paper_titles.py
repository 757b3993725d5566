"""Entries of a contents page: title and authors parted, the title set straight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fields.paper_names import Split, author_list, names_at_end
from fields.paper_rows import PageMark, joined
from fields.paper_shapes import names_behind
from fields.spans import Span

_LONG_DASH = re.compile(
    r"(?:—一|一—)(?![种个项条次类例座般些体级步定])|——一(?=以|基于)|[—–-]{2,}"
    r"|一一(?![对映])|(?<![第统唯单同之逐万划归])一(?=以[^一]{2,20}为例)"
)
"""In a light face an engine reads the strokes of a dash as the character 一."""
_FORMULA = re.compile(
    r"(?<![\dA-Za-z.])0(?=[23](?![\d.%％年月日号版期级线井区段标规系单]))|(?<=[CNS])0(?=[2x](?!\d))"
    r"|(?<=[BCV])0(?=[CD])"
)
"""O2, O3, CO2, SO2, NOx, VOCs, COD, BOD: the letter read as a nought."""
_NO_WORD = ((re.compile("若于"), "若干"), (re.compile("(?<![车房空时期区民中夜])间题"), "问题"))
"""What no title says, and what stands there."""


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


def divide(entry: Entry) -> None:
    """Part authors from the title where they stand in pieces of their own, or before it."""
    pieces = entry.titles
    entry.unsplit = joined(span.text for span in (*pieces, *entry.authors))
    if not entry.names and len(pieces) > 1:
        count = names_behind(pieces)
        names = author_list(joined(span.text for span in pieces[len(pieces) - count :])) if count else ()
        if names:
            entry.authors = pieces[len(pieces) - count :]
            entry.titles = pieces[: len(pieces) - count]
            entry.names = names
        elif author_list(pieces[0].text):
            entry.authors, entry.titles = pieces[:1], pieces[1:]
            entry.names = author_list(pieces[0].text)
        entry.sure = 0.95 if entry.names else 1.0
    entry.title = tidy(joined_title([span.text for span in entry.titles]))
    if not entry.names:
        _names_first(entry)


def _names_first(entry: Entry) -> None:
    """“张三：装配式…”, “张三 李四 装配式…”."""
    colon = re.match(r"\s*([\u4e00-\u9fff\s,，、]{2,20})[:：]\s*(.{4,})$", entry.title)
    first = re.match(
        r"\s*((?:[\u4e00-\u9fff]{2,3}[\s,，、]+|[\u4e00-\u9fff]\s[\u4e00-\u9fff]\s+){1,5})(\S.{5,})$",
        entry.title,
    )
    for found in (colon, first):
        names = author_list(found.group(1)) if found else ()
        if found and names and not names_at_end(entry.title):
            take(entry, Split(found.group(2), names, 0.9 if found is colon else 0.75))
            return


def part_glued(found: Sequence[Entry]) -> None:
    """Part names that follow their titles without a gap, where the page's other entries are like that."""
    structured = sum(bool(entry.names) for entry in found)
    glued = [(entry, names_at_end(entry.title)) for entry in found if not entry.names]
    clear = [split for _, split in glued if split and split.sure >= 0.8]
    usual = len(clear) >= 0.5 * len(glued) or structured >= 0.5 * len(found)
    for entry, split in glued:
        if split and (split.sure >= 0.8 or (usual and split.sure >= 0.5)):
            take(entry, split)


def take(entry: Entry, split: Split) -> None:
    """Give the entry the title and the names that ``split`` found in its title."""
    entry.title = tidy(split.head)
    entry.names = split.names
    entry.sure = split.sure


def joined_title(parts: Sequence[str]) -> str:
    """Parts of a title: Chinese ones follow each other without a space, Latin words keep theirs."""
    title = ""
    for part in (part.strip() for part in parts):
        if title and part and title[-1].isascii() and part[0].isascii() and title[-1].isalnum():
            title += " "
        title += part
    return title


def tidy(title: str) -> str:
    """Without list marks at the beginning and leaders at the end; usual slips of engines undone."""
    bare = re.sub(r"^[\s·•●■□◆◇★☆※▲△▶►◎○♦\-—.…]+|[\s.·…⋯,，、\-—_:：]+$", "", title)
    bare = _FORMULA.sub("O", _LONG_DASH.sub("——", bare))
    for slip, meant in _NO_WORD:
        bare = slip.sub(meant, bare)
    opened, closed = (sum(bare.count(sign) for sign in signs) for signs in ("(（", ")）"))
    return bare if opened >= closed else bare.lstrip(")）")
