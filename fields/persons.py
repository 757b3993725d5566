"""Fields that many kinds share: whose document it is, who issued it and when."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.facts import Field
from fields.labels import words
from fields.layout import Sheet
from fields.organisations import unit_at
from fields.stream import stream
from fields.values import field, id_number, labelled, person_name, unit_name
from matching.numbers import valid_id

NAME_LABELS = words(
    """
    姓名 持证人 申报人 申请人 被聘任人 受聘人 被考核人 本人姓名 参保人 学员姓名 参评人
    申报人姓名 持证人姓名 承诺人 委托人
    """
)
ID_LABELS = words(
    """
    公民身份号码 身份证号码 身份证件号码 居民身份证号 身份证号 证件号码 身份证 有效证件号码
    社会保障号码 社会保障号
    """
)
EMPLOYER_LABELS = words(
    """
    工作单位 所在单位 现工作单位 单位名称 任职单位 单位全称 所在单位名称 工作单位全称
    申报单位 聘用单位 参保单位 单位
    """
)
DATE_LABELS = words(
    """
    发证日期 发证时间 签发日期 颁发日期 填表日期 填表时间 登记日期 打印日期 打印时间
    出具日期 签订日期 公示日期
    """
)


def name_of(sheets: Iterable[Sheet]) -> Field | None:
    """Whose document it is. A list of several people is no one's."""
    pages = tuple(sheets)
    found = labelled(pages, NAME_LABELS, person_name)
    if found and any(
        _listed_with_others(sheet, found) for sheet in pages if sheet.number == found.where.page
    ):
        return None
    return found or _named_in_prose(pages)


def _listed_with_others(sheet: Sheet, found: Field) -> bool:
    """Other names stand under this one, in a column headed 姓名."""
    own = next((span for span in sheet.spans if span.flat == found.value and span.whole), None)
    if own is None or not any(span.flat == "姓名" for span in sheet.above(own)):
        return False
    column = [span.flat for span in sheet.below(own, lines=6) if abs(span.centre - own.centre) < own.width]
    return any(person_name(text) and len(text) <= 4 and text != found.value for text in column)


_PERSON = r"[\u3400-\u9fff]{2,4}?|[\u3400-\u9fff]+·[\u3400-\u9fff]+"
_PROSE_NAME = re.compile(
    r"(?:兹证明|兹聘任|兹聘请|兹聘|特聘任|特聘请|特聘|聘任|聘请|授予|证明)[:：]?"
    rf"(?!为)({_PERSON})(?:同志|先生|女士|[,，(（]|于|系|为|在|担任|同学|参加)"
)
_LEADING_NAME = re.compile(rf"^(?!以上|上述|各位|全体|有关|部分|兹)({_PERSON})(?:同志|先生|女士)")
_COMRADE = re.compile(rf"(?:对|推荐|同意|关于|委托|经考核)[,，]?({_PERSON})(?:同志|先生|女士)")
_PUPIL = re.compile(rf"(?:学生|学员|研究生)[:：]?({_PERSON})[,，]?性别[:：]?[男女]")
_INTRODUCED = re.compile(
    rf"(?:^|[,，。;；:：]|证明)(?:学生|学员|研究生)?({_PERSON})[(（,，](?:性别)?[:：]?[男女][,，。;；)）]"
)


def _named_in_prose(sheets: tuple[Sheet, ...]) -> Field | None:
    """“兹聘任张三同志为…”, “张三同志：”."""
    for sheet in sheets:
        for span in sheet.spans:
            for pattern in (_PROSE_NAME, _PUPIL, _LEADING_NAME, _INTRODUCED, _COMRADE):
                found = pattern.search(span.flat)
                if found and person_name(found.group(1)):
                    start, end = found.span(1)
                    return field(found.group(1), span.flat_part(start, end), 0.93)
    return None


_ID_IN_TEXT = re.compile(
    r"(?:身份证(?:件)?(?:号码?)?|身份号码|证件号码?|保障号码?)[:：]?(?:为|是)?[:：]?(\d{17}[\dXx])(?![\dXx])"
)


_OTHER_NUMBER = re.compile(r"编号|证书|注册号|统一社会信用|代码|单号")
"""Eighteen digits of another kind: certificates are numbered like that too."""


def id_of(sheets: Iterable[Sheet]) -> Field | None:
    """The number after its label, also where it wraps to the next line; else one that stands alone."""
    pages = tuple(sheets)
    text = stream(pages)
    told = _ID_IN_TEXT.search(text.text)
    best = text.field(told.group(1).upper(), *told.span(1), 0.97) if told else None
    best = best or labelled(pages, ID_LABELS, id_number)
    if best:
        return best
    for sheet in pages:
        for span in sheet.spans:
            found = id_number(span.flat)
            if found and valid_id(str(found[0])) and not _OTHER_NUMBER.search(span.flat):
                return field(found[0], span.flat_part(found[1], found[2]), 0.8)
    return None


_PROSE_EMPLOYER = re.compile(
    r"(?:系|任职于|就职于|供职于|工作单位[为:：]?|现在|是|在)([\u3400-\u9fffA-Za-z()·]{4,40}?"
    r"(?:公司|集团|院|所|局|站|处|中心|大学|学院|学校|厂|部|队))"
    r"(?:的?(?:专业技术|职工|员工|在职|工作|正式|技术|在编|从事|任|担任|聘用|工程|高级|[,，。;；)）]))"
)


def employer_of(sheets: Iterable[Sheet]) -> Field | None:
    """Of a label, else of “系…公司专业技术人员”."""
    pages = tuple(sheets)
    best = unit_at(pages, EMPLOYER_LABELS)
    if best:
        return best
    text = stream(pages)
    found = _PROSE_EMPLOYER.search(text.text)
    return text.field(found.group(1), *found.span(1), 0.93) if found and unit_name(found.group(1)) else None


def person_fields(sheets: Iterable[Sheet]) -> dict[str, Field]:
    """name, id_number, employer: those that can be read."""
    pages = tuple(sheets)
    found = {"name": name_of(pages), "id_number": id_of(pages), "employer": employer_of(pages)}
    return {name: value for name, value in found.items() if value is not None}
