"""Print of the press authority's journal query (期刊查询): that a journal exists, with its numbers."""

from __future__ import annotations

import re

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.layout import Sheet
from fields.paper_fields import made_of, place
from fields.paper_identity import bare_name, identity
from fields.paper_labels import count, labelled
from fields.paper_numbers import cns, issns
from fields.paper_tables import Record, records
from fields.registry import Found, KindReader, Score
from fields.signatures import signed_at

_TITLE = re.compile(
    r"期刊(?:信息)?查询|期刊/?期刊社查询|出版物查询|从业机构和产品查询|新闻出版机构查询|期刊名单|学术期刊认定"
)
_AUTHORITY = re.compile(r"新闻出版(?:总署|署|广电总局|局)|国家新闻出版|(?i:nppa)\.gov")
_IMPRINT = re.compile(r"地址|邮编|邮政编码|定价|印刷|发行|编辑部|电话|主编")
_QUERY = re.compile(r"查询(?:结果|条件)?|搜索|检索|详情")


def score(sheet: Sheet) -> Score:
    """The authority's or the query's name with the columns of a register."""
    text = sheet.text
    labels = count(sheet, "journal", "cn", "issn", "sponsor", "supervisor", "publisher")
    numbers = bool(re.search(r"\d{2}-\d{4}", text))
    listed = bool(records(sheet, ("journal",)))
    value = (
        0.45 * bool(_TITLE.search(text))
        + 0.2 * bool(_AUTHORITY.search(text))
        + 0.1 * bool(_QUERY.search(text))
    )
    if _AUTHORITY.search(text) and labels >= 3 and numbers and not _IMPRINT.search(text):
        value += 0.3  # a print whose head was cut off
    if value < 0.25:
        return Score(0.1 if listed else 0.0)
    value += 0.07 * min(labels, 4) + 0.1 * numbers + 0.1 * listed
    return Score(round(min(value, 0.95), 3), (f"{labels} labels", f"numbers={numbers}"))


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``journal issn cn sponsor signed``; rows ``result`` where several journals are listed."""
    rows = tuple(_result(record) for sheet in sheets for record in records(sheet, ("journal",)))
    rows = tuple(row for row in rows if "journal" in row.fields)
    fields: dict[str, Field] = dict(rows[0].fields) if rows else {}
    for name in ("journal", "sponsor", "supervisor", "publisher"):
        found = labelled(sheets, name) if name not in fields else None
        if found and len(found.text) >= 2:
            fields[name] = (
                found.model_copy(update={"value": bare_name(found.text)}) if name == "journal" else found
            )
    for name, value in identity(sheets).items():
        if name in ("issn", "cn"):
            fields.setdefault(name, value)
    signed = signed_at(sheets)
    return Found(fields=fields | ({"signed": signed} if signed else {}), rows=rows)


def _result(record: Record) -> Row:
    fields: dict[str, Field] = {}
    for name in ("journal", "sponsor", "publisher", "supervisor"):
        spans = record.get(name)
        if spans:
            text = "".join(span.flat for span in spans)
            fields[name] = made_of(spans, bare_name(text) if name == "journal" else text, 0.95)
    for name, label, numbers in (("issn", "ISSN", issns), ("cn", "CN", cns)):
        spans = record.get(name)
        found = (
            numbers(label + re.sub(rf"^{label}", "", "".join(span.flat for span in spans))) if spans else []
        )
        if spans and found:
            fields[name] = made_of(spans, found[0].value, 0.97)
    return Row(
        kind="result", fields=fields, where=place([span for spans in record.values() for span in spans])
    )


READERS = (KindReader(kind=EvidenceKind.JOURNAL_QUERY, score=score, read=read),)
