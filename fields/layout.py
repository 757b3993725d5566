"""Geometry of a page of lines: level rows, neighbours, blocks.

Scans are turned by a degree or three and photos are seen aslant, so the slope of the text is measured
from the lines themselves, per height of the page, and taken out before rows are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from domain.geometry import Quad
from domain.reading import Line, PageReading
from fields.spans import Span
from fields.verification import document_lines

_BANDS = 3
_SAME_ROW = 0.55
"""Centres closer than this share of the smaller height stand on one row."""
_A4 = 2**0.5


@dataclass(frozen=True)
class Sheet:
    """One page ready for reading. ``rows`` run from top to bottom, each from left to right."""

    page: PageReading
    rows: tuple[tuple[Span, ...], ...]
    text_height: float
    """Median height of a line, in page widths."""

    @property
    def number(self) -> int:
        return self.page.number

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(span for row in self.rows for span in row)

    @property
    def row_texts(self) -> tuple[str, ...]:
        """Flat text of every row, its spans joined without a space."""
        return tuple("".join(span.flat for span in row) for row in self.rows)

    @property
    def text(self) -> str:
        return "\n".join(self.row_texts)

    @property
    def confidence(self) -> float:
        """Mean confidence of the lines, by their length; 0 without lines."""
        letters = sum(len(span.text) for span in self.spans)
        return sum(span.confidence * len(span.text) for span in self.spans) / letters if letters else 0.0

    def right_of(self, span: Span) -> Iterator[Span]:
        """Spans on the same row that begin where this one ends, nearest first."""
        slack = 0.6 * min(span.height, self.text_height)
        found = [
            other
            for other in self.spans
            if other.left >= span.right - slack and other.line is not span.line and level(span, other)
        ]
        return iter(sorted(found, key=lambda other: other.left))

    def below(self, span: Span, lines: float = 3.5) -> Iterator[Span]:
        """Spans under this one that share some of its columns, nearest first, within ``lines`` heights."""
        reach = lines * max(span.height, self.text_height)
        found = [
            other
            for other in self.spans
            if 0.5 * span.height < other.middle - span.middle <= reach and shared_width(span, other) > 0
        ]
        return iter(sorted(found, key=lambda other: (other.middle, abs(other.centre - span.centre))))

    def above(self, span: Span, lines: float = 3.5) -> Iterator[Span]:
        """Spans over this one that share some of its columns, nearest first."""
        reach = lines * max(span.height, self.text_height)
        found = [
            other
            for other in self.spans
            if 0.5 * span.height < span.middle - other.middle <= reach and shared_width(span, other) > 0
        ]
        return iter(sorted(found, key=lambda other: (-other.middle, abs(other.centre - span.centre))))


def level(first: Span, second: Span) -> bool:
    """Both stand on one row (of the straightened page)."""
    return abs(first.middle - second.middle) <= _SAME_ROW * max(min(first.height, second.height), 1e-9) or (
        first.top <= second.middle <= first.bottom and second.top <= first.middle <= second.bottom
    )


def shared_width(first: Span, second: Span) -> float:
    return min(first.right, second.right) - max(first.left, second.left)


def lay_out(page: PageReading) -> Sheet:
    """Straighten the page's lines and group them into rows."""
    lines = document_lines(page)
    aspect = page.height / page.width if page.width and page.height else _A4
    slopes = _slopes(lines, aspect)
    spans = [_straight(page.number, line, aspect, slopes) for line in lines]
    spans = _join_lone_characters(page.number, spans)
    height = median(span.height for span in spans) if spans else 0.02
    return Sheet(page=page, rows=level_rows(spans), text_height=max(height, 1e-4))


def _slope(line: Line, aspect: float) -> tuple[float, float]:
    """Fall of the line per page width walked, and how far it walks."""
    top_left, top_right, bottom_right, bottom_left = line.quad.points
    run = (top_right.x - top_left.x + bottom_right.x - bottom_left.x) / 2
    fall = (top_right.y - top_left.y + bottom_right.y - bottom_left.y) / 2 * aspect
    return (fall / run if run > 0 else 0.0, run)


