"""Which issue of which journal a page belongs to: ISSN, CN, year, issue, and the journal's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from domain.facts import Field
from fields.layout import Sheet
from fields.paper_fields import made_of, surest
from fields.paper_numbers import Numbered, cns, issns, issue_of, year_of
from fields.spans import Span

NO_TITLE = re.compile(
    r"目[次录錄]|(?i:contents|issn|vol\.|www|http|coden)|CN\d|总?第.{1,6}[期卷]|\d{4}年|增刊|期刊|收录|来源|统计源|优秀|核心|双效|百强|获奖|主办|主管"
    r"|主编|协办|承办|编辑|出版社|编委|邮发|定价|刊号|[月周旬季]刊|专[辑栏刊题]|特刊|创刊|数据库|全国性|国家级|省级|国内外|公开发行|本期|导读|热点|聚焦"
    r"|关注|封面|条码|印刷|发行|广告|电话|地址|邮编|版权|有限公司$|研究院$|出版日期|欢迎|订阅|投稿|[?？!！]|《.*》"
)
"""Lines that are not the journal's name: slogans, numbers, the organisations behind it."""
_QUOTED = re.compile(r"《([^《》]{2,30})》")
_EDITION = re.compile(r"^[(（]?([\u4e00-\u9fff]{2,10}(?<!出)版)[)）]?$")
_PART_OF_MONTH = re.compile(r"\d{1,2}月[(（]?(上|中|下)(?:旬刊?|半月刊?)?[)）]?(?![\u4e00-\u9fff])")
_NAME_BEFORE_NUMBERS = re.compile(
    r"^《?([\u4e00-\u9fff]{2,16}?)》?[,，·.|]?(?=第\d{1,3}[卷期]|(?:19|20)\d{2}[年,，])"
)
_HEAD_CUE = re.compile(r"第.{1,6}[期卷]|(?i:vol\.|no\.)|\d{4}年|issn|ISSN|CN\d|增刊")
_HAN = re.compile(r"[\u3400-\u9fff]")


def identity(
    sheets: Sequence[Sheet], spans: Sequence[Span] | None = None, *, strict: bool = True
) -> dict[str, Field]:
    """ISSN, CN, year and issue that stand in ``spans`` (default: all of the pages)."""
    spans = [span for sheet in sheets for span in sheet.spans] if spans is None else spans
    fields: dict[str, Field] = {}
    for name, numbers in (("issn", issns), ("cn", cns)):
        found = surest(*(_numbered(span, numbers) for span in spans))
        if found:
            fields[name] = found
    return fields | dates(spans, strict=strict)


def _numbered(span: Span, numbers: Callable[[str], list[Numbered]]) -> Field | None:
    found = numbers(span.flat)
    if not found:
        return None
    first = found[0]
    return made_of([span.flat_part(first.start, first.end)], first.value, first.sure)


def dates(spans: Sequence[Span], *, strict: bool) -> dict[str, Field]:
    """``year``, ``issue``, ``issue_label``. ``strict``: only whole lines or well-known forms count."""
    years: list[Field] = []
    issues: list[tuple[Field, str]] = []
    for span in spans:
        text = span.flat
        if strict and len(text) > 40 and not re.search(r"第.{1,4}期", text):
            continue
        found = issue_of(text)
        if found:
            issue, year = found
            part = span.flat_part(issue.start, min(issue.end, len(text)))
            issues.append((made_of([part], issue.value, issue.sure), issue.label))
            if year:
                years.append(made_of([span.flat_part(year.start, year.end)], int(year.value), year.sure))
        alone = year_of(text)
        if alone and not (found and found[1]):
            years.append(
                made_of([span.flat_part(alone.start, alone.end)], int(alone.value), 0.97 * alone.sure)
            )
    fields: dict[str, Field] = {}
    best = surest(*(issue for issue, _ in issues))
    if best:
        fields["issue"] = best
        labels = [label for issue, label in issues if issue.value == best.value and label]
        if labels:
            fields["issue_label"] = best.model_copy(update={"value": labels[0]})
    for span in spans:
        decade = _PART_OF_MONTH.search(span.flat)
        if decade and "issue_label" not in fields:
            fields["issue_label"] = made_of([span.flat_part(*decade.span(1))], decade[1], 0.9)
    year_field = surest(*years)
    if year_field:
        fields["year"] = year_field
    return fields


def edges(sheet: Sheet, share: float = 0.13) -> list[Span]:
    """Spans of the running head and foot."""
    spans = sheet.spans
    if not spans:
        return []
    low, high = min(span.top for span in spans), max(span.bottom for span in spans)
    depth = high - low
    return [
        span
        for span in spans
        if span.middle <= low + share * depth or span.middle >= high - 0.5 * share * depth
    ]


