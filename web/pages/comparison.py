"""Declared and read values side by side, for a person to compare: nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from domain.declaration import Declaration
from domain.facts import Facts, Field, Row
from domain.geometry import Box
from domain.kinds import PAPER_PARTS, EvidenceKind
from domain.review import EvidenceFile
from matching.text import bare
from report.privacy import Privacy
from report.words import FIELDS

_Item = TypeVar("_Item")
_DATE = re.compile(r"\d{4}(-\d{2}){1,2}")
_Told = Mapping[str, object]
"""Declared values by the name of the field that they are read as."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One value. ``declared`` is empty where nothing was declared that it could be held against."""

    label: str
    declared: str
    read: str
    differs: bool
    page: int
    box: Box | None
    confidence: float


def compared(
    file: EvidenceFile, declaration: Declaration | None, about: str, privacy: Privacy
) -> Iterator[Compared]:
    """Every value that was read off the file, beside what was declared of the same thing."""
    pointed = about or (file.declared.about if file.declared else None) or ""
    for facts in file.document.facts:
        told = _of_document(facts, declaration, pointed)
        for name, field in facts.fields.items():
            yield _one(FIELDS.get(name, name), name, field, told, privacy)
        for number, row in enumerate(facts.rows, start=1):
            of_row = _of_row(row, declaration)
            for name, field in row.fields.items():
                yield _one(f"{number}. {FIELDS.get(name, name)}", name, field, of_row, privacy)


def _one(label: str, name: str, field: Field, told: _Told, privacy: Privacy) -> Compared:
    declared, read = _written(told.get(name)), _written(field.value)
    return Compared(
        label=label,
        declared=privacy.field(name, declared),
        read=privacy.field(name, read),
        differs=_differ(declared, read),
        page=field.where.page,
        box=field.where.box,
        confidence=field.confidence,
    )


def _of_document(facts: Facts, declaration: Declaration | None, about: str) -> _Told:
    if declaration is None:
        return {}
    one = declaration.applicant
    if facts.kind in PAPER_PARTS:
        return _paper(declaration, about)
    told = {"name": one.name, "id_number": one.id_number, "employer": one.employer}
    if facts.kind is EvidenceKind.QUALIFICATION_CERTIFICATE:
        return {**told, **_certificate(declaration, about)}
    return told


def _paper(declaration: Declaration, about: str) -> _Told:
    paper = _pointed(declaration.papers, "papers", about)
    if paper is None:
        return {}
    told = paper.model_dump(exclude={"authors"})
    return {**told, "authors": ";".join(paper.authors)}


def _certificate(declaration: Declaration, about: str) -> _Told:
    certificate = _pointed(declaration.certificates, "certificates", about)
    if certificate is None:
        return {}
    return {"title": certificate.name, "number": certificate.number, "obtained": certificate.obtained}


def _of_row(row: Row, declaration: Declaration | None) -> _Told:
    """Years of hours and of assessments are told by their year, periods by their beginning."""
    if declaration is None:
        return {}
    year, start = row.get("year"), row.get("start")
    match row.kind:
        case "hours_year" if year is not None:
            hours = next((one for one in declaration.continuing_education if one.year == year.value), None)
            return hours.model_dump() if hours else {}
        case "result" if year is not None:
            assessed = next((one for one in declaration.assessments if one.year == year.value), None)
            return assessed.model_dump() if assessed else {}
        case "period" if start is not None:
            begun = (one for one in declaration.appointments if one.start and start.text[:7] == one.start[:7])
            appointed = next(begun, None)
            return appointed.model_dump() if appointed else {}
    return {}


def _differ(declared: str, read: str) -> bool:
    """Not by spaces and punctuation, nor by how exact a date is (2013-12 and 2013-12-31)."""
    if not declared:
        return False
    if _DATE.fullmatch(declared) and _DATE.fullmatch(read):
        length = min(len(declared), len(read))
        return declared[:length] != read[:length]
    return bare(declared) != bare(read)


def _pointed(items: tuple[_Item, ...], name: str, about: str) -> _Item | None:
    """The item that ``papers/0`` points at; the only one where nothing is pointed at."""
    place = about.removeprefix(f"{name}/")
    if about.startswith(f"{name}/") and place.isdecimal() and int(place) < len(items):
        return items[int(place)]
    return items[0] if len(items) == 1 else None


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:g}" if isinstance(value, float) else str(value)
