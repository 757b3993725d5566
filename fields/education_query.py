"""学信网 and 学位网: the print of an online verification, with its code and how long it is valid."""

from __future__ import annotations

import re

from domain.facts import Field, Value
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.issuance import issuer_of
from fields.labels import words
from fields.layout import Sheet
from fields.organisations import unit_at
from fields.persons import ID_LABELS
from fields.registry import Found
from fields.schooling import degree, level_of, period_of, school_in, speciality_of
from fields.signatures import signed_at
from fields.stream import stream
from fields.values import date_text, id_number, labelled, number_text

_SCHOOLS = words("毕业院校 学校名称 院校名称 学校 院校 授予单位 学位授予单位 毕业学校")
_STARTS = words("入学日期 入学时间 入校时间")
_ENDS = words("毕(结)业日期 毕结业日期 毕业日期 毕(结)业时间 毕业时间 授予日期 学位授予日期 获学位日期")
_NUMBERS = words("证书编号 学位证书编号 学历证书编号 毕业证书编号 证书号")
_CODES = words("在线验证码 验证码 报告编号 验证报告编号")
_DEGREES = words("学位类别 学位名称 获得学位 授予学位 学位")
_VALID = words("验证报告有效期至 报告有效期至 有效期至 验证有效期至 有效期限 有效期 截止日期")
_UPDATED = words("更新日期 报告日期 查询日期 查询时间 打印日期 制表日期 申请日期")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name school level degree start graduated number verification_code valid_until signed`` and more."""
    text = stream(sheets)
    start, end = period_of(text)
    own: dict[str, Field | None] = {
        "school": unit_at(sheets, _SCHOOLS) or school_in(sheets),
        "level": level_of(sheets, text),
        "degree": labelled(sheets, _DEGREES, degree),
        "speciality": speciality_of(sheets, text),
        "start": labelled(sheets, _STARTS, date_text) or start,
        "graduated": labelled(sheets, _ENDS, date_text) or end,
        "number": labelled(sheets, _NUMBERS, number_text),
        "verification_code": labelled(sheets, _CODES, code),
        "valid_until": labelled(sheets, _VALID, date_text),
        "issuer": issuer_of(sheets),
        "signed": signed_at(sheets),
        "employer": None,
        "id_number": labelled(sheets, ID_LABELS, id_number),
    }
    updated = labelled(sheets, _UPDATED, date_text)
    return found(sheets, own | ({"issue_date": updated} if updated else {}))


def code(text: str) -> tuple[Value, int, int] | None:
    """A verification code: 10 to 24 letters and digits in groups; spaces and hyphens between fall away."""
    match = re.match(r"[A-Za-z0-9](?:[A-Za-z0-9\s\-—]{8,30})[A-Za-z0-9]", text)
    if not match:
        return None
    value = re.sub(r"[^A-Za-z0-9]", "", match.group()).upper()
    return (value, *match.span()) if 10 <= len(value) <= 24 else None


TOLD = Told(
    EvidenceKind.EDUCATION_QUERY,
    r"学历证书电子注册备案表|学信网|学[历位籍].{0,4}(?:验证|查询|认证)|电子注册备案|学位网|"
    r"中国高等教育(?:学历|学位|学生信息)|学[历位](?:信息|证书)查询",
    (r"验证码|查询", r"学信网|chsi|学位网|学位与研究生", r"毕业|学位", r"层次|学历类别|学习形式"),
    (
        (r"在线验证码|验证报告", 0.35),
        (r"(?i:chsi\.com|cdgdc|chinadegrees)|学信网|学位网|学生信息咨询", 0.35),
        (r"学历类别|学习形式|毕\(?结\)?业", 0.25),
        (r"验证报告有效期|有效期至", 0.15),
        (r"入学日期|层次", 0.15),
        (r"学位授予单位|学位授予信息|学位年度", 0.2),
    ),
    r"国\(?境\)?外|留学",
)
READERS = (reader(TOLD, read),)
