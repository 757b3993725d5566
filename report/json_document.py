"""The JSON documents of the contract. Keys may be added here, never renamed or re-typed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from domain.facts import Facts, Field, Row
from domain.flag_document import box_document, flag_document
from domain.plan import CheckUse, Plan
from domain.reading import PageReading, Reading, VerificationMark
from domain.review import ApplicationReview, FileReview, Flag
from domain.screening import InputProblem, InspectedFile, Inspection, Screening
from report.privacy import Privacy

Json = dict[str, object]
_WITH_NUMBERS = ("message", "advice", "expected", "found")
"""Texts of a flag that may hold an ID number."""


def written(document: object) -> str:
    """One JSON document as text; Chinese stays readable."""
    return json.dumps(document, ensure_ascii=False) + "\n"


def inspection_document(inspection: Inspection) -> Json:
    return {"files": [_inspected(file) for file in inspection.files]}


def screening_document(screening: Screening, privacy: Privacy) -> Json:
    return {
        "plan": screening.plan,
        "applications": [_application(one, privacy) for one in screening.applications],
        "errors": [masked_problem(one, privacy) for one in screening.problems],
    }


def _inspected(file: InspectedFile) -> Json:
    reading, document = file.reading, file.document
    kinds = document.page_kinds if document else ()
    return {
        "path": reading.path,
        "sha256": reading.sha256,
        "media_type": reading.media_type,
        "kind": {
            "name": document.kind.name if document else "other",
            "confidence": round(document.kind.confidence, 4) if document else 0.0,
        },
        "error": _error(reading),
        "pages": [
            _page(page, kinds[index] if index < len(kinds) else "other")
            for index, page in enumerate(reading.pages)
        ],
    }


def _error(reading: Reading) -> Json | None:
    return None if reading.error is None else {"code": reading.error.code, "message": reading.error.message}


def _page(page: PageReading, kind: str) -> Json:
    return {
        "number": page.number,
        "kind": kind,
        "width": page.width,
        "height": page.height,
        "rotation": page.rotation,
        "source": page.source,
        "quality": {
            "sharpness": round(page.quality.sharpness, 4),
            "contrast": round(page.quality.contrast, 4),
            "legible": page.quality.legible,
            "blank": page.quality.blank,
        },
        "lines": [
            {"text": line.text, "box": box_document(line.box), "confidence": round(line.confidence, 4)}
            for line in page.lines
        ],
        "seals": [
            {
                "box": box_document(seal.box),
                "shape": seal.shape,
                "colour": seal.colour,
                "text": seal.text,
                "bottom_text": seal.bottom_text,
                "confidence": round(seal.confidence, 4),
                "text_confidence": round(seal.text_confidence, 4),
            }
            for seal in page.seals
        ],
        "marks": [_mark(mark) for mark in page.marks],
        "problem": page.problem,
    }


def _mark(mark: VerificationMark) -> Json:
    return {
        "box": box_document(mark.box),
        "text": mark.text,
        "style": mark.style,
        "signature": {"box": box_document(mark.signature.box)} if mark.signature else None,
        "date": mark.date,
        "seal": mark.seal,
        "confidence": round(mark.confidence, 4),
        "unsure": [
            name
            for name, unsure in (("signature", mark.signature_unsure), ("date", mark.date_unsure))
            if unsure
        ],
    }


def _application(review: ApplicationReview, privacy: Privacy) -> Json:
    return {
        "path": review.path,
        "applicant": review.applicant,
        "plan": review.plan,
        "verdict": review.verdict,
        "files": [_file(file, privacy) for file in review.files],
        "flags": [masked_flag(flag, privacy) for flag in review.flags],
        "checks": [
            {
                "check": result.check,
                "requirement": result.requirement,
                "outcome": result.outcome,
                "file": result.file,
            }
            for result in review.results
        ],
    }


def _file(file: FileReview, privacy: Privacy) -> Json:
    reading, document = file.file.reading, file.file.document
    return {
        "path": reading.path,
        "sha256": reading.sha256,
        "kind": document.kind.name,
        "pages": len(reading.pages),
        "error": _error(reading),
        "fields": _first_fields(document.facts, privacy),
        "documents": [_document(facts, privacy) for facts in document.facts],
        "flags": [masked_flag(flag, privacy) for flag in file.flags],
    }


def _first_fields(documents: tuple[Facts, ...], privacy: Privacy) -> Json:
    """A file's fields in one table: the first document that has a field gives it."""
    merged: dict[str, Field] = {}
    for facts in documents:
        for name, field in facts.fields.items():
            merged.setdefault(name, field)
    return _fields(merged, privacy)


def _document(facts: Facts, privacy: Privacy) -> Json:
    return {
        "kind": facts.kind,
        "pages": list(facts.pages),
        "fields": _fields(facts.fields, privacy),
        "rows": [_row(row, privacy) for row in facts.rows],
    }


def _row(row: Row, privacy: Privacy) -> Json:
    return {"kind": row.kind, "page": row.where.page, "fields": _fields(row.fields, privacy)}


def _fields(fields: Mapping[str, Field], privacy: Privacy) -> Json:
    return {
        name: {
            "value": privacy.field(name, field.value) if isinstance(field.value, str) else field.value,
            "page": field.where.page,
            "box": box_document(field.where.box),
            "confidence": round(field.confidence, 4),
        }
        for name, field in fields.items()
    }


def masked_flag(flag: Flag, privacy: Privacy) -> Json:
    document = flag_document(flag)
    masked = {name: privacy.text(document[name]) for name in _WITH_NUMBERS if document[name] is not None}
    return document | masked


def masked_problem(problem: InputProblem, privacy: Privacy) -> Json:
    return {"path": problem.path, "code": problem.code, "message": privacy.text(problem.message)}


def journals_document(answers: Sequence[tuple[str, Sequence[Flag]]]) -> list[Json]:
    """Title and flags of every journal asked for, in the order given."""
    return [
        {"title": title, "flags": [masked_flag(flag, Privacy()) for flag in flags]}
        for title, flags in answers
    ]


def _use(use: CheckUse) -> Json:
    """How a check serves a requirement: what it is given, and for whom it holds."""
    return use.model_dump(mode="json")


def plan_document(plan: Plan) -> Json:
    """A plan with every requirement in the notice's words, and what serves it."""
    return {
        "id": plan.id,
        "title": plan.title,
        "notice": plan.notice,
        "issuer": plan.issuer,
        "issued": plan.issued.isoformat(),
        "year": plan.year,
        "counted_to": plan.counted_to.isoformat(),
        "levels": list(plan.levels),
        "routes": list(plan.routes),
        "draft": plan.draft,
        "requirements": [
            {
                "id": one.id,
                "title": one.title,
                "quote": one.quote,
                "source": one.source,
                "how": list(one.how),
                "levels": list(one.levels),
                "routes": list(one.routes),
                "when": one.when,
                "checks": [use.check for use in one.checks],
                "uses": [_use(use) for use in one.checks],
                "deadline": one.deadline.isoformat() if one.deadline else None,
                "note": one.note,
            }
            for one in plan.requirements
        ],
    }
