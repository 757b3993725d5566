"""Who issued a document and when: labels first, else the unit and the date that close the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field
from fields.labels import words
from fields.layout import Sheet
from fields.organisations import ends_as_unit, unit_at
from fields.persons import DATE_LABELS
from fields.spans import Span
from fields.stream import around
from fields.values import date_text, field, labelled, unit_name
from matching.dates import find_dates

ISSUER_LABELS = words(
    """
    发证机关 发证单位 颁证机关 签发机关 签发单位 登记机关 登记单位 出具单位 证明单位 批准机关 审批机关
    审批部门 发证机构 主办单位 施教机构 培训机构 填报单位
    """
)
_CLOSING = 0.35
"""A closing unit or date stands below this share of the page's text, or in its last rows."""
_TABLE_ROW = 3
"""So many boxes side by side are a row of a table, whose dates close nothing."""
CLOSING_SURE = 0.9
_NOISE = re.compile(r"[\s()（）:：,，.。·、盖章公印年度签字单位]*")


def issuer_of(sheets: Sequence[Sheet]) -> Field | None:
    labelled_unit = unit_at(sheets, ISSUER_LABELS)
    closing = closing_unit(sheets)
    if labelled_unit and (closing is None or labelled_unit.confidence >= closing.confidence):
        return labelled_unit
    return closing


def closing_unit(sheets: Sequence[Sheet]) -> Field | None:
    """The organisation that signs at the foot: a line (or two) that is nothing but its name."""
    for sheet in reversed(sheets):
        for row in reversed(_lower_rows(sheet)):
            for span in row:
                text = span.flat.strip("。.,，:：;；")
                text = re.sub(r"^(?:单位|甲方|聘任单位|登记单位)?\(?(?:盖章|公章|签章)\)?[:：]?", "", text)
                if ends_as_unit(text) and unit_name(text) and not re.search(r"[,，。;；:：]", text):
                    start = span.flat.index(text)
                    parts = [span.flat_part(start, start + len(text))]
                    above = next(iter(sheet.above(span, lines=2.2)), None)
                    if len(text) < 12 and above and _only_name(above) and not _starts_as_unit(text):
                        parts.insert(0, above)
                    value = "".join(part.flat for part in parts)
                    sure = min(part.confidence for part in parts) * CLOSING_SURE
                    raw = "".join(part.text for part in parts)
                    return Field(value=value, raw=raw, confidence=sure, where=around(parts))
    return None


def _starts_as_unit(text: str) -> bool:
    return bool(re.match(r"[\u3400-\u9fff]{2,8}?[省市县区州镇]", text))


def _only_name(span: Span) -> bool:
    return _starts_as_unit(span.flat) and not re.search(r"[,，。;；:：\d]", span.flat)


def _lower_rows(sheet: Sheet) -> list[tuple[Span, ...]]:
    if not sheet.rows:
        return []
    first = min(row[0].top for row in sheet.rows)
    last = max(row[0].bottom for row in sheet.rows)
    limit = first + (last - first) * _CLOSING
    rows = [row for row in sheet.rows if row[0].middle >= limit]
    return rows or list(sheet.rows[-3:])


def issue_date_of(sheets: Sequence[Sheet]) -> Field | None:
    return labelled(sheets, DATE_LABELS, date_text) or closing_date(sheets)


def closing_date(sheets: Sequence[Sheet]) -> Field | None:
    """The last date that stands alone on its line; print beneath a seal may cling to it."""
    for sheet in reversed(sheets):
        for row in reversed(_lower_rows(sheet)):
            for span in reversed(row if len(row) < _TABLE_ROW else ()):
                dates = find_dates(span.flat)
                if not dates:
                    continue
                date = dates[-1]
                rest = span.flat[: date.start] + span.flat[date.end :]
                extra = len(_NOISE.sub("", rest))
                within = re.search(r"[至自起止到—~,，。;；]", rest)
                if extra <= 3 and not within and len(dates) == 1 and len(date.iso) > 4:
                    sure = CLOSING_SURE * (1.0 if date.sure else 0.85) * (1.0 if not extra else 0.95)
                    return field(date.iso, span.flat_part(date.start, date.end), sure)
    return None
