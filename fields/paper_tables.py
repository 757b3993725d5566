"""Lists of results on query pages: a row of column heads and records below, cells of one or more lines."""

from __future__ import annotations

import re
from collections.abc import Collection

from fields.layout import Sheet, level
from fields.paper_labels import LABELS
from fields.spans import Span

Record = dict[str, list[Span]]
_INDEX = re.compile(r"^[□☐■]?\d{1,3}[.、]?$")
_HEADS = {word: meaning for meaning, words in LABELS.items() if meaning != "other" for word in words}
_HEADS |= {
    "序号": "index",
    "期刊/会议": "journal",
    "刊名/会议": "journal",
    "CN号": "cn",
    "ISSN号": "issn",
    "CN刊号": "cn",
}
_HEADS |= dict.fromkeys(("被引", "下载", "操作", "详情", "地区", "类别", "邮发代号", "主题", "状态"), "other")


def records(sheet: Sheet, demanded: Collection[str]) -> list[Record]:
    """Records under a row that heads at least three columns, among them all of ``demanded``; else none."""
    for row in sheet.rows:
        heads = [(span, meaning) for span in row if (meaning := _HEADS.get(span.flat.strip(":：")))]
        meanings = {meaning for _, meaning in heads}
        if len(heads) >= 3 and set(demanded) <= meanings:
            return _under(sheet, heads)
    return []


def _under(sheet: Sheet, heads: list[tuple[Span, str]]) -> list[Record]:
    lowest = max(span.bottom for span, _ in heads)
    cells: list[tuple[Span, str]] = []
    for span in sheet.spans:
        if span.middle <= lowest:
            continue
        head, meaning = min(heads, key=lambda each: _apart(span, each[0]))
        if _apart(span, head) < 4 * sheet.text_height:
            cells.append((span, meaning))
    anchors = [span for span, meaning in cells if meaning == "index" and _INDEX.match(span.flat)]
    if not anchors:
        for meaning in ("year_issue", "date", "issn", "cn", "journal"):
            anchors = [span for span, told in cells if told == meaning]
            if anchors:
                break
    anchors = sorted(anchors, key=lambda span: span.middle)
    found: list[Record] = [{} for _ in anchors]
    for span, meaning in sorted(cells, key=lambda cell: (round(cell[0].middle, 3), cell[0].left)):
        nearest = min(
            range(len(anchors)), key=lambda place: abs(anchors[place].middle - span.middle), default=None
        )
        if nearest is None or abs(anchors[nearest].middle - span.middle) > 4 * sheet.text_height:
            continue
        if level(anchors[nearest], span) or meaning != "other":
            found[nearest].setdefault(meaning, []).append(span)
    return [record for record in found if record]


def _apart(span: Span, head: Span) -> float:
    """How far a cell stands from a head, sideways; 0 where they share a column."""
    return max(span.left - head.right, head.left - span.right, 0.0) + 0.01 * abs(span.centre - head.centre)
