"""专家举荐意见表: whom two experts recommend; each with name, title, signature and date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.labels import words
from fields.layout import Sheet
from fields.persons import name_of
from fields.positions import position
from fields.registry import Found
from fields.signatures import Signed, signatures
from fields.spans import Span
from fields.values import field, labelled, person_name, row

_RECOMMENDED = words("被举荐人 被推荐人 被举荐人姓名 被推荐人姓名 申报人姓名 申报人 举荐对象 推荐对象")
_EXPERT = re.compile(
    r"(?:举荐|推荐)?(?:专家|人)(?:姓名)?[一二三123１２]?[:：]?([\u3400-\u9fff]{2,4})?$|^姓名[:：]?([\u3400-\u9fff]{2,4})?$"
)
_SIGNERS = r"专家|举荐人|推荐人|签名|签字"
_NOT_SIGNERS = re.compile(r"申报人|被举荐|被推荐|单位|负责人|经办")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name`` of the person recommended; rows ``expert``: name, title, signed, date."""
    rows: list[Row] = []
    for sheet in sheets:
        signed = [each for each in signatures((sheet,), _SIGNERS) if not _NOT_SIGNERS.search(each.label.flat)]
        rows += [_expert(sheet, each, signed) for each in signed]
    recommended = labelled(sheets, _RECOMMENDED, person_name) or name_of(sheets)
    return found(sheets, {"name": recommended}, tuple(rows))


def _expert(sheet: Sheet, signed: Signed, every: Sequence[Signed]) -> Row:
    """What stands in the expert's part of the page: from the signature before to his own."""
    part = _part(sheet, signed, every)
    fields: dict[str, Field] = {"signed": signed.signed}
    if signed.date is not None:
        fields["date"] = signed.date
    name = _name(sheet, part)
    if name is not None:
        fields["name"] = name
    titles = [
        field(told[0], span.flat_part(told[1], told[2]), 0.9)
        for span in part
        if (told := position(span.flat)) and re.search(r"正高|教授|高级|研究员|高工", span.flat)
    ]
    if titles:
        fields["title"] = titles[-1]  # the first may be the title that is applied for
    return row("expert", fields)


def _part(sheet: Sheet, signed: Signed, every: Sequence[Signed]) -> list[Span]:
    """Spans above or level with the signature that belong to no other expert's part."""
    before = [
        each.label.bottom
        for each in every
        if each is not signed and each.label.middle < signed.label.middle - signed.label.height
    ]
    top = max(before, default=0.0)
    beside = [
        each
        for each in every
        if each is not signed and abs(each.label.middle - signed.label.middle) < 2 * signed.label.height
    ]
    inside = []
    for span in sheet.spans:
        if not top - 0.2 * span.height <= span.middle <= signed.label.bottom + 0.5 * signed.label.height:
            continue
        nearest = min([signed, *beside], key=lambda each: abs(each.label.centre - span.centre))
        if nearest is signed:
            inside.append(span)
    return inside


def _name(sheet: Sheet, part: Sequence[Span]) -> Field | None:
    """The printed name at 专家姓名 (the last such label above the signature)."""
    best: Field | None = None
    for span in part:
        if re.search(r"被举荐|被推荐|申报|签", span.flat):
            continue
        told = _EXPERT.search(span.flat)
        if told is None:
            continue
        written = told.group(1) or told.group(2)
        if written and person_name(written):
            best = field(written, span.flat_part(*told.span(1 if told.group(1) else 2)), 0.9)
            continue
        for other in sheet.right_of(span):
            parsed = person_name(other.flat)
            if parsed and other in part:
                best = field(parsed[0], other.flat_part(parsed[1], parsed[2]), 0.9)
            break
    return best


TOLD = Told(
    EvidenceKind.EXPERT_RECOMMENDATION,
    r"(?:专家|同行).{0,8}(?:举荐|推荐|荐举).{0,6}(?:意见|表|书|信)?|(?:举荐|推荐)(?:意见|表|意见表|意见书?|信|书)$|同行专家",
    (r"举荐|推荐", r"专家", r"正高|教授|高级", r"意见", r"签名|签字"),
    (
        (r"举荐(?:意见|专家|人|理由)|推荐专家|专家推荐", 0.4),
        (r"被(?:举荐|推荐)人", 0.35),
        (r"专家(?:姓名|签名|签字|[一二])|(?:举荐|推荐)人签[名字]", 0.3),
        (r"同行|正高级|学术水平|业内", 0.1),
    ),
    r"评审表|公示|花名册|直接推荐|审核表",
)
READERS = (reader(TOLD, read),)
