"""花名册: a list of several applicants; it is no one's own, so only its date is read."""

from __future__ import annotations

from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.layout import Sheet
from fields.registry import Found
from fields.seal_places import places


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``issue_date`` and what else of a person stands there once; rows ``place``."""
    return found(sheets, rows=places(sheets))


TOLD = Told(
    EvidenceKind.ROSTER,
    r"花名册|人员名册|名册$|(?:申报|评审|推荐)人员(?:情况)?(?:一览|汇总|名单)表?",
    (r"序号", r"姓名", r"单位", r"专业|资格", r"考核"),
    (
        (r"序号", 0.2),
        (r"申报(?:资格|专业|职称)|现(?:任)?资格|拟评", 0.15),
        (r"参加工作时间|取得(?:资格)?时间|逐年考核|考核结果", 0.15),
        (r"\d{4}合格[\s\S]*\d{4}合格[\s\S]*\d{4}合格", 0.2),
    ),
    r"公示",
    goes_on=True,
)
READERS = (reader(TOLD, read),)
