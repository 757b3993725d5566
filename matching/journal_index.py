"""Journal lists made ready for look-up: by title, former title, ISSN and CN. Built once for each record.

Titles are compared bare: 《》, brackets, dots and spaces fall away, but what stands in the brackets stays,
since ``（中文版）`` or ``自然科学版`` makes another journal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.review import JournalLists, JournalRow
from matching.issn_cn import cn_key, normal_issn
from matching.lookalikes import look_alike
from matching.text import bare, distance

Rows = tuple[JournalRow, ...]
_ENDING = re.compile(r"(?<=.{2})(?:杂志社?|双月刊|月刊|季刊|半月刊|旬刊)$")


def title_key(title: str) -> str:
    """The title in normal form."""
    return bare(title)


def _short_key(title: str) -> str:
    """Without 杂志 or the frequency that covers print beside the title."""
    return _ENDING.sub("", title_key(title))


@dataclass(frozen=True)
class Shelf:
    """One list: rows by each of their keys."""

    by_title: Mapping[str, Rows]
    by_former_title: Mapping[str, Rows]
    by_issn: Mapping[str, Rows]
    by_cn: Mapping[str, Rows]

    @property
    def empty(self) -> bool:
        return not (self.by_title or self.by_issn or self.by_cn)

    def titled(self, title: str, *, former: bool = True) -> Rows:
        """Rows that bear this title now, else (``former``) that once bore it."""
        for key in dict.fromkeys((title_key(title), _short_key(title))):
            rows = self.by_title.get(key, ()) or (self.by_former_title.get(key, ()) if former else ())
            if rows:
                return rows
        return ()

    def numbered(self, issn: str | None, cn: str | None) -> Rows:
        """Rows with this ISSN or this CN."""
        rows = self.by_issn.get(normal_issn(issn), ()) if issn else ()
        more = self.by_cn.get(cn_key(cn), ()) if cn else ()
        return rows + tuple(row for row in more if row not in rows)

    def nearly_titled(self, title: str, longest_slip: int = 1) -> Rows:
        """Rows whose title is one slip of the reading away; titles shorter than six characters never are.

        小城镇建设 and 城镇建设 are both genuine: short titles one character apart decide nothing.
        """
        key = title_key(title)
        if len(key) < 6:
            return ()
        return tuple(
            row
            for known, rows in self.by_title.items()
            if abs(len(known) - len(key)) <= longest_slip and distance(known, key) <= longest_slip
            for row in rows
        )


@dataclass(frozen=True)
class JournalIndex:
    register: Shelf
    blacklist: Shelf


def _shelf(rows: Iterable[JournalRow]) -> Shelf:
    titles: defaultdict[str, list[JournalRow]] = defaultdict(list)
    former: defaultdict[str, list[JournalRow]] = defaultdict(list)
    issns: defaultdict[str, list[JournalRow]] = defaultdict(list)
    cns: defaultdict[str, list[JournalRow]] = defaultdict(list)
    for row in rows:
        titles[title_key(row.title)].append(row)
        short = _short_key(row.title)
        if short != title_key(row.title):
            former[short].append(row)
        for title in row.former_titles:
            former[title_key(title)].append(row)
        for issn in filter(None, re.split(r"[;；]", row.issn)):
            issns[normal_issn(issn)].append(row)
        if row.cn:
            cns[cn_key(row.cn)].append(row)
    return Shelf(
        *({key: tuple(found) for key, found in table.items()} for table in (titles, former, issns, cns))
    )


_built: list[tuple[JournalLists, JournalIndex]] = []
_KEPT = 4


def index_of(lists: JournalLists) -> JournalIndex:
    """The index of ``lists``; the same record gives the same index, which is built once a process.

    Kept by identity: comparing or hashing ten thousand rows would cost more than it saves.
    """
    for known, index in _built:
        if known is lists:
            return index
    index = JournalIndex(_shelf(lists.register_rows), _shelf(lists.blacklist_rows))
    _built.append((lists, index))
    del _built[:-_KEPT]
    return index


def agrees(title: str, row: JournalRow) -> bool:
    """Whether the title is one of the row's own, now or formerly, or nothing but a slip away from it."""
    keys = {title_key(title), _short_key(title)}
    for own in (row.title, *row.former_titles):
        if keys & {title_key(own), _short_key(own)}:
            return True
        if _slip(title_key(title), title_key(own)):
            return True
    return False


def _slip(one: str, other: str) -> bool:
    if len(one) == len(other):
        unlike = [(left, right) for left, right in zip(one, other, strict=True) if left != right]
        return len(unlike) <= max(1, len(one) // 6) and all(look_alike(*pair) for pair in unlike)
    return False


def resembles(title: str, row: JournalRow) -> bool:
    """Whether the title might be a part, a longer form or a misreading of one of the row's."""
    key = title_key(title)
    for own in (title_key(one) for one in (row.title, *row.former_titles)):
        if own and (key in own or own in key):
            return True
        if distance(key, own) <= max(len(key), len(own)) // 4:
            return True
    return False
