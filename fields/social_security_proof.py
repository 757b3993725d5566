"""社会保险参保证明: who, insured by which unit, from when to when, how many months."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field, Row, Value
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.issuance import issuer_of
from fields.labels import words
from fields.layout import Sheet
from fields.organisations import unit_at
from fields.registry import Found
from fields.schooling import period_of
from fields.stream import Stream, stream
from fields.tables import TableRow, tables
from fields.values import field, labelled, row, unit_name
from matching.dates import find_dates, parse_date
from matching.units import issuer_province

_EMPLOYERS = words("参保单位名称 参保单位 缴费单位 单位名称 工作单位 现参保单位 现缴费单位")
_MONTHS = words("累计缴费月数 实际缴费月数 缴费月数合计 累计月数 缴费月数 累计缴费 合计月数 参保月数 月数")
_PLACES = words("参保地 参保地区 参保所在地 参保统筹区")
_HEADERS = {
    "period": re.compile(r"(?:缴费|参保)?(?:起止(?:年月|时间|日期)|年月|期间|所属期|时间段?)"),
    "start": re.compile(r"(?:缴费|参保)?(?:开始|起始|起)(?:年月|时间|日期)"),
    "end": re.compile(r"(?:缴费|参保)?(?:截止|终止|结束|止)(?:年月|时间|日期)"),
    "employer": re.compile(r"(?:参保|缴费|所在|工作)?单位(?:名称)?"),
    "months": re.compile(r"(?:实际|累计)?(?:缴费)?月数"),
    "insurance": re.compile(r"险种(?:名称|类型)?"),
    "base": re.compile(r"(?:缴费)?基数"),
    "state": re.compile(r"(?:缴费|参保)(?:状态|情况|标志)"),
}
_SAID_MONTHS = re.compile(
    r"(?:累计|共计?|合计|已|实际)(?:参保)?缴费(?:月数)?(?:为|[:：])?(\d{1,3})个?月|(?:共计?|累计|合计)(\d{1,3})个?月"
)
_STOPPED = re.compile(r"(?:暂停|中断|停止|终止)(?:参保|缴费)|未参保")
_PAID = re.compile(r"正常参保|参保缴费|正常缴费|参保状态[:：]?正常")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name id_number employer start end months insured_now province issuer …``; rows ``insured``."""
    text = stream(sheets)
    rows = tuple(_insured(sheets))
    start, end = _span(rows, text)
    issuer = issuer_of(sheets)
    own: dict[str, Field | None] = {
        "start": start,
        "end": end,
        "months": _months(sheets, text, rows),
        "insured_now": _state(text),
        "province": _province(labelled(sheets, _PLACES, _place), issuer),
        "issuer": issuer,
    }
    employer = unit_at(sheets, _EMPLOYERS) or next(
        (each.fields["employer"] for each in rows if "employer" in each.fields), None
    )
    return found(sheets, own | ({"employer": employer} if employer else {}), rows)


def _insured(sheets: Sequence[Sheet]) -> list[Row]:
    rows = []
    for sheet in sheets:
        for table in tables(sheet, _HEADERS, ("period", "start", "months")):
            if not {"period", "start"} & table.names:
                continue
            for cells in table.rows:
                fields = _cells(cells)
                if "start" in fields:
                    rows.append(row("insured", fields))
    return rows


def _cells(cells: TableRow) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    dates = [(iso, span) for span in cells.spans("period") for iso in _year_months(span.flat)]
    if dates:
        fields["start"], fields["end"] = field(*dates[0], 0.95), field(*dates[-1], 0.95)
    for name in ("start", "end"):
        for span in cells.spans(name):
            for iso in _year_months(span.flat)[:1]:
                fields[name] = field(iso, span, 0.95)
    for span in cells.spans("months"):
        number = re.search(r"\d{1,3}", span.flat)
        if number:
            fields["months"] = field(int(number.group()), span, 0.95)
    employers = cells.spans("employer")
    text = "".join(span.flat for span in employers)
    if employers and unit_name(text):
        fields["employer"] = field(text, employers[0], 0.93)
    return fields


