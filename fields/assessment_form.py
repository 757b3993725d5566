"""年度考核登记表: a form about one year, whose result stands at a label or is ticked in a row of choices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field, Row
from fields.assessment_results import RESULT, chosen, unboxed
from fields.labels import candidates, find, words
from fields.layout import Sheet
from fields.spans import Span
from fields.stream import Stream, stream
from fields.titles import title_rows
from fields.values import field, labelled, row

_YEAR_LABELS = words("考核年度 年度 考核时间 考核年份 年份")
_RESULT_LABELS = words(
    """
    考核等次 考核结果 考核结论 考核等级 考核意见 年度考核结果 年度考核等次 评定等次 评定结果 确定等次 核定等次
    考核评定 考核评定等次 审定等次 考核鉴定 考核情况 最终等次 等次 结果
    单位考核意见 考核委员会意见 单位意见 主管部门意见
    """
)
_DECIDED = re.compile(
    rf"(?:考核|等次|评定|确定|定)(?:结果|等次|等级)?(?:被|评)?(?:定)?为[:：]?({RESULT})(?![、,，/]?(?:优秀|称职|合格|基本|不))"
)
_OPINION = re.compile(rf"(?:评定?|确?定|考核)为[:：]?({RESULT})")
_CHOICE = re.compile(
    rf"(?:[^\u3400-\u9fffA-Za-z\d]{{0,3}}[口回国图区囗Vv]?{RESULT}[^\u3400-\u9fffA-Za-z\d]{{0,3}}[口回国图区囗Vv]?)+"
)
_FORM_SURE = 0.95
_PAIR_SURE = 0.95
_BOX_LOST, _BOX_AND_WORDS = 0.75, 0.94
"""That a box is missing from what was read says less than a tick, unless the opinion names the same."""


def form_result(sheets: tuple[Sheet, ...]) -> list[Row]:
    """A form about one year: the year of its title, the result at its label."""
    year, result = _form_year(sheets), _form_result(sheets)
    if result is None:
        return []
    return [row("result", {"result": result} if year is None else {"year": year, "result": result})]


def _form_year(sheets: Sequence[Sheet]) -> Field | None:
    for sheet in sheets:
        heads = [text for text, strength in title_rows(sheet) if strength >= 0.75]
        for span in sheet.spans:
            found = re.search(r"((?:19|20)\d\d)年?度?", span.flat)
            if (
                found
                and any(span.flat in text for text in heads)
                and not re.search(r"月|填表|编号", span.flat)
            ):
                return field(int(found.group(1)), span.flat_part(*found.span(1)), _FORM_SURE)
    at_label = labelled(sheets, _YEAR_LABELS, _year)
    if at_label:
        return at_label
    text = stream(sheets)
    every = list(re.finditer(r"(?<!\d)((?:19|20)\d\d)年?度", text.text))
    if len({found.group(1) for found in every}) == 1:
        return text.field(int(every[0].group(1)), *every[0].span(1), 0.9)
    return None


def _year(text: str) -> tuple[int, int, int] | None:
    found = re.match(r"((?:19|20)\d\d)(?!\d)", text)
    return (int(found.group(1)), *found.span(1)) if found else None


def _form_result(sheets: Sequence[Sheet]) -> Field | None:
    """The result at the first label that has one; a printed list of choices has none unless one is ticked."""
    text = stream(sheets)
    for name in _RESULT_LABELS:
        for sheet in sheets:
            for hit in find(sheet, (name,)):
                beside = _choices(list(sheet.right_of(hit.host)))
                if beside is not None:
                    found = _of_choices(beside, text)
                    if found:
                        return found
                    continue
                for candidate in candidates(sheet, hit):
                    found = result_in(candidate.span, candidate.sure)
                    if found:
                        return found
    for sheet in sheets:
        for spans in sheet.rows:
            row_of_choices = _choices(spans, least=3)
            found = _of_choices(row_of_choices, text) if row_of_choices else None
            if found:
                return found
    said = _DECIDED.search(text.text)
    return text.field(said.group(1), *said.span(1), 0.92) if said else None


def _choices(spans: Sequence[Span], least: int = 2) -> Stream | None:
    """Choices printed on one row, one a span, set apart; None where the row names fewer than ``least``."""
    kept = [span for span in spans if _CHOICE.fullmatch(span.flat)]
    if len({name for span in kept for name in re.findall(RESULT, span.flat)}) < least:
        return None
    texts = [span.flat for span in kept]
    starts = tuple(sum(len(text) + 1 for text in texts[:place]) for place in range(len(texts)))
    return Stream("|".join(texts), tuple(kept), starts)


def _of_choices(choices: Stream, text: Stream) -> Field | None:
    """The one ticked, else the one whose box was lost to the tick; of two such, the one that is spoken of."""
    ticked = chosen(choices.text)
    if ticked:
        return choices.field(ticked[0], ticked[1], ticked[2], _PAIR_SURE)
    lost = unboxed(choices.text)
    spoken = set(_OPINION.findall(text.text))
    sure = _BOX_AND_WORDS if len(lost) == 1 and spoken == {lost[0][0]} else _BOX_LOST
    if len(lost) > 1:
        lost = tuple(each for each in lost if each[0] in spoken)
    return choices.field(lost[0][0], lost[0][1], lost[0][2], sure) if len(lost) == 1 else None


def result_in(span: Span, sure: float = 0.97) -> Field | None:
    found = chosen(span.flat)
    return field(found[0], span.flat_part(found[1], found[2]), sure) if found else None
