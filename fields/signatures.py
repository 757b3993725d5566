"""Who signed a form, and when: what stands at 签名, 签字, 承诺人（签字）.

A signature is read badly or not at all, so anything written at its label counts as one; that nothing was
read there is only a hint, since an engine may pass over a scrawl.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.facts import Field
from fields.layout import Sheet, level
from fields.spans import Span
from fields.values import field
from matching.dates import find_dates

_LABEL = re.compile(
    r"(?:[\u4e00-\u9fff]{0,10})(?:签名|签字|签章|承诺人|保证人|声明人|责任人|审核人|核对人|经办人)(?:[(（](?:签[名字章]|手写|本人|手签|盖章)[)）])?[:：]?"
    r"|[\u4e00-\u9fff]{1,8}[(（](?:签[名字章]|手写)[)）][:：]?"
)
_NO_LABEL = re.compile(r"须|应|请|签字后|签名后|在线签|无效|签字盖章|并签|签署|处签|均")
_DATE_LABEL = re.compile(r"^(?:签[名字])?(?:日期|时间)[:：]?")
_NO_SIGNATURE = re.compile(
    r"^(?:[(（]?(?:盖章|公章|签章|单位公章|手写|签[名字])[)）]?|年月日|年|月|日|[年月日\s]+)$"
)
SIGNED, UNSIGNED = 0.95, 0.6
"""That something stands there is plain; that nothing does may be the engine's fault."""
_REACH = 0.45
"""A signature stands within this many page widths right of its label."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A place to sign: its label, what was read there, and the date that goes with it."""

    label: Span
    signature: Span | None
    date: Field | None

    @property
    def signed(self) -> Field:
        """True with what was read, or False at the label, never with confidence."""
        if self.signature is not None:
            text = self.signature.flat
            return Field(value=True, raw=text, confidence=SIGNED, where=self.signature.where)
        return Field(value=False, raw="", confidence=UNSIGNED, where=self.label.where)


def signatures(sheets: Sequence[Sheet], roles: str = "") -> tuple[Signed, ...]:
    """Every place to sign, from top to bottom; ``roles``: only labels that match this pattern."""
    found = []
    for sheet in sheets:
        labels = list(_labels(sheet, roles))
        every = [label for label, _ in labels]
        for label, rest in labels:
            found.append(Signed(label, _signature(sheet, label, rest), _date(sheet, label, rest, every)))
    return tuple(found)


def signed_at(sheets: Sequence[Sheet], roles: str = "") -> Field | None:
    """Whether anybody signed at any of the places; None where the page has no place to sign."""
    found = signatures(sheets, roles)
    done = next((each for each in found if each.signature is not None), None)
    return (done or found[0]).signed if found else None


def _labels(sheet: Sheet, roles: str) -> Iterator[tuple[Span, Span | None]]:
    """Labels with what follows them in their own line."""
    for span in sheet.spans:
        text = span.flat
        match = _LABEL.match(text)
        if match is None or _NO_LABEL.search(match.group()) or (roles and not re.search(roles, text)):
            continue
        rest = text[match.end() :]
        if len(rest) > 24 or re.search(r"[。；;]", rest):
            continue
        after = span.flat_part(match.end(), len(text)) if rest.strip(" :：_—-") else None
        yield span.flat_part(0, match.end()), after


def _signature(sheet: Sheet, label: Span, rest: Span | None) -> Span | None:
    if rest is not None:
        text = rest.flat
        cut = min([date.start for date in find_dates(text)] + [_cut(text)])
        if _is_ink(text[:cut]):
            return rest.flat_part(0, cut)
    for other in sheet.right_of(label):
        if other.left - label.right > _REACH or _LABEL.match(other.flat) or _DATE_LABEL.match(other.flat):
            return None
        if find_dates(other.flat):
            return None
        if _is_ink(other.flat):
            return other
    return _close_by(sheet, label)


def _cut(text: str) -> int:
    found = re.search(r"(?:签[名字])?(?:日期|时间)[:：]|年.{0,3}月", text)
    return found.start() if found else len(text)


def _is_ink(text: str) -> bool:
    bare = text.strip(" :：_—-()（）。.,，")
    return bool(bare) and not _NO_SIGNATURE.match(bare)


def _close_by(sheet: Sheet, label: Span) -> Span | None:
    """Handwriting that climbs out of its row: a lone short span right of the label, at its height."""
    for other in sheet.spans:
        beside = -0.5 * label.height <= other.left - label.right <= 0.25
        near = abs(other.middle - label.middle) <= 1.4 * label.height
        if beside and near and not level(other, label) and len(other.flat) <= 4 and _is_ink(other.flat):
            return other
    return None


def _date(sheet: Sheet, label: Span, rest: Span | None, labels: Sequence[Span]) -> Field | None:
    """The date in the label's line, right of it, or in the rows below, up to the next place to sign."""
    near = [rest] if rest is not None else []
    near += [span for span in sheet.right_of(label) if _belongs(span, label, labels)]
    for under in sorted(sheet.spans, key=lambda span: (round(span.middle, 3), span.left)):
        down = under.middle - label.middle
        if 0.5 * label.height < down <= 5 * max(label.height, sheet.text_height):
            near += [under] if _belongs(under, label, labels) else []
    for span in near:
        dates = find_dates(span.flat)
        if dates and len(dates[0].iso) > len("2020"):
            date = dates[0]
            return field(date.iso, span.flat_part(date.start, date.end), 0.95 if date.sure else 0.8)
    return None


def _belongs(span: Span, label: Span, labels: Sequence[Span]) -> bool:
    """No other place to sign lies between: above the span, or beside the label and nearer to it."""
    for other in labels:
        if other is label:
            continue
        if level(other, label):
            between = label.left < other.left <= span.left + 0.02 or (
                other.left < label.left and span.right < label.left
            )
        else:
            between = label.middle < other.middle <= span.middle + 0.3 * span.height
        if between:
            return False
    return True
