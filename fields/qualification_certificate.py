"""资格证书: which title, in what speciality, obtained when, under which number, from whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field, Value
from domain.kinds import EvidenceKind
from fields.by_title import with_tells
from fields.issuance import closing_unit, issue_date_of
from fields.labels import words
from fields.layout import Sheet
from fields.organisations import unit_at
from fields.persons import person_fields
from fields.positions import POSITION, position
from fields.registry import Found, KindReader, Score
from fields.stream import Stream, stream
from fields.titles import has_title, score
from fields.values import date_text, field, labelled, number_text
from matching.dates import find_dates
from matching.units import issuer_province

_TITLE = (
    r"(?:资格|职称|专业技术职务|任职资格|工程师|职业资格).{0,4}证书?$|(?:任职|职务|职称|专业技术|师)资格(?:证书|证明)|"
    r"职称(?:电子)?证书|资格证书|资格(?:的)?(?:文件|通知|批复|公布)"
)
_AGAINST = r"评审表|花名册|聘书|聘任|申报|推荐|继续教育|学历|学位|毕业|信息表|公示|委托|承诺|教师资格证"
_WORDS = (
    r"任职资格|资格名称|职称|资格级别",
    POSITION,
    r"证书编号|证书号|管理号",
    r"评审|取得|授予|批准",
    r"专业",
)

_TITLES = words(
    """
    资格名称 任职资格名称 专业技术资格名称 职称名称 专业技术资格 任职资格 专业技术职务任职资格 专业技术职务
    资格级别 职称 职称级别 技术资格 技术职称 职务名称 评审结果 取得资格 级别 职务
    """
)
_SPECIALITIES = words(
    "专业名称 资格专业 职称专业 评审专业 专业类别 申报专业 从事专业 所属专业 系列(专业) 专业"
)
_NUMBERS = words("证书编号 资格证书编号 证书号码 证书号 证号 管理号 证书管理号 登记编号 编号")
_OBTAINED = words(
    """
    取得资格时间 资格取得时间 取得资格日期 资格取得日期 取得时间 取得日期 授予时间 授予日期 资格授予时间
    评审通过时间 评审通过日期 通过时间 通过日期 获得资格时间 获得时间 任职资格时间 资格时间 评审时间 评审日期
    批准时间 批准日期 起算时间 任职时间
    """
)
_ISSUED_BY = words(
    "发证机关 发证单位 颁证机关 颁发单位 签发机关 签发单位 批准机关 审批机关 审批部门 批准单位"
)
_ASSESSED_BY = words(
    "评审组织 评审机构 评委会名称 评审委员会 评审委员会名称 评审单位 评委会 评定机构 评审委员会全称"
)
_SURE_PROSE, _FROM_TITLE, _LATER = 0.93, 0.8, 0.7
"""How sure: of a sentence; of the certificate's own title; the day of issue taken for the day obtained."""

_GRANT = re.compile(
    r"(?:取得|具备|获得|具有|授予|符合|认定|评定)(?:为|了|其|该同志)?"
    rf"(?:(?P<speciality>[\u3400-\u9fff]{{2,14}}?)专业)?(?P<title>{POSITION})"
)
_GRANTED_WITH = re.compile(r"(?:从事|申报)?(?P<speciality>[\u3400-\u9fff]{2,12}?)专业")


_TELLS = (
    (r"任职资格|资格名称|专业技术资格", 0.25),
    (r"证书编号|管理号|证书号", 0.2),
    (r"评审(?:通过|委员会|组织)|经.{0,30}评审", 0.25),
    (r"授予时间|取得(?:资格)?时间|批准(?:时间|日期)|发证(?:机关|日期|单位)", 0.25),
    (r"具备|取得.{0,20}(?:工程师|资格)", 0.15),
)
_MOST_CHARACTERS = 360
"""A certificate holds little; a form that speaks of titles holds more."""


def _score(sheet: Sheet) -> Score:
    titled = score(sheet, _TITLE, words=_WORDS, against=_AGAINST)
    return with_tells(titled, sheet, _TELLS) if len(sheet.text) <= _MOST_CHARACTERS else titled


