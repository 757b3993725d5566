"""Judged applications in the store, with drawn pages: what the desk is tried on without any reader."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw

from domain.errors import FileProblem
from domain.facts import Document, Facts, Field, KindGuess
from domain.flag_document import flag_document
from domain.geometry import Box, Where
from domain.kinds import EvidenceKind, ReadingStatus, SealColour, SealShape, Severity, Verdict
from domain.reading import FileError, PageQuality, PageReading, Reading, Seal
from domain.review import ApplicationReview, EvidenceFile, FileReview, Flag, RequirementCited
from pipeline.work.kept import review_text
from store import applications, judgements
from store.judgements import RaisedFlag
from store.tables import ApplicationRow, FileRow, UserRow
from web.service import Service

WIDTH, HEIGHT = 620, 877
BOX = Box(left=0.2, top=0.3, right=0.5, bottom=0.34)
PLAN = "shaoxing-construction-2020"


@dataclass(frozen=True)
class Drawn:
    """One evidence file: its name, number of pages, and the flags on them."""

    name: str
    flags: tuple[Flag, ...] = ()
    pages: int = 1
    kind: EvidenceKind = EvidenceKind.CE_RECORD
    broken: bool = False


def flag(
    severity: Severity = Severity.ERROR,
    message: str = "2019年度继续教育共81学时，少于要求的90学时。",
    *,
    file: str | None = "ce.png",
    page: int | None = 1,
    code: str = "hours.total-short",
    box: Box | None = BOX,
) -> Flag:
    return Flag(
        code=code,
        severity=severity,
        message=message,
        advice="请补学9学时后重新上传登记证明。",
        requirement=RequirementCited(
            id="C-CE-2", notice="关于2020年度评审工作的通知", quote="每年度不得少于90学时"
        ),
        page=page,
        box=box,
        expected="≥ 90",
        found=message[-12:],
        confidence=0.97,
        file=file,
    )


def picture(text: str, pages: int = 1) -> bytes:
    """A PNG, or a PDF with so many pages, that is like no other text's."""
    drawn = []
    for number in range(1, pages + 1):
        image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        draw = ImageDraw.Draw(image)
        draw.text((60, 60), f"{text} {number}", fill="black", font_size=32)
        draw.rectangle((WIDTH * 0.2, HEIGHT * 0.3, WIDTH * 0.5, HEIGHT * 0.34), outline="red", width=3)
        drawn.append(image)
    written = io.BytesIO()
    if pages == 1:
        drawn[0].save(written, "PNG")
    else:
        drawn[0].save(written, "PDF", save_all=True, append_images=drawn[1:])
    return written.getvalue()


def judged(
    service: Service,
    owner: UserRow,
    applicant: str,
    files: Sequence[Drawn] = (),
    flags: Sequence[Flag] = (),
    declaration: Mapping[str, Any] | None = None,
    organisation: str = "绍兴市演示建筑设计有限公司",
    plan: str = PLAN,
) -> str:
    """Store an application as the worker leaves it; returns its id."""
    told: dict[str, Any] = {
        "plan": plan,
        "applicant": {"name": applicant, "employer": organisation},
        **(declaration or {}),
    }
    with service.database.writing() as session:
        now = service.clock()
        row = applications.open_application(session, now, owner, told, path=f"batch/{applicant}")
        stored = []
        for one in files:
            content = b"%PDF-broken" if one.broken else picture(f"{applicant} {one.name}", one.pages)
            blob = service.blobs.put([content], len(content))
            file = applications.add_file(session, now, owner, row, blob, one.name, kind=one.kind.value)
            file.status, file.page, file.pages = applications.DONE, one.pages, one.pages
            stored.append(file)
        review = _review(row, files, stored, flags)
        ids = {file.name: file.id for file in stored}
        raised = [RaisedFlag(ids.get(one.file or "", ""), flag_document(one)) for one in review.all_flags]
        judgements.keep_review(
            session, now, row, row.revision, review.verdict.value, raised, review_text(review), {}
        )
        return row.id


def _review(
    row: ApplicationRow, files: Sequence[Drawn], stored: Sequence[FileRow], flags: Sequence[Flag]
) -> ApplicationReview:
    every = [one.severity for file in files for one in file.flags] + [one.severity for one in flags]
    verdict = (
        Verdict.FAIL
        if Severity.ERROR in every
        else Verdict.REVIEW
        if Severity.WARNING in every
        else Verdict.PASS
    )
    return ApplicationReview(
        path=row.path,
        applicant=row.applicant,
        plan=row.plan,
        verdict=verdict,
        files=tuple(_file(row, one, file) for one, file in zip(files, stored, strict=True)),
        flags=tuple(flags),
    )


def _file(row: ApplicationRow, one: Drawn, stored: FileRow) -> FileReview:
    error = FileError(code=FileProblem.UNREADABLE, message="文件损坏。") if one.broken else None
    reading = Reading(
        path=one.name,
        sha256=stored.sha256,
        size=1000,
        media_type="image/png",
        status=ReadingStatus.UNREADABLE if one.broken else ReadingStatus.COMPLETE,
        pages=() if one.broken else tuple(_page(number) for number in range(1, one.pages + 1)),
        error=error,
    )
    name = Field(value=row.applicant, raw=row.applicant, confidence=0.98, where=Where(page=1, box=BOX))
    facts = Facts(kind=one.kind, kind_confidence=0.9, pages=(1,), fields={"name": name})
    document = Document(
        kind=KindGuess(name=one.kind, confidence=0.9),
        page_kinds=tuple(one.kind for _ in reading.pages),
        facts=() if one.broken else (facts,),
    )
    return FileReview(file=EvidenceFile(reading=reading, document=document), flags=one.flags)


def _page(number: int) -> PageReading:
    seal = Seal(
        box=Box(left=0.6, top=0.7, right=0.85, bottom=0.88),
        shape=SealShape.ROUND,
        colour=SealColour.RED,
        text="绍兴市演示建筑设计有限公司",
        confidence=0.98,
    )
    return PageReading(
        number=number, width=WIDTH, height=HEIGHT, quality=PageQuality(sharpness=0.8), seals=(seal,)
    )
