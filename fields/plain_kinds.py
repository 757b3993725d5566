"""Kinds that are told by their title and words, and of which only whose they are and their date are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.issuance import issue_date_of
from fields.layout import Sheet
from fields.persons import person_fields
from fields.registry import Found, KindReader, Score
from fields.titles import has_title, score

_BY_WORDS = 0.35
"""Their words stand on many forms: only all of them together say something."""


@dataclass(frozen=True, slots=True)
class PlainKind:
    """``title``: pattern of its title; ``words``: what else such a page holds; ``against``: other titles."""

    kind: EvidenceKind
    title: str
    words: tuple[str, ...] = ()
    against: str = ""
    goes_on: bool = False
    """It fills several pages, of which only the first has the title."""


PLAIN_KINDS: tuple[PlainKind, ...] = (
    PlainKind(
        EvidenceKind.EDUCATION_CERTIFICATE,
        r"毕业证书?$|学位证书?$|学历证书|结业证书|肄业证书|普通高等学校|成人高等教育|硕士学位|博士学位|学士学位|毕业生登记表",
        (r"毕业|学位", r"学习|修业|学制", r"大学|学院|学校", r"校\(?院?\)?长|学位评定", r"专业"),
        r"认证|备案表|查询|验证|培训|继续教育|公需",
    ),
    PlainKind(
        EvidenceKind.EDUCATION_QUERY,
        r"学历证书电子注册备案表|学信网|学[历位](?:验证|查询|认证)|"
        r"电子注册备案|学籍(?:验证|在线)|学位网|中国高等教育(?:学历|学位|学生信息)",
        (r"验证码|查询", r"学信网|chsi|学位网|学位与研究生", r"毕业|学位", r"层次|学历类别|学习形式"),
        r"国\(?境\)?外",
    ),
    PlainKind(
        EvidenceKind.FOREIGN_DEGREE_CERTIFICATION,
        r"国\(?[（(]?境[)）]?\)?外学[历位].{0,6}认证|国外学[历位].{0,6}认证|港澳台学[历位].{0,8}认证|留学服务中心|国外学历学位认证书",
        (r"留学服务中心|教育部", r"认证", r"学位|学历", r"国|境外"),
    ),
    PlainKind(
        EvidenceKind.SOCIAL_SECURITY_PROOF,
        r"(?:社会保险|社保|养老保险|参保).{0,12}(?:证明|缴费|清单|记录|明细|凭证|查询)|参保(?:证明|缴费)",
        (r"养老保险|社会保险|社保", r"缴费|参保", r"基数|险种|月数|个人编号", r"起止|年月|\d{6}"),
    ),
    PlainKind(
        EvidenceKind.POST_INFORMATION_FORM,
        r"岗位信息表|岗位(?:情况|设置).{0,6}(?:信息|情况)?表",
        (r"岗位", r"核定|聘用|空缺", r"事业单位", r"主管部门|人力社保|人事"),
        goes_on=True,
    ),
    PlainKind(
        EvidenceKind.EXCEPTIONAL_PROMOTION_FORM,
        r"破格.{0,10}(?:审批|申报|推荐|申请|呈报)?表|破格(?:申报|评审)",
        (r"破格", r"审批|意见", r"主管部门", r"业绩|条件"),
        goes_on=True,
    ),
    PlainKind(
        EvidenceKind.REVIEW_FORM,
        r"(?:评审|评定|评议|评聘|资格审查|任职资格.{0,6}(?:申报|推荐)|职称(?:申报|推荐|评审)).{0,6}表|推荐表$|申报表$|"
        r"专业技术(?:职务)?任职资格评审表|申报评审表",
        (r"评审|评定|推荐", r"任职资格|职称", r"工作经历|简历|学习经历", r"意见", r"姓名"),
        r"花名册|岗位信息|破格|量化|举荐|公示|汇总|委托|承诺|一览",
        goes_on=True,
    ),
    PlainKind(
        EvidenceKind.ROSTER,
        r"花名册|人员名册|名册$|(?:申报|评审|推荐)人员(?:情况)?(?:一览|汇总|名单)表?",
        (r"序号", r"姓名", r"单位", r"专业|资格", r"考核"),
        r"公示",
        goes_on=True,
    ),
    PlainKind(
        EvidenceKind.EXPERT_RECOMMENDATION,
        r"专家.{0,8}(?:举荐|推荐|荐举).{0,6}(?:意见|表|书|信)?|(?:举荐|推荐)(?:意见书?|信|书)$|同行专家",
        (r"举荐|推荐", r"专家", r"正高|教授|高级", r"意见", r"签名|签字"),
        r"评审表",
    ),
    PlainKind(
        EvidenceKind.QUANTITATIVE_ASSESSMENT,
        r"量化.{0,6}(?:评价|评分|考核|测评|打分|评审).{0,4}|(?:评价|评分|自评|打分)(?:标准)?表$|量化表",
        (r"量化|评分|得分|分值", r"自评|评价", r"项目|指标", r"合计|总分"),
    ),
    PlainKind(
        EvidenceKind.TRUTHFULNESS_COMMITMENT,
        r"(?:真实性?|诚信|个人|申报|单位).{0,8}(?:保证书|承诺书?|声明)|承诺书$|保证书$|诚信(?:申报|承诺)|真实性",
        (r"承诺|保证", r"真实|属实|准确", r"弄虚作假|责任|后果|法律", r"签名|签字|承诺人|保证人"),
    ),
    PlainKind(
        EvidenceKind.PUBLICITY_RESULT,
        r"公示(?:情况|结果|证明|说明|报告|名单|书|材料|$)|关于.{0,40}公示",
        (r"公示", r"异议|反映|举报", r"工作日|公示期|时间", r"单位|人事"),
        r"评审表",
    ),
    PlainKind(
        EvidenceKind.AWARD_CERTIFICATE,
        r"获奖证书|荣誉证书|奖状|奖励证书|表彰|授予.{0,20}(?:称号|奖)|(?:进步|成果)奖|优质工程|[一二三]等奖|专利证书|获奖",
        (r"等奖|优秀奖|金奖|银奖|称号|先进|优秀", r"授予|荣获|获得|颁发", r"特发此证|以资鼓励|证书", r"奖"),
        r"评审表|继续教育|学时|任职资格证",
    ),
    PlainKind(
        EvidenceKind.PROJECT_REPORT,
        r"(?:可行性研究|研究|设计|技术|勘察|检测|监测|评估|环境影响|工作|鉴定|验收|项目|施工组织|总结).{0,8}(?:报告(?:书|表)?|方案|说明书|设计)$",
        (r"项目|工程", r"报告|方案|设计", r"编制|审核|审定|批准|项目负责人", r"建设单位|委托单位|编制单位"),
        r"评审|考核|继续教育|公示|论文|学时",
        goes_on=True,
    ),
    PlainKind(
        EvidenceKind.ENTRUSTMENT_LETTER,
        r"委托(?:评审)?(?:函|书|协议|证明)|委托评审",
        (r"委托", r"评审|代为|代理", r"人力资源|人力社保|职称|评委会|评审委员会"),
    ),
)  # fmt: skip


def _score(told: PlainKind, sheet: Sheet) -> Score:
    return score(sheet, told.title, words=told.words, against=told.against, by_words=_BY_WORDS)


def _begins(told: PlainKind, sheet: Sheet) -> bool:
    return has_title(sheet, told.title)


def _continues(told: PlainKind, _: Sheet, sheet: Sheet) -> bool:
    return told.goes_on and len(sheet.text) > 40


def read_plain(sheets: tuple[Sheet, ...]) -> Found:
    """name, id_number, employer, issue_date: those that can be read."""
    fields: dict[str, Field] = person_fields(sheets)
    issued = issue_date_of(sheets)
    return Found(fields | ({"issue_date": issued} if issued else {}))


READERS = tuple(
    KindReader(
        told.kind, partial(_score, told), read_plain, partial(_begins, told), partial(_continues, told)
    )
    for told in PLAIN_KINDS
)
