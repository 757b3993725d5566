"""Print of a database's page (知网, 万方, 维普): one paper in detail, or a list of results."""

from __future__ import annotations

import re

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.layout import Sheet
from fields.paper_citation import citation_of, placed_in
from fields.paper_fields import made_of, place
from fields.paper_head import head_of, may_be_title
from fields.paper_labels import count
from fields.paper_names import author_list
from fields.paper_retrieval_labels import journal_name, labelled_facts, year_and_issue
from fields.paper_tables import Record, records
from fields.registry import Found, KindReader, Score
from fields.signatures import signed_at

_SITES = (
    ("中国知网", re.compile(r"知网|(?i:cnki)")),
    ("万方数据", re.compile(r"万方|(?i:wanfang)")),
    ("维普", re.compile(r"维普|(?i:cqvip)")),
)
_FOOTER = re.compile(r"(?i:china\s*academic\s*journal\s*electronic|all\s*rights\s*reserved).*|©.*")
"""Every paper that was downloaded bears this line: it makes no retrieval page of an article."""
_CUES = (
    r"被引|引证", r"下载", r"收藏", r"分享", r"导出|引用", r"检索", r"在线阅读|HTML阅读",
    r"专辑|专题", r"分类号", r"来源", r"发表时间|出版日期",
    r"所属期刊栏目|年,?卷\(?期\)?", r"机构", r"数据库", r"文献类型",
    r"篇名|题名", r"刊\s*名", r"页\s*[数码]", r"全文|篇", r"https?:|www\.",
)  # fmt: skip


_SHORTEST_TITLE = 6
_BUTTONS = re.compile(r"阅读|下载|引用|收藏|导出|平台|服务|登录")


def site_of(sheet: Sheet) -> tuple[str, Field] | None:
    """Which database the page is from, and where that stands."""
    for name, pattern in _SITES:
        for span in sheet.spans:
            if not _FOOTER.search(span.flat) and pattern.search(span.flat):
                return name, made_of([span], name, 0.95)
    return None


def score(sheet: Sheet) -> Score:
    """The database's name, and the words of its page."""
    site = site_of(sheet)
    cues = sum(bool(re.search(pattern, sheet.text)) for pattern in _CUES)
    labels = count(sheet, "title", "authors", "journal", "year_issue", "pages", "employer", "date", "source")
    listed = bool(records(sheet, ("title", "authors")))
    proof = bool(re.search(r"检索(?:证明|报告|结果|页)|查新", sheet.text))
    value = (0.4 if site else 0.0) + 0.05 * min(cues, 7) + 0.06 * min(labels, 5) + 0.2 * listed + 0.2 * proof
    if not site and cues < 5 and not proof and not listed:
        value *= 0.4
    return Score(
        round(min(value, 0.95), 3), (f"site={site[0] if site else ''}", f"{cues} cues", f"{labels} labels")
    )


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``title authors journal year issue pages source signed``; rows ``result`` where it lists several."""
    results = tuple(_result(record) for sheet in sheets for record in records(sheet, ("title",)))
    results = tuple(row for row in results if "title" in row.fields)
    fields: dict[str, Field] = dict(results[0].fields) if results else {}
    if not results:
        fields = _detail(sheets)
    elif len(results) == 1:
        for sheet in sheets:
            for name, value in placed_in(sheet).items():
                fields.setdefault(name, value)
    for sheet in sheets:
        site = site_of(sheet)
        if site:
            fields["source"] = site[1]
            break
    signed = signed_at(sheets)
    if signed:
        fields["signed"] = signed
    return Found(fields=fields, rows=results)


def _detail(sheets: tuple[Sheet, ...]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for found in (
        labelled_facts(sheets),
        *(placed_in(sheet) for sheet in sheets),
        *(citation_of(sheet) for sheet in sheets),
    ):
        for name, value in found.items():
            if name not in fields or fields[name].confidence < 0.5:
                fields[name] = value
    for sheet in sheets[:1]:
        for name, value in head_of(sheet).fields().items():
            fields.setdefault(name, value)
        title = _over_authors(sheet) if "title" not in fields else None
        if title:
            fields["title"] = title
    return fields


def _over_authors(sheet: Sheet) -> Field | None:
    """The last line over the authors' label that may be a title: sites print it there without a label."""
    for number, row in enumerate(sheet.rows):
        if not any(re.match(r"作\s*者", span.flat) for span in row):
            continue
        for above in reversed(sheet.rows[:number]):
            text = "".join(span.flat for span in above)
            if may_be_title(above) and len(text) >= _SHORTEST_TITLE and not _BUTTONS.search(text):
                return made_of(list(above), text.strip("《》"), 0.85)
        return None
    return None


def _result(record: Record) -> Row:
    fields: dict[str, Field] = {}
    for name in ("title", "authors", "journal", "year_issue", "date", "pages", "source"):
        spans = record.get(name)
        if not spans:
            continue
        text = "".join(span.text for span in spans)
        if name == "authors":
            names = author_list(" ".join(span.text for span in spans))
            fields[name] = made_of(spans, ";".join(names) if names else text, 0.95 if names else 0.7)
        elif name in ("year_issue", "date"):
            fields |= year_and_issue(made_of(spans, text, 0.95, text)) if name == "year_issue" else {}
            year = re.search(r"(?:19|20)\d{2}", text)
            if year:
                fields.setdefault("year", made_of(spans, int(year.group()), 0.9))
        elif name == "journal":
            fields[name] = made_of(spans, journal_name(re.sub(r"\s", "", text)) or text, 0.95)
            if re.search(r"\d{4}", text):
                fields |= year_and_issue(made_of(spans, text, 0.9, text))
        else:
            fields[name] = made_of(spans, re.sub(r"^\d+[.、]\s*", "", text), 0.95)
    return Row(
        kind="result", fields=fields, where=place([span for spans in record.values() for span in spans])
    )


READERS = (KindReader(kind=EvidenceKind.PAPER_RETRIEVAL, score=score, read=read),)