def _slopes(lines: list[Line], aspect: float) -> tuple[float, ...]:
    """Slope of the text in each band of the page, from its wide lines (short boxes say little)."""
    wide = []
    for line in lines:
        slope, run = _slope(line, aspect)
        if len(line.text) >= 4 and run > 4 * line.box.height * aspect * 0.5 and abs(slope) < 0.2:
            wide.append((line.box.centre.y, slope, run))
    every = _weighted_median([(slope, run) for _, slope, run in wide])
    bands = []
    for band in range(_BANDS):
        inside = [(slope, run) for y, slope, run in wide if band <= y * _BANDS < band + 1]
        bands.append(_weighted_median(inside) if len(inside) >= 4 else every)
    return tuple(bands)


def _weighted_median(pairs: list[tuple[float, float]]) -> float:
    half = sum(share for _, share in pairs) / 2
    passed = 0.0
    for value, share in sorted(pairs):
        passed += share
        if passed >= half:
            return value
    return 0.0


def _straight(number: int, line: Line, aspect: float, slopes: tuple[float, ...]) -> Span:
    """The line's place after the slope at its height is taken out."""
    points = line.quad.points
    centre_x = sum(point.x for point in points) / 4
    centre_y = sum(point.y for point in points) / 4
    place = min(max(centre_y * _BANDS - 0.5, 0.0), _BANDS - 1.0)
    low = int(place)
    high = min(low + 1, _BANDS - 1)
    slope = slopes[low] + (slopes[high] - slopes[low]) * (place - low)
    top_left, top_right, bottom_right, bottom_left = points
    height = abs(bottom_left.y - top_left.y + bottom_right.y - top_right.y) / 2 * aspect
    width = abs(top_right.x - top_left.x + bottom_right.x - bottom_left.x) / 2
    x = centre_x + slope * (centre_y - 0.5) * aspect
    y = centre_y * aspect - slope * (centre_x - 0.5)
    return Span(
        page=number, line=line, start=0, end=len(line.text),
        left=x - width / 2, right=x + width / 2, top=y - height / 2, bottom=y + height / 2,
    )  # fmt: skip


def level_rows(spans: Iterable[Span]) -> tuple[tuple[Span, ...], ...]:
    """Level rows of the spans, top to bottom, each from left to right."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda each: each.middle):
        for row in reversed(rows[-3:]):
            near = min(row, key=lambda other: abs(other.centre - span.centre))
            free = all(shared_width(span, other) < 0.5 * min(span.width, other.width) for other in row)
            if free and level(near, span):
                row.append(span)
                break
        else:
            rows.append([span])
    return tuple(tuple(sorted(row, key=lambda span: span.left)) for row in rows)


_SPREAD_WORDS = frozenset(
    {"姓名", "性别", "民族", "聘书", "证书", "合计", "总计", "小计", "备注", "年度", "学时", "目录", "目次",
     "单位", "编号", "专业", "类别", "公示", "名称", "时间", "日期", "职务", "职称", "等次", "结果", "序号"}
)  # fmt: skip
"""Two-character words that forms draw with a wide gap, so that engines read two boxes."""


def _join_lone_characters(number: int, spans: list[Span]) -> list[Span]:
    """Join “姓” and “名” of one row, or one column, into “姓名”."""
    lone = [span for span in spans if len(_bare(span)) == 1]
    used: set[int] = set()
    joined: list[Span] = []
    for first in lone:
        for second in lone:
            if id(first) in used or id(second) in used or first is second:
                continue
            word = _bare(first) + _bare(second)
            reach = 8 * max(first.height, second.height)
            across = level(first, second) and 0 < second.left - first.left < reach
            down = shared_width(first, second) > 0 and 0 < second.top - first.top < reach
            if word in _SPREAD_WORDS and (across or down):
                used |= {id(first), id(second)}
                joined.append(_joined(number, first.flat + second.flat, first, second))
    return [span for span in spans if id(span) not in used] + joined


def _bare(span: Span) -> str:
    return span.flat.rstrip(":：.")


def _joined(number: int, word: str, first: Span, second: Span) -> Span:
    one, two = first.line.quad.points, second.line.quad.points
    line = Line(
        text=word,
        raw=first.line.raw + second.line.raw,
        confidence=min(first.line.confidence, second.line.confidence),
        quad=Quad(points=(one[0], two[1], two[2], one[3])),
        source=first.line.source,
        under_seal=first.line.under_seal or second.line.under_seal,
    )
    return Span(
        page=number, line=line, start=0, end=len(word),
        left=min(first.left, second.left), right=max(first.right, second.right),
        top=min(first.top, second.top), bottom=max(first.bottom, second.bottom),
    )  # fmt: skip
