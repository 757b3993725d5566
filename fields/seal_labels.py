"""Cells of a form that say whose opinion and seal belongs into them, and which cell a place lies in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fields.layout import Sheet, shared_width
from fields.spans import Span

ROLES = (
    ("committee", r"评审委员会|评委会|评审组织|专业组|专家组|学科组"),
    ("personnel", r"人力资源|人力社保|人社|人事(?:部门|局|厅)|人事劳动|职改|市级?人事|政府人事"),
    ("authority", r"主管(?:部门|单位|局|厅)|上级|行业主管|呈报|业务主管|主管"),
    ("unit", r"单位|公司|聘用|用人|基层|所在|本级|推荐(?:单位|意见|部门)"),
)
"""Who stamps, by the words of the place; earlier ones win: “单位主管部门意见” is the authority's."""
_OPINION = re.compile(r"意见|审核|审批|盖章|公章|签章|核定|公示结果|审查|推荐(?:单位|部门)")
_ANCHOR = re.compile(r"盖章|公章|签章|[(（]章[)）]|印章|^[(（]?章[)）]?$")
_NO_ANCHOR = re.compile(r"加盖|须|应当|请|后|一式|骑缝|无效|未经|均|并盖|复印|钢印")
_LONGEST_ANCHOR = 22
_LABEL_WIDTH = 0.3
"""A label stands in a narrow cell: wider lines are prose."""


def is_anchor(text: str) -> bool:
    """The words that mark a place for a seal: 盖章, （公章）, not a sentence about seals."""
    return bool(_ANCHOR.search(text)) and len(text) <= _LONGEST_ANCHOR and not _NO_ANCHOR.search(text)


def says_seal(text: str) -> bool:
    return bool(_ANCHOR.search(text))


def role_of(text: str) -> str:
    return next((role for role, words in ROLES if re.search(words, text)), "")


def labels_in(sheet: Sheet) -> list[tuple[str, Span]]:
    """Cells that name whose opinion stands beside them, also where the words stand one under the other."""
    found: list[tuple[str, Span]] = []
    taken: set[int] = set()
    for span in sorted(sheet.spans, key=lambda each: (each.top, each.left)):
        head = span.flat.split(":")[0]
        if id(span) in taken or len(head) > 16 or span.width > _LABEL_WIDTH:
            continue
        if head != span.flat:
            span = span.flat_part(0, len(head))
        stack = [span]
        # A label read down as one line is whole: measured by its height the next cell's would be near.
        joins = span.whole and not _upright(span)
        while joins and (below := _next_in_cell(sheet, stack[-1])) is not None and len(stack) < 10:
            stack.append(below)
        text = "".join(each.flat for each in stack)
        if "。" not in text and role_of(text) and _OPINION.search(text) and len(text) <= 24:
            taken |= {id(each) for each in stack}
            found.append((text, stack[len(stack) // 2]))
    return found


def _upright(span: Span) -> bool:
    """One line of characters one under the other."""
    return len(span.flat) >= 3 and span.height > 2 * span.width


def _next_in_cell(sheet: Sheet, span: Span) -> Span | None:
    for other in sheet.below(span, lines=1.9):
        centred = abs(other.centre - span.centre) < 0.8 * span.height
        flush = abs(other.left - span.left) < 0.5 * span.height
        if (centred or flush) and len(other.flat) <= 10 and not _ANCHOR.search(other.flat):
            return other
    return None


def governing(anchor: Span, labels: Sequence[tuple[str, Span]]) -> tuple[str, Span] | None:
    """The label whose cell the anchor lies in: the last above or level with it, left of it or over it."""
    best: tuple[float, tuple[str, Span]] | None = None
    for label in labels:
        span = label[1]
        down = anchor.middle - span.middle
        if down < -1.5 * anchor.height or span.left > anchor.right:
            continue
        aside = 0.0 if shared_width(span, anchor) > 0 else anchor.left - span.right
        if aside < -0.02:
            continue
        cost = max(down, 0.0) + 0.35 * max(aside, 0.0)
        if best is None or cost < best[0]:
            best = (cost, label)
    return best[1] if best else None