def journal_of(spans: Sequence[Span], text_height: float) -> Field | None:
    """The journal's name among the lines of a head: 《…》, or the Chinese line beside year, volume and issue.

    ``spans`` hold nothing but the head, so a title of an article must have been left out before.
    """
    for span in spans:
        quoted = _QUOTED.search(span.flat)
        if quoted and len(span.flat) <= 40:
            return made_of([span.flat_part(*quoted.span(1))], bare_name(quoted[1]), 0.9)
    for span in spans:
        before = _NAME_BEFORE_NUMBERS.match(span.flat)
        if before is not None and len(span.flat) <= 45 and is_journal_like(before[1]):
            return made_of([span.flat_part(*before.span(1))], before[1], 0.8)
    best: tuple[float, Span] | None = None
    for span in spans:
        if not is_journal_like(span.flat):
            continue
        beside = any(
            _HEAD_CUE.search(other.flat) and abs(other.middle - span.middle) < 4 * text_height
            for other in spans
        )
        worth = (0.75 if beside else 0.5) + min(0.05 * (span.height / text_height - 1), 0.15)
        if best is None or worth > best[0]:
            best = (worth, span)
    return made_of([best[1]], bare_name(best[1].flat), best[0]) if best else None


def is_journal_like(text: str) -> bool:
    """Short, Chinese, and nothing that belongs to numbers, slogans or organisations."""
    return (
        len(_HAN.findall(text)) >= 2
        and len(text) <= 22
        and not NO_TITLE.search(text)
        and not re.search(r"[,，。:：;；]|\d{2}", text)
    )


def bare_name(text: str) -> str:
    """Without the marks and the pinyin around a name, and with half-width brackets."""
    text = re.sub(r"^[A-Z\s]{4,}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[A-Z\s]{4,}$", "", text)
    return re.sub(r"^[\W_]+|[^\w)]+$", "", text.replace("（", "(").replace("）", ")")).strip()


def edition_on(sheet: Sheet) -> tuple[list[Span], str] | None:
    """The line that names the edition; engines part “自 然 科 学 版” at its wide gaps."""
    for row in sheet.rows:
        for start in range(len(row)):
            parts = [span for span in row[start:] if span.left - row[start].left < 12 * row[start].height]
            for end in range(1, len(parts) + 1):
                told = edition("".join(span.flat for span in parts[:end]))
                if told:
                    return parts[:end], told
    return None


def edition(text: str) -> str | None:
    """自然科学版, 中文版 … where a line holds nothing else."""
    found = _EDITION.match(text)
    return found.group(1) if found else None


def large_title(sheet: Sheet, least: float) -> tuple[list[Span], str] | None:
    """The largest Chinese name on a page: one line, lone characters in a row, or one below the other.

    ``least``: how many times the median height its characters must be. ``None`` where nothing fits.
    """
    named = [
        span
        for span in sheet.spans
        if _HAN.search(span.flat) and not NO_TITLE.search(span.flat) and len(span.flat) <= 20
    ]
    named = [span for span in named if not edition(span.flat)]
    named = [span for span in named if _size(span) >= least * sheet.text_height]
    if not named:
        return None
    largest = max(_size(span) for span in named)
    whole = [span for span in named if len(_HAN.findall(span.flat)) >= 2 and _size(span) >= 0.6 * largest]
    parts = [span for span in named if _size(span) >= 0.6 * largest]
    lead = max(parts, key=_size)
    group = _in_line(lead, parts)
    name = bare_name("".join(span.flat for span in group))
    if len(_HAN.findall(name)) < 2:
        if not whole:
            return None
        lead = max(whole, key=_size)
        group, name = [lead], bare_name(lead.flat)
    return group, name


def _size(span: Span) -> float:
    letters = max(len(span.flat), 1)
    return span.width if span.height > 1.5 * span.width and letters > 1 else span.height


def _in_line(lead: Span, parts: Sequence[Span]) -> list[Span]:
    """Spans of like size beside the largest (left to right), or else above and below it (top to bottom)."""
    size = _size(lead)
    across = [
        span for span in parts if abs(span.middle - lead.middle) <= 0.4 * size and _size(span) >= 0.7 * size
    ]
    if len(across) > 1 or len(_HAN.findall(lead.flat)) > 1:
        return sorted(across, key=lambda span: span.left)
    down = [
        span for span in parts if abs(span.centre - lead.centre) <= 0.4 * size and _size(span) >= 0.7 * size
    ]
    return sorted(down, key=lambda span: span.top)
