"""年度考核: the result of each year, of forms, tables and statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.facts import Row
from domain.kinds import EvidenceKind
from fields.assessment_form import form_result, result_in
from fields.assessment_results import RESULT, chosen
from fields.by_title import with_tells
from fields.hours import year_field
from fields.issuance import closing_unit
from fields.layout import Sheet
from fields.organisations import unit_at
from fields.persons import EMPLOYER_LABELS, name_of
from fields.registry import Found, KindReader, Score
from fields.stream import Stream, stream
from fields.tables import tables
from fields.titles import has_title, score
from fields.values import row

_TITLE = (
    r"考核(?:登记|情况|结果|鉴定|评定|测评)?(?:登记|一览|汇总|审批|备案)?(?:表|证明|结果|情况|鉴定)|"
    r"年度考核|考核登记|考核证明|年终考核"
)
_AGAINST = r"评审表|花名册|申报表|推荐表|评定表|承诺|保证书|继续教育|量化|聘书|聘任书|通知"
_WORDS = (r"考核", r"优秀|合格|称职", r"年度", r"等次|结果|意见|鉴定|总结|评语")

_HEADERS = {
    "year": re.compile(r"(?:考核|所属)?(?:年度|年份)(?!考核)"),
    "result": re.compile(r"(?:年度)?(?:考核|评定|考评)?(?:结果|等次|等级|结论|情况)|年度考核"),
    "name": re.compile(r"姓名"),
}
_SAID = re.compile(
    rf"((?:19|20)\d\d)年?度?(?:年度)?(?:的?(?:考核|考评|评定|结果|等次|等级|意见|被|评|定|为|是|[:：,，]))*({RESULT})"
)
_PAIR_SURE = 0.95
_TELLS = (
    (r"考核(?:等次|结果|意见)", 0.3),
    (r"年度考核", 0.3),
    (r"优秀|合格|称职", 0.15),
    (r"个人总结|领导评语|考核委员会|述职|主管部门意见", 0.2),
)


def _score(sheet: Sheet) -> Score:
    return with_tells(score(sheet, _TITLE, words=_WORDS, against=_AGAINST), sheet, _TELLS)


def _read(sheets: tuple[Sheet, ...]) -> Found:
    text = stream(sheets)
    fields = {
        "name": name_of(sheets),
        "employer": unit_at(sheets, EMPLOYER_LABELS) or closing_unit(sheets),
    }
    rows = _distinct([*_tabled(sheets), *_turned(sheets)]) or _distinct(_said(text)) or form_result(sheets)
    return Found({name: value for name, value in fields.items() if value is not None}, tuple(rows))


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """One row a year and result, the surer first seen; two results for a year are both kept."""
    kept: list[Row] = []
    for each in rows:
        same = any(
            other.fields["year"].value == each.fields["year"].value
            and other.fields["result"].value == each.fields["result"].value
            for other in kept
        )
        if not same:
            kept.append(each)
    return sorted(kept, key=lambda each: str(each.fields["year"].value))


def _tabled(sheets: Sequence[Sheet]) -> Iterable[Row]:
    for sheet in sheets:
        for table in tables(sheet, _HEADERS, ("year", "result")):
            if not {"year", "result"} <= table.names:
                continue
            for cells in table.rows:
                year = year_field(cells.spans("year"))
                result = next(filter(None, map(result_in, cells.spans("result"))), None)
                if year and result:
                    yield row("result", {"year": year, "result": result})


def _turned(sheets: Sequence[Sheet]) -> Iterable[Row]:
    """Years across, their results on a row below."""
    for sheet in sheets:
        for place, line in enumerate(sheet.rows):
            heads = [span for span in line if re.fullmatch(r"(?:19|20)\d\d年?度?(?:考核)?", span.flat)]
            for other in sheet.rows[place + 1 : place + 3] if len(heads) > 1 else ():
                results = [span for span in other if result_in(span) and len(span.flat) <= 6]
                for span in results:
                    head = min(heads, key=lambda each: abs(each.centre - span.centre))
                    year, result = year_field([head]), result_in(span)
                    if year and result and abs(head.centre - span.centre) < 2 * head.width:
                        yield row("result", {"year": year, "result": result})


def _said(text: Stream) -> Iterable[Row]:
    """“2016年度考核合格”, “2016合格”."""
    for found in _SAID.finditer(text.text):
        after = text.text[found.end() :]
        if (
            re.match(r"[、,，/|□☐](?:优秀|称职|合格|基本|不)|、", after)
            and chosen(found.group(2) + after[:20]) is None
        ):
            continue
        year = text.field(int(found.group(1)), *found.span(1), _PAIR_SURE)
        result = text.field(found.group(2), *found.span(2), _PAIR_SURE)
        if year and result:
            yield row("result", {"year": year, "result": result})


def _begins(sheet: Sheet) -> bool:
    return has_title(sheet, _TITLE)


def _continues(before: Sheet, sheet: Sheet) -> bool:
    """The second page of a form: opinions and result."""
    return bool(re.search(r"考核|等次|评语|被考核人|主管领导|本人意见", sheet.text))


READERS = (KindReader(EvidenceKind.ANNUAL_ASSESSMENT, _score, _read, _begins, _continues),)
