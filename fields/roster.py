"""花名册: a list of several applicants, one a row; no value of it is the document's own but its date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.by_title import Told, reader
from fields.issuance import issue_date_of
from fields.layout import Sheet
from fields.paper_fields import made_of
from fields.registry import Found
from fields.seal_places import places
from fields.spans import flat
from fields.tables import Table, TableRow, continued, tables

_HEADERS: dict[str, re.Pattern[str]] = {
    "name": re.compile(r"姓名"),
    "employer": re.compile(r"(?:所在|工作|申报|现)?单位(?:名称|全称)?(?!考核|意见)"),
    "born": re.compile(r"出生(?:年月日?|日期)"),
    "category": re.compile(r"(?:申报)?(?:专业)?类别"),
    "obtained": re.compile(r"(?:现(?:任)?(?:职称|资格|职务)?)?(?:取得|获得|评定)(?:时间|年月|日期)"),
    "appointed": re.compile(r"(?:首次)?聘任(?:时间|年月|日期)"),
    "results": re.compile(r"(?:单位|年度|逐年)?考核(?:情况|结果)?"),
    "remark": re.compile(r"备注"),
}
_ANCHORS = ("born", "obtained", "appointed", "name")
_NAME = re.compile(r"[\u3400-\u9fff·]{2,12}")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``issue_date``; rows ``listed`` as they were filled in (name, employer, born, category, obtained,
    appointed, results, remark: their form is what is judged, so they keep it), and ``place``."""
    dated = issue_date_of(sheets)
    return Found({"issue_date": dated} if dated else {}, (*_persons(sheets), *places(sheets)))


def _persons(sheets: tuple[Sheet, ...]) -> Iterator[Row]:
    last: Table | None = None
    for sheet in sheets:
        parts = tables(sheet, _HEADERS, _ANCHORS, least=3)
        if not parts and last is not None:
            following = continued(sheet, last, _ANCHORS)
            parts = (following,) if following else ()
        for table in parts:
            if {"name"} < table.names:
                last = table
                yield from (_row(row) for row in table.rows if _NAME.fullmatch(row.text("name")))


def _row(row: TableRow) -> Row:
    fields: dict[str, Field] = {
        name: made_of(spans, "".join(flat(span.text) for span in spans))
        for name in _HEADERS
        if (spans := row.spans(name))
    }
    return Row(kind="listed", fields=fields, where=row.where)


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
