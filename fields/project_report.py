"""项目报告: cover and signature page: which project, by whom it was drawn up, who took which part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.labels import words
from fields.layout import Sheet
from fields.organisations import unit_at
from fields.paper_names import author_list
from fields.registry import Found
from fields.titles import size
from fields.values import field, labelled, person_name, plain_text, row

_PROJECTS = words("项目名称 工程名称 课题名称")
_CLIENTS = words("建设单位 委托单位 业主单位 业主 项目单位")
_AUTHORS = words(
    "编制单位 设计单位 报告编制单位 承担单位 咨询单位 勘察单位 评价单位 检测单位 完成单位 编写单位"
)
_NUMBERS = words("报告编号 项目编号 工程编号 档案编号 编号")
_ROLES = words(
    """
    项目负责人 工程负责人 技术负责人 项目经理 总工程师 法定代表人 法人代表 专业负责人 报告编写人 报告编写
    编写人员 编写人 编制人员 编制人 主要编制人员 执笔人 执笔 编写 编制 设计人 设计 校对人 校对 校核人
    校核 复核 审核人 审核 审定人 审定 批准人 批准 总负责人 项目组成员 参加人员
    """
)
_TITLE = (
    r"(?:可行性研究|研究|设计|技术|勘察|检测|监测|评估|评价|影响|论证|工作|鉴定|验收|项目|施工组织|总结|规划)"
    r".{0,8}(?:报告(?:书|表)?|方案|说明书?|设计)$"
)


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``project report client author_unit number issue_date``; rows ``person``: role, name."""
    own: dict[str, Field | None] = {
        "project": labelled(sheets, _PROJECTS, plain_text) or _project(sheets),
        "report": _report(sheets),
        "client": unit_at(sheets, _CLIENTS),
        "author_unit": unit_at(sheets, _AUTHORS),
        "number": labelled(sheets, _NUMBERS, plain_text),
        "name": None,
        "employer": unit_at(sheets, _AUTHORS),
    }
    return found(sheets, own, tuple(_persons(sheets)))


def _report(sheets: Sequence[Sheet]) -> Field | None:
    """The line of the title that says what sort of report it is."""
    for sheet in sheets[:1]:
        lines = [span for span in sheet.spans if re.search(_TITLE, span.flat) and len(span.flat) <= 40]
        if lines:
            best = max(lines, key=size)
            return field(best.flat, best, 0.9)
    return None


def _project(sheets: Sequence[Sheet]) -> Field | None:
    """Large lines over the sort of report: the project's name, where no label gives it."""
    for sheet in sheets[:1]:
        kind = _report((sheet,))
        if kind is None or kind.where.box is None:
            continue
        low = kind.where.box.top
        above = [
            span
            for span in sheet.spans
            if span.box.bottom <= low + 0.01
            and size(span) >= 1.2 * sheet.text_height
            and not re.search(r"编号|[:：]", span.flat)
        ]
        if above:
            value = "".join(span.flat for span in above)
            return field(value, above[0], 0.75)
    return None


def _persons(sheets: Sequence[Sheet]) -> list[Row]:
    """Names beside 项目负责人, 编写, 校核, 审定 …: a role may have several."""
    rows: list[Row] = []
    for sheet in sheets:
        for span in sheet.spans:
            head = re.match(rf"({'|'.join(_ROLES)})(?:[(（][^()（）]{{0,6}}[)）])?[:：]*(.*)$", span.flat)
            if head is None:
                continue
            role = field(head.group(1), span.flat_part(*head.span(1)), 0.95)
            rest = head.group(2)
            if rest:
                part = span.flat_part(head.start(2), head.end(2))
                for text in author_list(part.text):
                    rows.append(row("person", {"role": role, "name": field(text, part, 0.9)}))
                continue
            for other in sheet.right_of(span):
                if re.match("|".join(_ROLES), other.flat) or not person_name(other.flat):
                    break
                if len(other.flat) <= 4:
                    rows.append(row("person", {"role": role, "name": field(other.flat, other, 0.88)}))
    return rows


TOLD = Told(
    EvidenceKind.PROJECT_REPORT,
    _TITLE,
    (r"项目|工程", r"报告|方案|设计", r"编制|审核|审定|批准|项目负责人", r"建设单位|委托单位|编制单位"),
    (
        (r"(?:编制|设计|勘察|评价|咨询|承担|检测)单位", 0.3),
        (r"(?:建设|委托|业主)单位", 0.2),
        (r"(?:项目|工程|技术|专业)负责人", 0.2),
        (r"审定|校核|校对|执笔|编写", 0.25),
        (r"可行性研究|资质(?:证书|等级)|工程(?:设计|咨询|勘察)", 0.15),
    ),
    r"评审|考核|继续教育|公示|论文|学时",
    goes_on=True,
)
READERS = (reader(TOLD, read),)
