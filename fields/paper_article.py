"""A paper itself: its first page gives title, authors, employer and numbers; the pages after belong to it."""

from __future__ import annotations

import re

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.layout import Sheet
from fields.paper_citation import citation_of
from fields.paper_fields import made_of
from fields.paper_head import Head, head_of, is_abstract
from fields.paper_identity import dates, edges, journal_of
from fields.paper_labels import count, labelled
from fields.paper_numbers import normal_issue
from fields.paper_words import TITLE_ENDS
from fields.registry import Found, KindReader, Score
from fields.spans import Span

_NUMBER = re.compile(
    r"(?P<issn>\d{4}[-—–一]?\d{3}[\dXx×])[(（\[]?(?P<year>(?:19|20)\d{2})[)）\]]?(?P<issue>[SsZz增]?\d{1,2})[-—–一]"
    r"(?P<first>\d{3,5})[-—–一](?P<count>\d{2,3})(?!\d)"
)
_LONE_NUMBER = re.compile(r"^[·•.\-—–\s|第]*(\d{1,4})[·•.\-—–\s|页]*$")
_SIGNS = (
    r"关键词|关键字", r"中图分类号|中图法分类号", r"文献标[识志]码", r"文章编号",
    r"收稿日期|收稿时间", r"作者简介|作者单位|通[信讯]作者",
    r"参考文献", r"基金项目", r"(?i:key\s*words)", r"(?i:doi[:：]|10\.\d{4,5}/)",
)  # fmt: skip
_REFERENCE = re.compile(r"\[\d{1,2}\].{4,}|\[[JMDCNPS](?:/OL)?\]")
_DATABASE = re.compile(
    r"被引|下载频次|(?:CAJ|PDF|HTML)(?:下载|阅读)|在线阅读|检索结果|收藏|导出|高级检索|年,卷\(期\)|所属期刊栏目|刊\s*名[:：]|检索证明|检索报告"
)
_PROSE = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")
_OTHER_PAPERS = re.compile(r"兹聘|聘书|学时|任职资格|身份证|承诺|考核登记|申报|述职|劳动合同")


def score(sheet: Sheet) -> Score:
    """摘要 and 关键词 make a first page; prose under a journal's running head, or references, a later one."""
    text = sheet.text
    signs = sum(bool(re.search(pattern, text)) for pattern in _SIGNS)
    abstract = any(is_abstract("".join(span.flat for span in row)) for row in sheet.rows)
    screen = len(set(_DATABASE.findall(text)))
    if abstract:
        value = 0.5 + 0.12 * signs
    elif signs >= 2:
        value = 0.3 + 0.12 * signs
    else:
        value = _later_page(sheet)
    value = (
        min(value, 0.95)
        - 0.2 * screen
        - 0.05 * max(count(sheet, "title", "journal", "authors", "year_issue", "pages") - 1, 0)
    )
    return Score(
        round(max(value, 0.0), 3), (f"abstract={abstract}", f"{signs} signs", f"{screen} of a database")
    )


def _later_page(sheet: Sheet) -> float:
    references = len(_REFERENCE.findall(sheet.text))
    prose = prose_lines(sheet)
    if re.search(r"参考文献", sheet.text) and references >= 3:
        return 0.7
    if prose < 15 or _OTHER_PAPERS.search(sheet.text):
        return 0.0
    head = dates(edges(sheet, 0.07), strict=False)
    return 0.55 if "issue" in head else 0.4 if references >= 3 or two_columns(sheet) else 0.0


def prose_lines(sheet: Sheet) -> int:
    """Long lines of running text."""
    return sum(len(span.flat) >= 14 and bool(_PROSE.search(span.flat)) for span in sheet.spans)


def two_columns(sheet: Sheet) -> bool:
    """Two columns of prose with a gutter near the middle."""
    long = [span for span in sheet.spans if len(span.flat) >= 12]
    left = sum(span.right <= 0.53 for span in long)
    right = sum(span.left >= 0.47 for span in long)
    return min(left, right) >= 10 and left + right >= 0.8 * len(long)


def begins(sheet: Sheet) -> bool:
    """Another paper starts here."""
    abstract = any(is_abstract("".join(span.flat for span in row)) for row in sheet.rows)
    return abstract and bool(re.search(r"关键词|关键字", sheet.text))


