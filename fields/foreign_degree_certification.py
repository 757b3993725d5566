"""国（境）外学历学位认证书 of the 教育部留学服务中心."""

from __future__ import annotations

import re

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.issuance import issuer_of
from fields.labels import words
from fields.layout import Sheet
from fields.persons import ID_LABELS
from fields.registry import Found
from fields.schooling import DEGREE, period_of
from fields.stream import Stream, stream
from fields.values import id_number, labelled, number_text, plain_text

_NUMBERS = words("认证书编号 证书编号 认证编号 认证书号 编号")
_COUNTRIES = words("国家/地区 国家(地区) 留学国家 留学国别 国别")
_SCHOOLS = words("颁证院校 毕业院校 就读院校 学校名称 院校名称 颁发机构")
_COUNTRY = (
    "英国|美国|澳大利亚|加拿大|新西兰|德国|法国|日本|韩国|俄罗斯|新加坡|意大利|荷兰|西班牙|爱尔兰|瑞典|瑞士|"
    "比利时|丹麦|芬兰|挪威|奥地利|波兰|乌克兰|白俄罗斯|马来西亚|泰国|菲律宾|印度|香港|澳门|台湾"
)
_SCHOOL = re.compile(
    rf"(?P<country>(?:中国)?(?:{_COUNTRY})(?:特别行政区|地区)?)?"
    r"(?P<school>[\u3400-\u9fff·]{2,20}?(?:大学|学院|学校|研究院))[(（]?(?:[A-Z][A-Za-z]|[)）])?"
)
_STUDIED = re.compile(r"(?:在|赴|于)(?=[\u3400-\u9fff·]{2,30}?(?:大学|学院|学校))")
_OWN_NUMBER = re.compile(r"教留服认[\u3400-\u9fff]{0,3}[\[(〔【]\d{4}[\])〕】]\d{3,6}号?")
_GAINED = re.compile(rf"(?:获得?|颁发的?|授予)(?:该校)?(?:颁发的)?({DEGREE})")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name country school degree start graduated number issuer issue_date``."""
    text = stream(sheets)
    start, end = period_of(text)
    country, school = _studied(text)
    gained = _GAINED.search(text.text)
    own: dict[str, Field | None] = {
        "country": country or labelled(sheets, _COUNTRIES, plain_text),
        "school": school or labelled(sheets, _SCHOOLS, plain_text),
        "degree": text.field(gained.group(1), *gained.span(1), 0.93) if gained else None,
        "start": start,
        "graduated": end,
        "number": labelled(sheets, _NUMBERS, number_text) or _number(text),
        "issuer": issuer_of(sheets),
        "employer": None,
        "id_number": labelled(sheets, ID_LABELS, id_number),
    }
    return found(sheets, own)


def _studied(text: Stream) -> tuple[Field | None, Field | None]:
    """“在英国样例大学（University of …）学习”."""
    for at in _STUDIED.finditer(text.text):
        told = _SCHOOL.match(text.text, at.end())
        if told and not re.match(r"本校|我校", told["school"]):
            country = text.field(told["country"], *told.span("country"), 0.93) if told["country"] else None
            return country, text.field(told["school"], *told.span("school"), 0.92)
    return None, None


def _number(text: Stream) -> Field | None:
    """教留服认英[2014]01234号, where it stands without a label."""
    told = _OWN_NUMBER.search(text.text)
    return text.field(told.group(), *told.span(), 0.92) if told else None


TOLD = Told(
    EvidenceKind.FOREIGN_DEGREE_CERTIFICATION,
    r"国\(?[（(]?境[)）]?\)?外学[历位].{0,6}认证|国外学[历位].{0,6}认证|[港澳台]{1,3}(?:地区)?学[历位].{0,8}认证|"
    r"留学服务中心|学[历位].{0,4}认证书",
    (r"留学服务中心|教育部", r"认证", r"学位|学历", r"国|境外"),
    (
        (r"留学服务中心", 0.4),
        (r"经核查|经认证|表明其具有相应", 0.3),
        (r"教留服认|认证书编号", 0.35),
        (r"高等教育机构|正规高等|颁发的.{0,12}学位证书", 0.25),
        (r"University|College|Institute", 0.1),
    ),
    r"申请表|须知|学信网",
)
READERS = (reader(TOLD, read),)
