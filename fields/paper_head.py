"""The head of a paper, on its first page or on a database's page: title, authors, employer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from domain.facts import Field
from fields.layout import Sheet
from fields.paper_fields import made_of
from fields.paper_names import author_list
from fields.paper_rows import joined
from fields.paper_titles import joined_title
from fields.spans import Span, flat

_ABSTRACT = re.compile(r"^[【\[〔<《(（\W]*(?:中文)?(?:摘要|提要|内容提要|内容摘要|(?i:abstract))")
_HEAD_ROW = re.compile(
    r"第.{1,6}[期卷]|\d{4}年\d|(?i:vol\.?\d|no\.\d|issn|doi|www\.|http)|增刊|中图分类|文献标|文章编号|收稿|基金|[月旬季]刊|分类号|^\W*\d{1,4}\W*$|^[A-Za-z\W\d]+$"
)
_NOT_TITLE = re.compile(
    r"知网|万方|维普|检索|下载|登录|注册|首页|导航|期刊[^的与及]{0,2}$|^[·•◆●■【\[].{2,8}$|^.{0,8}(?:专栏|专题|论坛)$|帮助|收藏|分享"
)
_UNIT = re.compile(r"公司|大学|学院|研究[院所]|设计院|集团|[局厅处站所]|中心|学校|医院|委员会")
_UNITS = re.compile(
    r"[\u4e00-\u9fff()（）·]{2,}?(?:有限责任公司|有限公司|公司|大学|学院|研究院|设计院|研究所|中心|集团|学校|医院|委员会|[局厅处站所院])(?:[\u4e00-\u9fff]*(?:学院|系|实验室|研究所|分公司|公司|院|所|站|部))?"
)
_MOST_ROWS = 16
_LIKE = 0.82


@dataclass(slots=True)
class Head:
    """Spans of the head; an empty list where a part was not found."""

    title: list[Span] = field(default_factory=list)
    authors: list[Span] = field(default_factory=list)
    employer: list[Span] = field(default_factory=list)
    names: tuple[str, ...] = ()
    sure: float = 0.0

    @property
    def spans(self) -> list[Span]:
        return [*self.title, *self.authors, *self.employer]

    def fields(self) -> dict[str, Field]:
        """``title``, ``authors`` (joined by ``;``), ``employer`` (units joined by ``;``)."""
        found: dict[str, Field] = {}
        if self.title:
            title = joined_title([span.text for span in self.title])
            quoted = re.fullmatch(r"《([^《》]+)》", title)
            found["title"] = made_of(self.title, quoted[1] if quoted else title, self.sure)
        if self.names:
            found["authors"] = made_of(self.authors, ";".join(self.names), 0.95)
        units = units_in("".join(span.flat for span in self.employer)) if self.employer else ()
        if units:
            found["employer"] = made_of(self.employer, ";".join(units), 0.9)
        return found


def is_abstract(text: str) -> bool:
    """A line that begins the abstract (摘 要, [摘要], Abstract)."""
    return bool(_ABSTRACT.match(text))


def units_in(text: str) -> tuple[str, ...]:
    """The organisations that a line of affiliations names."""
    clean = re.sub(r"^[(（\[]|[)）\]]$|\d{6}", " ", flat(text))
    parts = re.split(r"[,，;；。\s\d]+|(?<=司)[(（]|[)）](?=[(（\d])", clean)
    found: list[str] = []
    for part in parts:
        unit = _UNITS.search(part.strip("()（）.·*"))
        if unit and len(unit.group()) >= 4 and unit.group() not in found:
            found.append(unit.group())
    return tuple(found)


def head_of(sheet: Sheet) -> Head:
    """Title: the highest letters above the abstract; authors: the first row of names under it."""
    rows = _rows_above_abstract(sheet)
    head = Head()
    place = _title_place(rows, sheet)
    if place is None:
        return head
    size = _height(rows[place])
    has_abstract = len(rows) < len(sheet.rows) and is_abstract(
        "".join(span.flat for span in sheet.rows[len(rows)])
    )
    if size < 1.25 * sheet.text_height and not has_abstract:
        return head
    start = end = place
    while (
        start > 0
        and _height(rows[start - 1]) >= _LIKE * size
        and may_be_title(rows[start - 1])
        and _near(rows, start - 1, size)
    ):
        start -= 1
    while end + 1 < len(rows) and _goes_on(rows, end, size):
        end += 1
    head.title = [span for row in rows[start : end + 1] for span in row]
    head.sure = 0.97 if size >= 1.25 * sheet.text_height else 0.75
    for row in rows[end + 1 : end + 7]:
        text = joined(span.text for span in row)
        if not head.names:
            _take_authors(head, row, text)
        elif author_list(text) and not head.employer and not _UNIT.search(text):
            head.names += author_list(text)
            head.authors += row
        if _UNIT.search(text) and (not head.names or row[0] not in head.authors):
            head.employer += row
    return head


def _take_authors(head: Head, row: tuple[Span, ...], text: str) -> None:
    names = author_list(text)
    if names and not _UNIT.search(re.sub(r"[(（].*", "", text)):
        head.names, head.authors = names, list(row)
        if _UNIT.search(text):
            head.employer = list(row)
        return
    bracket = re.match(r"([^(（]{2,60}?)\s*\d*\s*[(（](.*)", text)
    if bracket and _UNIT.search(bracket[2]) and (inside := author_list(bracket[1])):
        head.names, head.authors, head.employer = inside, list(row), list(row)


def _rows_above_abstract(sheet: Sheet) -> list[tuple[Span, ...]]:
    rows: list[tuple[Span, ...]] = []
    for row in sheet.rows:
        if is_abstract("".join(span.flat for span in row)) or any(is_abstract(span.flat) for span in row):
            return rows[-_MOST_ROWS:]
        rows.append(row)
    return rows[:_MOST_ROWS]


def _height(row: tuple[Span, ...]) -> float:
    letters = sum(len(span.flat) for span in row)
    return sum(span.height * len(span.flat) for span in row) / letters if letters else 0.0


def may_be_title(row: tuple[Span, ...]) -> bool:
    text = "".join(span.flat for span in row)
    han = len(re.findall(r"[\u3400-\u9fff]", text))
    return (
        han >= 4
        and not _HEAD_ROW.search(text)
        and not _NOT_TITLE.search(text)
        and not author_list(joined(span.text for span in row))
    )


def _title_place(rows: list[tuple[Span, ...]], sheet: Sheet) -> int | None:
    """The row of the highest letters; a masthead above it (short, beside year and issue) is none."""
    fit = [
        place
        for place, row in enumerate(rows)
        if may_be_title(row) and not _UNIT_LINE.search("".join(span.flat for span in row))
    ]
    if not fit:
        return None
    best = max(fit, key=lambda place: (_height(rows[place]), -place))
    text = "".join(span.flat for span in rows[best])
    beside = [rows[place] for place in (best - 1, best + 1) if 0 <= place < len(rows)]
    masthead = (
        len(text) <= 10
        and best <= 3
        and any(_HEAD_ROW.search("".join(span.flat for span in row)) for row in beside)
    )
    lower = [place for place in fit if place > best and _height(rows[place]) >= 1.15 * sheet.text_height]
    if masthead and lower:
        return max(lower, key=lambda place: (_height(rows[place]), -place))
    return best


_UNIT_LINE = re.compile(r"^[(（\d].*(?:公司|大学|学院|院|所|局)|\d{6}[)）;；]")


def _near(rows: list[tuple[Span, ...]], upper: int, size: float) -> bool:
    return rows[upper + 1][0].middle - rows[upper][0].middle <= 2.4 * size


def _goes_on(rows: list[tuple[Span, ...]], place: int, size: float) -> bool:
    """The next row is a further line of the title, or its subtitle (——以…为例)."""
    following = rows[place + 1]
    text = "".join(span.flat for span in following)
    if re.match(r"^(?:[-—–]{1,3}|——)[\u4e00-\u9fff]", text):
        return True
    if (
        not _near(rows, place, size)
        or _HEAD_ROW.search(text)
        or author_list(joined(span.text for span in following))
    ):
        return False
    return _height(following) >= _LIKE * size and not _UNIT_LINE.search(text)
