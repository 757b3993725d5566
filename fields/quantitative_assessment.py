"""量化评价表: the points of every item and their sum."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.layout import Sheet, shared_width
from fields.registry import Found
from fields.spans import Span
from fields.tables import Table, tables
from fields.values import field, row

_HEADERS = {
    "item": re.compile(r"(?:评价|评分|考核|量化)?(?:项目|内容|指标|要素)(?:名称)?|一级指标|二级指标"),
    "most": re.compile(r"(?:标准|最高|满)?分值?(?:标准)?(?:\(满分\))?|满分|权重|标准分|最高分|分值"),
    "score": re.compile(
        r"(?:自评|评价|实际|申报人|单位审核|审核)?(?:得分|评分|自评分|打分|分数)|自评(?:得?分)?|审核分"
    ),
}
_SUM = re.compile(
    r"^(?:量化)?(?:评价)?(?:合计|总分|总计|总得分|累计|自评总分|得分合计|合计得分|总评分)(?:[(（].{0,6}[)）])?[:：]?"
)
_SAID = re.compile(
    r"(?:合计|总分|总得分|量化(?:评价)?得分|总评分|自评总分|合计得分)(?:[(（].{0,8}[)）])?(?:为|[:：])?(\d{1,3}(?:\.\d{1,2})?)分?"
)
_WORDS = re.compile(r"[\u3400-\u9fff]{2}")
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,2})?(?![\d.])")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name employer score full`` (the sum, and the most there is); rows ``item``: item, most, score."""
    rows: list[Row] = []
    total = full = None
    for sheet in sheets:
        for table in tables(sheet, _HEADERS, ("score", "most")):
            if "score" not in table.names:
                continue
            for cells in table.rows:
                scores = _numbers(cells.spans("score"))
                whole = "".join(span.flat for span in cells.spans("item")) or cells.all_text
                if not scores:
                    continue
                if _SUM.search(whole) or re.search(r"合计|总分|总计", cells.all_text):
                    total = scores[-1]
                    full = next(iter(_numbers(cells.spans("most"))), None)
                    continue
                most = _numbers(cells.spans("most"))
                fields = {"score": scores[-1]} | ({"most": most[0]} if most else {})
                items = cells.spans("item") or [span for span in cells.spans("") if _WORDS.search(span.flat)]
                if items:
                    fields["item"] = field("".join(span.flat for span in items), items[0], 0.95)
                rows.append(row("item", fields))
            total = total or _under(sheet, table)
    total = total or _said(sheets)
    return found(sheets, {"score": total, "full": full}, tuple(rows))


def _numbers(spans: Sequence[Span]) -> list[Field]:
    numbers = []
    for span in spans:
        for match in _NUMBER.finditer(span.flat):
            value = float(match.group())
            numbers.append(
                field(int(value) if value.is_integer() else value, span.flat_part(*match.span()), 0.95)
            )
    return numbers


def _under(sheet: Sheet, table: Table) -> Field | None:
    """The sum in the column of the scores, level with a label that reads 合计 or 总分."""
    column = next((each for each in table.columns if each.name == "score"), None)
    for label in sheet.spans:
        if not _SUM.match(label.flat):
            continue
        inline = _NUMBER.search(label.flat, len(_SUM.match(label.flat).group()))  # type: ignore[union-attr]
        if inline:
            return _numbers([label])[-1]
        level = list(sheet.right_of(label))
        placed = [span for span in level if column and shared_width(span, column.header) > 0] or level
        numbers = _numbers(placed)
        if numbers:
            return numbers[-1]
    return None


def _said(sheets: Sequence[Sheet]) -> Field | None:
    for sheet in sheets:
        for span in sheet.spans:
            told = _SAID.search(span.flat)
            if told:
                value = float(told.group(1))
                number = int(value) if value.is_integer() else value
                return field(number, span.flat_part(*told.span(1)), 0.93)
    return None


TOLD = Told(
    EvidenceKind.QUANTITATIVE_ASSESSMENT,
    r"量化.{0,6}(?:评价|评分|考核|测评|打分|评审|赋分).{0,4}|(?:评价|评分|自评|打分|赋分)(?:标准)?表$|量化表",
    (r"量化|评分|得分|分值", r"自评|评价", r"项目|指标", r"合计|总分"),
    (
        (r"自评(?:得分|分)?|自我评价", 0.2),
        (r"得分|评分标准|赋分", 0.2),
        (r"分值|满分|权重", 0.2),
        (r"合计|总分", 0.15),
        (r"量化", 0.25),
        (r"(?:评价|考核)(?:指标|要素|项目|内容)", 0.15),
    ),
    r"学时|年度考核",
)
READERS = (reader(TOLD, read),)
