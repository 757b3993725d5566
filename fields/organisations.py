"""Names of organisations as the values of labels: of all values they wrap most often."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.facts import Field
from fields.labels import Candidate, Hit, candidates, find, is_label
from fields.layout import Sheet
from fields.spans import Span
from fields.stream import around
from fields.values import looks_like_a_unit, unit_name
from matching.dates import find_dates

_UNIT_END = re.compile(
    r"(?:公司|集团|医院|学院|大学|学校|中心|[研设]\S{0,3}院|研究所|事务所|总?站|管理局|委员会|办公室|评委会|人民政府|"
    r"[^专作就]业?[局厅院所处队厂部会])(?:\([^()]*\))?$"
)


def ends_as_unit(text: str) -> bool:
    return bool(_UNIT_END.search(text.rstrip("。.,，:：;；")))


def unit_at(sheets: Iterable[Sheet], labels: Sequence[str]) -> Field | None:
    """The organisation at one of ``labels``, its name joined where it wraps to a second or third line."""
    best: Field | None = None
    for sheet in sheets:
        for hit in find(sheet, labels):
            for candidate in candidates(sheet, hit):
                found = _wrapped(sheet, hit, candidate)
                if found and (best is None or found.confidence > best.confidence + 0.05):
                    best = found
                    break
    return best


def _wrapped(sheet: Sheet, hit: Hit, candidate: Candidate) -> Field | None:
    spans = [candidate.span]
    while not ends_as_unit("".join(span.flat for span in spans)) and len(spans) < 3:
        following = _next_line(sheet, spans[-1], hit)
        if following is None:
            break
        spans.append(following)
    text = _name_alone("".join(span.flat for span in spans))
    if not unit_name(text) or not (ends_as_unit(text) or (len(spans) == 1 and looks_like_a_unit(text))):
        return None
    sure = candidate.sure * (1.0 if ends_as_unit(text) else 0.8) * min(span.confidence for span in spans)
    value = text.rstrip("。.,，;；:：")
    return Field(
        value=value, raw="".join(s.text for s in spans), confidence=min(sure, 1.0), where=around(spans)
    )


def _name_alone(text: str) -> str:
    """The name without the sentence that goes on behind it: “…公司），拟申报…”."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "(（") - (sign in ")）")
        ended = depth < 0 or sign in ",，。;；"
        if ended and ends_as_unit(text[:place]):
            return text[:place]
    return text


def _next_line(sheet: Sheet, span: Span, hit: Hit) -> Span | None:
    """The line under a value that goes on with it: close, starting or centred where the value does."""
    em = max(span.height, sheet.text_height)
    for other in sheet.below(span, lines=2.6):
        aligned = abs(other.left - span.left) < 1.2 * em or abs(other.centre - span.centre) < 1.2 * em
        hangs = hit.span.left - em < other.left < span.right
        if is_label(other) or re.search(r"[:：]", other.flat) or find_dates(other.flat):
            return None
        if aligned or hangs:
            return other
    return None