def _year_months(text: str) -> list[str]:
    """``201901-201912``, ``2019.01至2019.12``, ``2019年1月``."""
    compact = re.findall(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)", text)
    if compact:
        return [f"{year}-{month}" for year, month in compact]
    found_dates = [date.iso for date in find_dates(text)]
    whole = parse_date(text) if not found_dates else None
    return found_dates or ([whole] if whole else [])


def _span(rows: Sequence[Row], text: Stream) -> tuple[Field | None, Field | None]:
    """First and last month of all rows, else of “自…至…” in a sentence."""
    starts = [each.fields["start"] for each in rows if "start" in each.fields]
    ends = [each.fields.get("end", each.fields["start"]) for each in rows if "start" in each.fields]
    if starts:
        return min(starts, key=lambda each: each.text), max(ends, key=lambda each: each.text)
    compact = re.search(
        r"((?:19|20)\d\d)(0[1-9]|1[0-2])[至到—–\-~～]+((?:19|20)\d\d)(0[1-9]|1[0-2])", text.text
    )
    if compact:
        first, last = f"{compact[1]}-{compact[2]}", f"{compact[3]}-{compact[4]}"
        return (
            text.field(first, compact.start(1), compact.end(2), 0.93),
            text.field(last, compact.start(3), compact.end(4), 0.93),
        )
    return period_of(text)


def _months(sheets: Sequence[Sheet], text: Stream, rows: Sequence[Row]) -> Field | None:
    """What the proof itself gives as the sum; else the sum of its rows."""
    told = _SAID_MONTHS.search(text.text)
    if told:
        group = 1 if told.group(1) else 2
        return text.field(int(told.group(group)), *told.span(group), 0.95)
    counted = [each.fields["months"] for each in rows if "months" in each.fields]
    if counted and len(counted) == len(rows):
        # The same months stand there once for every kind of insurance.
        periods = {each.fields["start"].text: int(each.fields["months"].number or 0) for each in rows}
        total = sum(periods.values())
        return counted[0].model_copy(
            update={"value": total, "confidence": min(c.confidence for c in counted)}
        )
    return labelled(sheets, _MONTHS, _count) if not rows else None


def _count(text: str) -> tuple[Value, int, int] | None:
    found_number = re.match(r"(\d{1,3})(?:个?月)?(?!\d|年)", text)
    return (int(found_number.group(1)), *found_number.span(1)) if found_number else None


def _place(text: str) -> tuple[Value, int, int] | None:
    match = re.match(r"[\u3400-\u9fff]{2,12}[省市县区]", text)
    return (match.group(), *match.span()) if match else None


def _province(place: Field | None, issuer: Field | None) -> Field | None:
    """Of the place that is named, else of the office that certifies."""
    for told in (place, issuer):
        name = issuer_province(told.text) if told else None
        if told and name:
            return told.model_copy(update={"value": name})
    return None


def _state(text: Stream) -> Field | None:
    """Whether the person is insured at present, where the proof says so."""
    paid, stopped = _PAID.search(text.text), _STOPPED.search(text.text)
    told = paid or stopped
    return text.field(bool(paid), *told.span(), 0.93) if told else None


TOLD = Told(
    EvidenceKind.SOCIAL_SECURITY_PROOF,
    r"(?:社会保险|社保|养老保险|参保).{0,12}(?:证明|缴费|清单|记录|明细|凭证|查询)|参保(?:证明|缴费)|权益记录",
    (r"养老保险|社会保险|社保", r"缴费|参保", r"基数|险种|月数|个人编号", r"起止|年月|\d{6}"),
    (
        (r"参保(?:单位|人员|状态|地)|参保证明|参加.{0,16}保险", 0.3),
        (r"缴费(?:月数|基数|起止|年月|单位|明细)|累计缴费", 0.3),
        (r"社会保险(?:事业|经办|管理|基金|个人)|社保(?:中心|局)", 0.25),
        (r"(?:养老|医疗|失业|工伤|生育)保险", 0.2),
        (r"险种|个人编号|社会保障号", 0.1),
    ),
    r"评审表|花名册|公示|承诺",
    goes_on=True,
)
READERS = (reader(TOLD, read),)
