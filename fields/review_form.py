"""评审表: for which title, the platform's watermark, and the places to be stamped."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from domain.facts import Field
from domain.geometry import Box, Where
from domain.kinds import EvidenceKind
from domain.reading import Line, PageReading
from fields.by_title import Told, found, reader
from fields.labels import words
from fields.layout import Sheet
from fields.positions import position_or_post
from fields.registry import Found
from fields.seal_places import places
from fields.values import labelled

_APPLIED = words("申报资格名称 申报资格 拟评审资格 评审资格 申报职称 申报专业技术资格 申报何种资格 拟评资格")
_HELD = words("现任专业技术职务 现任专业技术资格 现专业技术资格 现有资格 现任资格 现职称 现任职务")
_LEANS = math.radians(12)
"""Print that leans further than this is no skewed scan: it was laid across the page."""
_PLATFORM = re.compile(r"平台|系统|服务网|管理服务|水印|评审|申报")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name employer title applied_title watermark``; rows ``place``."""
    own = {
        "title": labelled(sheets, _HELD, position_or_post),
        "applied_title": labelled(sheets, _APPLIED, position_or_post),
        "watermark": watermark(sheet.page for sheet in sheets),
    }
    return found(sheets, own, places(sheets))


def watermark(pages: Iterable[PageReading]) -> Field | None:
    """Words laid aslant across a page: the longest such line, surest where several say the same."""
    for page in pages:
        leaning = [line for line in page.lines if _leans(line, page) and len(line.text.strip()) >= 4]
        if not leaning:
            continue
        best = max(leaning, key=lambda line: (bool(_PLATFORM.search(line.text)), len(line.text)))
        sure = best.confidence * (0.95 if len(leaning) > 1 or _PLATFORM.search(best.text) else 0.7)
        box = Box.around(line.box for line in leaning)
        return Field(
            value=best.text.strip(), raw=best.raw, confidence=sure, where=Where(page=page.number, box=box)
        )
    return None


def _leans(line: Line, page: PageReading) -> bool:
    top_left, top_right, _, _ = line.quad.points
    across = (top_right.x - top_left.x) * max(page.width, 1)
    down = (top_right.y - top_left.y) * max(page.height, 1)
    angle = abs(math.atan2(down, across))
    return _LEANS < angle < math.pi / 2 - _LEANS


TOLD = Told(
    EvidenceKind.REVIEW_FORM,
    r"(?:评审|评定|评议|评聘|资格审查|任职资格.{0,6}(?:申报|推荐)|职称(?:申报|推荐|评审)).{0,6}表|推荐表$|申报表$|"
    r"专业技术(?:职务)?任职资格评审表|申报评审表",
    (r"评审|评定|推荐", r"任职资格|职称", r"工作经历|简历|学习经历", r"意见", r"姓名"),
    (
        (r"评审(?:组织|委员会|组|结果)|评委会|专业组意见|表决结果|赞成票?", 0.3),
        (r"(?:工作|学习|教育)(?:简历|经历)|主要(?:专业技术)?工作(?:业绩|经历)", 0.2),
        (r"申报(?:资格|专业|职称|人)|拟评(?:审)?资格|任职资格", 0.2),
        (r"破格|外语|计算机|继续教育情况|考核情况|论文论著", 0.1),
        (r"(?:单位|主管部门|人社部门|呈报部门).{0,4}意见", 0.2),
    ),
    r"花名册|岗位信息|破格|量化|举荐|公示|汇总|委托|承诺|一览|保证|考核",
    goes_on=True,
)
READERS = (reader(TOLD, read),)
