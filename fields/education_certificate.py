"""学历证书 and 学位证书: school, level, degree, speciality, when begun and finished, number."""

from __future__ import annotations

import re

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.labels import words
from fields.layout import Sheet
from fields.organisations import unit_at
from fields.persons import ID_LABELS
from fields.registry import Found
from fields.schooling import DEGREE, level_of, period_of, school_in, school_in_prose, speciality_of
from fields.stream import Stream, stream
from fields.values import id_number, labelled, number_text

_SCHOOLS = words("校名 学校名称 学校 院校名称 毕业院校 授予单位 学位授予单位 培养单位 办学单位")
_NUMBERS = words("证书编号 毕业证书编号 学位证书编号 学历证书编号 证书号 编号 电子注册号 注册号")
_GRANTED = re.compile(rf"授予({DEGREE})")
_GRADUATED = re.compile(r"准予毕业|毕业证书|修完|修业期满|学历")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name school level degree speciality start graduated number issue_date``; ``proves``: 学历, 学位."""
    text = stream(sheets)
    start, end = period_of(text)
    own: dict[str, Field | None] = {
        "school": unit_at(sheets, _SCHOOLS) or school_in(sheets) or school_in_prose(text),
        "level": level_of(sheets, text),
        "degree": _degree(text),
        "speciality": speciality_of(sheets, text),
        "start": start,
        "graduated": end,
        "number": labelled(sheets, _NUMBERS, number_text),
        "proves": _proves(text),
        "employer": None,
        "id_number": labelled(sheets, ID_LABELS, id_number),
    }
    return found(sheets, own)


def _degree(text: Stream) -> Field | None:
    told = _GRANTED.search(text.text)
    return text.field(told.group(1), *told.span(1), 0.95) if told else None


def _proves(text: Stream) -> Field | None:
    """学位 where a degree is granted, else 学历."""
    degree = re.search(r"学位证书|授予[\u3400-\u9fff]{0,8}(?:学士|硕士|博士)", text.text)
    if degree:
        return text.field("学位", *degree.span(), 0.95)
    school = _GRADUATED.search(text.text)
    return text.field("学历", *school.span(), 0.95) if school else None


TOLD = Told(
    EvidenceKind.EDUCATION_CERTIFICATE,
    r"毕业证书?$|学位证书?$|学历证书|结业证书|肄业证书|普通高等学校|成人高等教育|毕业生登记表|"
    r"^(?:硕士|博士|学士|[\u3400-\u9fff]{0,8}大学)?(?:毕业|学位)证书",
    (r"毕业|学位", r"学习|修业|学制", r"大学|学院|学校", r"校\(?院?\)?长|学位评定", r"专业"),
    (
        (r"准予毕业|准予结业|准予肄业", 0.4),
        (r"修完.{0,24}(?:课程|学分|环节)|修业期满|成绩合格", 0.3),
        (r"授予.{0,10}(?:学士|硕士|博士)学位", 0.4),
        (r"学位条例|学位评定委员会", 0.3),
        (r"校[(（]?院?[)）]?长[:：]?|校长", 0.2),
        (r"\d+年制|[一二三四五]年制|学制", 0.15),
        (r"证书编号|普通高等学校毕业|学历教育", 0.1),
    ),
    r"认证|备案表|查询|验证|培训|继续教育|公需|工程师|登记证明",
)
READERS = (reader(TOLD, read),)