def continues(_: Sheet, sheet: Sheet) -> bool:
    """Running text after a page of the paper is its next page."""
    return prose_lines(sheet) >= 8 and not _OTHER_PAPERS.search(sheet.text)


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``title authors employer journal year issue pages article_number issn``; ``pages`` is ``12-16``."""
    first = next((sheet for sheet in sheets if begins(sheet)), sheets[0])
    head = head_of(first)
    fields: dict[str, Field] = _running_head(sheets, first, head)
    fields |= head.fields()
    employer = fields.get("employer") or labelled(sheets, "employer")
    if employer:
        fields["employer"] = employer
    cited = citation_of(first, own_only=True)
    for name in ("journal", "year", "issue", "pages"):
        if cited and (name not in fields or name == "pages") and name in cited:
            fields[name] = cited[name]
    fields |= _article_number(sheets, fields)
    if "pages" not in fields:
        pages = _page_numbers(sheets)
        if pages:
            fields["pages"] = pages
    return Found(fields=fields)


def _running_head(sheets: tuple[Sheet, ...], first: Sheet, head: Head) -> dict[str, Field]:
    """Journal, year and issue from above the title, or from the edges of the later pages."""
    fields: dict[str, Field] = {}
    for sheet in (first, *(sheet for sheet in sheets if sheet is not first)):
        if sheet is first and head.title:
            limit = min(span.top for span in head.title)
            zone = [span for span in sheet.spans if span.bottom <= limit] + _foot(sheet)
        else:
            zone = edges(sheet, 0.05)
        zone = [span for span in zone if span not in head.spans]
        found = dates(zone, strict=False)
        journal = journal_of(zone, sheet.text_height)
        if journal and _is_journal(journal, sure_head=bool(head.title) and sheet is first):
            found["journal"] = journal
        for name, value in found.items():
            fields.setdefault(name, value)
    return fields


def _is_journal(journal: Field, *, sure_head: bool) -> bool:
    """Running heads of later pages may bear the paper's title instead of the journal's."""
    told_by_shape = len(journal.text) >= 9 and journal.text.endswith(TITLE_ENDS)
    return sure_head or (journal.confidence > 0.6 and not told_by_shape)


def _foot(sheet: Sheet) -> list[Span]:
    low, high = min(span.top for span in sheet.spans), max(span.bottom for span in sheet.spans)
    return [
        span for span in sheet.spans if span.middle >= high - 0.05 * (high - low) and len(span.flat) <= 30
    ]


def _article_number(sheets: tuple[Sheet, ...], held: dict[str, Field]) -> dict[str, Field]:
    """文章编号: ISSN(year)issue-first page-number of pages gives five facts at once."""
    for sheet in sheets:
        for span in sheet.spans:
            found = _NUMBER.search(span.flat)
            if not found:
                continue
            issn = re.sub(r"[—–一-]", "", found["issn"]).upper().replace("×", "X")
            last = int(found["first"]) + int(found["count"]) - 1
            whole = span.flat_part(*found.span())
            number = made_of([whole], found.group())
            facts = {"article_number": number, "issn": made_of([whole], f"{issn[:4]}-{issn[4:]}", 0.95)}
            facts["pages"] = made_of([whole], f"{int(found['first'])}-{last}", 0.95)
            if "year" not in held:
                facts["year"] = made_of([whole], int(found["year"]), 0.9)
            if "issue" not in held:
                facts["issue"] = made_of([whole], normal_issue(found["issue"]), 0.9)
            return facts
    return {}


def _page_numbers(sheets: tuple[Sheet, ...]) -> Field | None:
    """Page numbers at the edges, where they rise by one from sheet to sheet."""
    found: list[tuple[Sheet, Span, int]] = []
    for sheet in sheets:
        for span in edges(sheet, 0.06):
            number = _LONE_NUMBER.match(span.flat)
            if number and int(number[1]) > 0:
                found.append((sheet, span, int(number[1])))
                break
    if not found:
        return None
    first, last = found[0], found[-1]
    steady = all(
        number - first[2] == sheets.index(sheet) - sheets.index(first[0]) for sheet, _, number in found
    )
    if not steady:
        return None
    value = str(first[2]) if first[2] == last[2] else f"{first[2]}-{last[2]}"
    return made_of([first[1]], value, 0.75)


READERS = (
    KindReader(kind=EvidenceKind.PAPER_ARTICLE, score=score, read=read, begins=begins, continues=continues),
)
