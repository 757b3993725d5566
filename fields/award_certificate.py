"""获奖证书: what for, which prize and grade, who is named, from whom, when."""

from __future__ import annotations

import re

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.issuance import issuer_of
from fields.labels import words
from fields.layout import Sheet
from fields.persons import name_of
from fields.registry import Found
from fields.stream import Stream, stream
from fields.values import labelled, number_text, person_name, plain_text

_PROJECTS = words("项目名称 成果名称 获奖项目 获奖成果 工程名称 获奖作品 作品名称")
_PRIZES = words("奖励名称 获奖名称 奖项名称 奖励类别 奖项")
_GRADES = words("奖励等级 获奖等级 等级 奖励级别 获奖等次")
_HOLDERS = words("获奖者 获奖人 获奖个人 完成人 主要完成人 获奖人员 姓名")
_NUMBERS = words("证书编号 证书号 奖状编号 编号")
_GRADE = re.compile(r"(特等奖|[一二三四]等奖|金奖|银奖|铜奖|优秀奖|优胜奖|入围奖|鼓励奖)")
_PRIZE = re.compile(
    r"(?:荣获|获得?|授予|被评为|评为|评选为)[:：]?[“\"《]?((?:19|20)?\d{0,4}年?度?[\u3400-\u9fffA-Za-z()（）·\-—“”\"]{2,40}?"
    r"(?:奖(?!状|励)|称号|先进工作者|先进个人|优秀[\u3400-\u9fff]{1,8}|能手|标兵|模范|工匠|工程))(?=[”\"》]|[特一二三四]等|称号|[金银铜]奖|[。,，;；!！]|特发|以资|$)"
)
_HONOUR = re.compile(r"[“\"]([^“”\"]{3,40})[”\"](?:荣誉)?称号")
_CONTEST = re.compile(r"在([\u3400-\u9fffA-Za-z\d“”\"]{4,40}?(?:评比|评选|竞赛|比赛|大赛|评审|活动|考核))中")
_QUOTED = re.compile(r"[《“\"]([^《》“”\"]{4,60})[》”\"]")
_RANK = re.compile(r"(?:排名|第|位次)[:：]?第?(\d{1,2}|[一二三四五六七八九十])(?:完成人|位|名|/\d+)?")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name award grade project rank number issuer issue_date``."""
    text = stream(sheets)
    own: dict[str, Field | None] = {
        "name": labelled(sheets, _HOLDERS, person_name) or name_of(sheets),
        "award": _prize(text) or labelled(sheets, _PRIZES, plain_text),
        "grade": _grade(text) or labelled(sheets, _GRADES, plain_text),
        "project": labelled(sheets, _PROJECTS, plain_text) or _project(text),
        "rank": _rank(text),
        "number": labelled(sheets, _NUMBERS, number_text),
        "issuer": issuer_of(sheets),
    }
    return found(sheets, own)


def _prize(text: Stream) -> Field | None:
    """“…荣获…奖”; a title of honour in quotation marks; where only the grade is named, the contest."""
    honour = _HONOUR.search(text.text)
    if honour:
        return text.field(honour.group(1), *honour.span(1), 0.92)
    told = _PRIZE.search(text.text)
    contest = _CONTEST.search(text.text)
    if contest and (told is None or _GRADE.fullmatch(told.group(1))):
        return text.field(contest.group(1), *contest.span(1), 0.88)
    return text.field(told.group(1).strip('“”"'), *told.span(1), 0.9) if told else None


def _grade(text: Stream) -> Field | None:
    told = _GRADE.search(text.text)
    return text.field(told.group(1), *told.span(1), 0.95) if told else None


def _project(text: Stream) -> Field | None:
    """What stands in quotation marks: a work's name."""
    told = _QUOTED.search(text.text) if not _HONOUR.search(text.text) else None
    return text.field(told.group(1), *told.span(1), 0.88) if told else None


def _rank(text: Stream) -> Field | None:
    told = _RANK.search(text.text)
    if not told or not re.search(r"完成人|排名|位次", told.group() + text.text[told.end() : told.end() + 4]):
        return None
    number = told.group(1)
    rank = "一二三四五六七八九十".index(number) + 1 if not number.isdigit() else int(number)
    return text.field(rank, *told.span(1), 0.9)


TOLD = Told(
    EvidenceKind.AWARD_CERTIFICATE,
    r"获奖证书|荣誉证书|奖状|奖励证书|表彰|授予.{0,20}(?:称号|奖)|(?:进步|成果)奖|优质工程|[一二三]等奖|专利证书|获奖",
    (r"等奖|优秀奖|金奖|银奖|称号|先进|优秀", r"授予|荣获|获得|颁发", r"特发此证|以资鼓励|证书", r"奖"),
    (
        (r"荣获|获得.{0,30}奖|授予.{0,30}(?:称号|奖)|被评为", 0.4),
        (r"特发此证|特颁此证|以资鼓励|以兹鼓励|特此表彰|予以表彰", 0.3),
        (r"[特一二三]等奖|[金银铜]奖|优秀奖|先进工作者|先进个人", 0.25),
        (r"获奖(?:项目|者|人|单位|等级)|奖励等级|完成人", 0.3),
    ),
    r"评审表|继续教育|学时|任职资格证|量化|举荐",
)
READERS = (reader(TOLD, read),)
