"""聘书: who is appointed to what, from when to when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.by_title import with_tells
from fields.issuance import closing_unit, issue_date_of
from fields.labels import words
from fields.layout import Sheet
from fields.organisations import unit_at
from fields.persons import name_of
from fields.positions import POSITION, position, position_or_post
from fields.registry import Found, KindReader, Score
from fields.stream import Stream, stream
from fields.tables import Table, TableRow, tables
from fields.titles import has_title, score
from fields.values import date_text, field, labelled, row
from matching.dates import find_dates
from matching.periods import FoundPeriod, find_periods

_TITLE = (
    r"聘书|聘任书|聘任证|聘用证|聘任(?:通知|文件|合同|协议|决定|证明|情况|登记)|聘用(?:合同|协议|书)|任职文件|任命书|"
    r"职务聘任|劳动合同书?$"
)
_AGAINST = r"评审表|花名册|申报表|推荐表|评定表|承诺书|保证书|岗位信息表|任职资格证书"
_WORDS = (
    r"聘任|聘用|受聘|兹聘|特聘",
    r"聘期|期限|起止|至今|(?:年|月|日)起?至",
    POSITION,
    r"同志|先生|女士|甲方|乙方",
)

_POSITIONS = words(
    """
    聘任职务 聘任岗位 聘用岗位 受聘职务 受聘岗位 聘任专业技术职务 专业技术职务 聘任职称 岗位名称 职务名称
    岗位 职务 职称
    """
)
_PERIODS = words(
    "聘任期限 聘用期限 聘期 起止时间 聘任时间 任职时间 合同期限 聘任起止时间 聘期起止时间 任期 期限"
)
_EMPLOYERS = words(
    "聘任单位 聘用单位 用人单位 单位名称 工作单位 所在单位 甲方(聘用单位) 甲方(用人单位) 甲方 单位"
)
_HEADERS = {
    "period": re.compile(r"(?:聘任|聘用|任职)?(?:起止)?(?:时间|期限|年月|日期)(?:\(.*?\))?|聘期|起止年月"),
    "start": re.compile(r"(?:开始|起始|聘任|起聘)(?:时间|日期)|起$"),
    "end": re.compile(r"(?:结束|终止|截止|到期)(?:时间|日期)|止$"),
    "position": re.compile(r"(?:聘任|聘用|受聘|专业技术)*(?:职务|岗位|职称)(?:名称)?"),
    "employer": re.compile(r"(?:聘任|聘用|工作)?单位(?:名称)?"),
    "name": re.compile(r"姓名"),
}
_APPOINTED = re.compile(
    r"(?:聘任?|聘请|聘用|受聘|担任|任命|续聘|任)[^,，。;；]{0,40}?(?:为|担任|任|从事|聘任)?[^,，。;；]{0,36}?"
    rf"(?P<position>{POSITION})"
)
_PROSE_EMPLOYER = re.compile(
    r"(?:担任|聘任?为|任命为|特?聘请?为)(?P<unit>(?!我|本)[\u3400-\u9fff()]{4,40}?(?:公司|集团|院|所|局|站|中心|大学|学院|学校|厂|部|队))"
    rf"(?={POSITION}|的|[\u3400-\u9fff]{{0,8}}(?:职务|岗位))"
)
SENTENCE, LABEL = 0.95, 0.97
_OPEN = 0.6
"""A start that no end goes with: the rest may be on a page that is not here."""


_TELLS = (
    (r"兹聘|特聘|聘任.{0,12}同志|被聘任", 0.35),
    (r"聘期|聘任期限|聘用期限|任期", 0.35),
    (r"聘任(?:单位|职务|岗位)|受聘(?:人|职务)", 0.25),
    (r"同志(?:为|任|担任)", 0.15),
)


def _score(sheet: Sheet) -> Score:
    return with_tells(score(sheet, _TITLE, words=_WORDS, against=_AGAINST), sheet, _TELLS)


def _read(sheets: tuple[Sheet, ...]) -> Found:
    text = stream(sheets)
    found: dict[str, Field | None] = {
        "name": name_of(sheets),
        "employer": unit_at(sheets, _EMPLOYERS) or _told_employer(text) or closing_unit(sheets),
        "issue_date": issue_date_of(sheets),
    }
    fields = {name: value for name, value in found.items() if value is not None}
    rows = tuple(row for sheet in sheets for row in _table_rows(sheet)) or tuple(_prose(sheets, text))
    return Found(fields, rows)


def _told_employer(text: Stream) -> Field | None:
    found = _PROSE_EMPLOYER.search(text.text)
    return text.field(found.group("unit"), *found.span("unit"), SENTENCE) if found else None


def _table_rows(sheet: Sheet) -> Iterable[Row]:
    for table in tables(sheet, _HEADERS, ("period", "start", "end")):
        if table.names & {"period", "start"} and len(table.rows) >= 1 and "position" in table.names:
            yield from filter(None, (_table_row(table, each) for each in table.rows))


def _table_row(table: Table, cells: TableRow) -> Row | None:
    found: dict[str, Field] = {}
    for span in cells.spans("position"):
        named = position_or_post(span.flat)
        if named:
            found["position"] = field(named[0], span.flat_part(named[1], named[2]), LABEL)
            break
    for name in ("start", "end"):
        for span in cells.spans(name):
            date = date_text(span.flat)
            if date:
                found[name] = field(date[0], span.flat_part(date[1], date[2]), LABEL)
    period = stream_of(cells)
    spans = find_periods(period.text)
    if spans and "start" not in found:
        found |= _period(period, spans[0], LABEL)
    elif "start" not in found and (dates := find_dates(period.text)):
        start = period.field(dates[0].iso, dates[0].start, dates[0].end, _OPEN)
        found |= {"start": start} if start else {}
    return row("period", found) if "start" in found else None


def stream_of(cells: TableRow) -> Stream:
    """The cell of the period as one text: its dates may stand on two lines."""
    spans = cells.spans("period")
    starts = tuple(sum(len(span.flat) for span in spans[:place]) for place in range(len(spans)))
    return Stream("".join(span.flat for span in spans), spans, starts)


def _prose(sheets: Sequence[Sheet], text: Stream) -> Iterable[Row]:
    """Periods in sentences or at labels, each with the position named nearest before it."""
    named = labelled(sheets, _POSITIONS, position_or_post)
    periods = list(find_periods(text.text))
    for period in periods:
        found = _period(text, period, SENTENCE if period.sure else 0.9)
        post = (named if len(periods) == 1 else None) or _position_near(text, period) or named
        if found:
            yield row("period", {**({"position": post} if post else {}), **found})
    if not periods:
        start = labelled(sheets, _PERIODS, date_text) or _start(text)
        post = named or _position_near(text, None)
        if start:
            sure = {"start": start.model_copy(update={"confidence": start.confidence * _OPEN})}
            yield row("period", {**({"position": post} if post else {}), **sure})


def _start(text: Stream) -> Field | None:
    """“自2017年1月起聘任”."""
    for date in find_dates(text.text):
        before, after = text.text[: date.start], text.text[date.end :]
        if before.endswith(("自", "从", "于")) and re.match(r"日?(?:起|开始|聘|受聘)", after):
            return text.field(date.iso, date.start, date.end, SENTENCE)
    return None


def _period(text: Stream, period: FoundPeriod, sure: float) -> dict[str, Field]:
    """start and end with their own places, where their dates stand in the text; of a length, one place."""
    dates = [date for date in find_dates(text.text) if period.start <= date.start < period.end]
    first = dates[0] if dates else None
    last = dates[-1] if len(dates) > 1 else None
    whole = (period.start, period.end)
    found = {
        "start": text.field(period.first, *((first.start, first.end) if first else whole), sure),
        "end": text.field(period.last, *((last.start, last.end) if last else whole), sure)
        if period.last
        else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _position_near(text: Stream, period: FoundPeriod | None) -> Field | None:
    """The position of the sentence that appoints: before the period, else after it."""
    every = list(_APPOINTED.finditer(text.text))
    before = [found for found in every if period is None or found.start() <= period.start]
    best = (before or every)[-1 if period and before else 0] if every else None
    if best is not None:
        return text.field(best.group("position"), *best.span("position"), SENTENCE)
    alone = position(text.text)
    return text.field(alone[0], alone[1], alone[2], 0.8) if alone else None


def _begins(sheet: Sheet) -> bool:
    return has_title(sheet, _TITLE)


def _continues(before: Sheet, sheet: Sheet) -> bool:
    """Further pages of a contract."""
    return bool(re.search(r"甲方|乙方|聘用期|聘期|合同", sheet.text))


READERS = (KindReader(EvidenceKind.APPOINTMENT_LETTER, _score, _read, _begins, _continues),)
