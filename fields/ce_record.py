"""继续教育: 学时登记证明, 登记手册, 合格证明. Hours by year and category, courses, whose and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.by_title import with_tells
from fields.ce_prose import prose_rows
from fields.ce_tables import table_rows
from fields.hours import year_of
from fields.issuance import issue_date_of, issuer_of
from fields.labels import words
from fields.layout import Sheet
from fields.persons import person_fields
from fields.registry import Found, KindReader, Score
from fields.stream import stream
from fields.titles import has_title, score, title_rows
from fields.values import field, labelled

_TITLE = (
    r"继续教育.{0,14}(?:证明|证书|登记|记录|情况|汇总|手册|合格|学时|档案|清单)|学[时吋].{0,6}(?:登记|证明|证书|汇总|记录)|"
    r"(?:公需|专业|必修)科目.{0,12}(?:合格|证明|证书|结业|成绩)|继续教育(?:证书)?$"
)
_AGAINST = r"评审表|花名册|申报表|推荐表|评定表|承诺书|保证书|通知"
_WORDS = (r"学[时吋]|课时", r"专业科目|公需科目|公需", r"继续教育", r"登记|学习|培训", r"(?:19|20)\d\d年?度?")
_YEAR_LABELS = words("继续教育年度 登记年度 学习年度 所属年度 培训年度 学时年度 年度 年份")
_YEAR_IN_TITLE = re.compile(r"((?:19|20)\d\d)年?度?")
_TABLE_SURER = 0.9


_TELLS = (
    (r"学时登记|登记学时|继续教育(?:登记|学时|证明|情况)", 0.3),
    (r"公需(?:科目|课)|行业公需|一般公需", 0.3),
    (r"专业科目|专业课", 0.2),
    (r"学时|课时", 0.2),
    (r"培训|学习(?:年度|内容|时间)|课程", 0.1),
)


def _score(sheet: Sheet) -> Score:
    found = with_tells(score(sheet, _TITLE, words=_WORDS, against=_AGAINST), sheet, _TELLS)
    return (
        found if found.value else score(sheet, r"继续教育证明", words=_WORDS[:3]) if _bare(sheet) else found
    )


def _bare(sheet: Sheet) -> bool:
    """No title, but hours of the categories stand there."""
    return not has_title(sheet, _AGAINST) and bool(table_rows([sheet]) or prose_rows([sheet]))


def _read(sheets: tuple[Sheet, ...]) -> Found:
    tabled = table_rows(sheets)
    listed = any(row.kind == "course" for row in tabled)
    rows = _with_year(_merged(tabled, prose_rows(sheets, boxed=not listed)), page_year(sheets))
    fields = person_fields(sheets)
    for name, found in (("issuer", issuer_of(sheets)), ("issue_date", issue_date_of(sheets))):
        if found:
            fields[name] = found
    if "employer" in fields and "issuer" in fields and fields["issuer"].where == fields["employer"].where:
        del fields["issuer"]
    return Found(fields, tuple(rows))


def _merged(tabled: Sequence[Row], told: Sequence[Row]) -> list[Row]:
    """Rows of tables, completed by what sentences say of the same year; a table is the surer source."""
    rows = list(tabled)
    for record in told:
        place = _same_year(rows, record)
        if place is None:
            rows.append(record)
        else:
            rows[place] = rows[place].model_copy(update={"fields": {**record.fields, **rows[place].fields}})
    return _joined(rows)


def _joined(rows: Sequence[Row]) -> list[Row]:
    """Rows of one year (or of no year) that name different categories make one record."""
    out: list[Row] = []
    for row in rows:
        place = _same_year(out, row) if row.kind == "hours_year" else None
        shared = set(row.fields) & set(out[place].fields) - {"year"} if place is not None else {"all"}
        if place is not None and not shared:
            out[place] = out[place].model_copy(update={"fields": {**row.fields, **out[place].fields}})
        else:
            out.append(row)
    return out


def _same_year(rows: Sequence[Row], record: Row) -> int | None:
    year = record.get("year")
    hours = [place for place, row in enumerate(rows) if row.kind == "hours_year"]
    for place in hours:
        other = rows[place].get("year")
        if (other and year and other.value == year.value) or (not other and not year):
            return place
    if len(hours) == 1 and (year is None or rows[hours[0]].get("year") is None):
        return hours[0]
    return None


def _with_year(rows: Sequence[Row], year: Field | None) -> list[Row]:
    """The page's one year for rows that name none; a day without one (“--02-11”) gets its row's, or goes."""
    filled = []
    for row in rows:
        fields = dict(row.fields)
        if year is not None:
            fields.setdefault("year", year)
        for name in ("start", "end"):
            if name in fields and fields[name].text.startswith("-"):
                day = fields.pop(name)
                if "year" in fields:
                    value = f"{fields['year'].value}{day.text[1:]}"
                    fields[name] = day.model_copy(update={"value": value})
        filled.append(row.model_copy(update={"fields": fields}))
    return filled


def page_year(sheets: Sequence[Sheet]) -> Field | None:
    """The one year that the page is about: of its title, of a label, else the only 20xx年度 in its text."""
    for sheet in sheets:
        for text, strength in title_rows(sheet):
            found = _YEAR_IN_TITLE.search(text)
            if found and strength >= 0.75 and re.search(r"继续教育|学[时吋]|年度", text):
                at = _place(sheet, found.group())
                if at:
                    return at
    labelled_year = labelled(sheets, _YEAR_LABELS, _year)
    if labelled_year:
        return labelled_year
    whole = stream(sheets)
    every = list(re.finditer(r"(?<!\d)((?:19|20)\d\d)年?度", whole.text))
    if len({found.group(1) for found in every}) == 1:
        return whole.field(int(every[0].group(1)), *every[0].span(1), _TABLE_SURER)
    return None


def _year(text: str) -> tuple[int, int, int] | None:
    found = re.match(r"[(（]?((?:19|20)\d\d)(?!\d)年?度?(?!\d)", text)
    value = year_of(found.group(1)) if found else None
    return (value, *found.span(1)) if found and value else None


def _place(sheet: Sheet, piece: str) -> Field | None:
    for span in sheet.spans:
        at = span.flat.find(piece)
        value = year_of(piece)
        if at >= 0 and value:
            return field(value, span.flat_part(at, at + 4), 0.97)
    return None


def _begins(sheet: Sheet) -> bool:
    return has_title(sheet, _TITLE)


def _continues(before: Sheet, sheet: Sheet) -> bool:
    """A list of courses that goes on without a title."""
    more = len(table_rows([before, sheet])) > len(table_rows([before]))
    return not has_title(sheet, _AGAINST) and (more or bool(table_rows([sheet])))


READERS = (KindReader(EvidenceKind.CE_RECORD, _score, _read, _begins, _continues),)