def _read(sheets: tuple[Sheet, ...]) -> Found:
    text = stream(sheets)
    fields = person_fields(sheets)
    issuer = _issuer(sheets, text)
    found: dict[str, Field | None] = {
        "title": _title(sheets, text),
        "speciality": labelled(sheets, _SPECIALITIES, _speciality) or _told(text, "speciality"),
        "number": labelled(sheets, _NUMBERS, number_text),
        "obtained": _obtained(sheets, text),
        "issuer": issuer,
        "province": _province(issuer),
    }
    fields |= {name: value for name, value in found.items() if value is not None}
    return Found(fields)


def _title(sheets: Sequence[Sheet], text: Stream) -> Field | None:
    best = labelled(sheets, _TITLES, position) or _told(text, "title")
    if best:
        return best
    for sheet in sheets:
        for span in sheet.spans:
            found = re.match(rf"({POSITION})(?:任职|职务)?(?:资格|职称)?证书?", span.flat)
            if found:
                return field(found.group(1), span.flat_part(*found.span(1)), _FROM_TITLE)
    return None


def _told(text: Stream, name: str) -> Field | None:
    """The title or the speciality of “取得建筑施工专业高级工程师任职资格”."""
    for found in _GRANT.finditer(text.text):
        if found.group(name):
            return text.field(found.group(name), *found.span(name), _SURE_PROSE)
    return None


def _speciality(text: str) -> tuple[Value, int, int] | None:
    found = re.match(r"[\u3400-\u9fffA-Za-z()、/]{2,24}", text)
    if not found or re.search(r"工程师$|证书|编号|资格|技术职务|级别", found.group()):
        return None
    value = re.sub(r"(?<=.{2})专业$", "", found.group())
    return value, 0, len(value)


def _obtained(sheets: Sequence[Sheet], text: Stream) -> Field | None:
    """Of a label or of the sentence that grants the title; the day of issue only for want of both."""
    best = labelled(sheets, _OBTAINED, date_text)
    if best:
        return best
    grants = [found.start() for found in re.finditer(r"评审|取得|授予|具备|通过|批准|认定", text.text)]
    for date in find_dates(text.text):
        near = any(-4 <= date.start - at <= 60 or 0 < at - date.end <= 40 for at in grants)
        closing = re.match(r"[日]?(?:$|发证|颁发|[\u3400-\u9fff]{0,4}章)", text.text[date.end :])
        born = re.search(r"(?:出生|生于|男|女)[^\u3400-\u9fff]{0,3}$", text.text[: date.start])
        if near and not closing and not born and not text.text[date.end :].startswith(("出生", "生")):
            return text.field(date.iso, date.start, date.end, _SURE_PROSE if date.sure else _LATER)
    issued = issue_date_of(sheets)
    return issued.model_copy(update={"confidence": issued.confidence * _LATER}) if issued else None


def _issuer(sheets: Sequence[Sheet], text: Stream) -> Field | None:
    """The unit at a label or in “经…评审委员会评审”, whichever is read whole; else the one that signs."""
    told = re.search(r"经([\u3400-\u9fff()]{6,50}?(?:评审委员会|评委会|厅|局|委员会))", text.text)
    every = [
        unit_at(sheets, _ISSUED_BY),
        unit_at(sheets, _ASSESSED_BY),
        text.field(told.group(1), *told.span(1), _SURE_PROSE) if told else None,
    ]
    named = [each for each in every if each is not None]
    return max(named, key=lambda each: each.confidence) if named else closing_unit(sheets)


def _province(issuer: Field | None) -> Field | None:
    name = issuer_province(issuer.text) if issuer else None
    return issuer.model_copy(update={"value": name}) if issuer and name else None


def _begins(sheet: Sheet) -> bool:
    return has_title(sheet, _TITLE)


def _continues(before: Sheet, sheet: Sheet) -> bool:
    """The other half of a booklet: number, issuer, employer without the title."""
    return bool(re.search(r"证书编号|管理号|发证机关|评审组织|取得资格", sheet.text))


READERS = (KindReader(EvidenceKind.QUALIFICATION_CERTIFICATE, _score, _read, _begins, _continues),)
