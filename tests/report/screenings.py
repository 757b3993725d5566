"""A small screening with everything that a report must cope with: hostile text, ID numbers, lost files."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from domain.errors import FileProblem
from domain.facts import Document, Facts, Field, KindGuess, Row
from domain.geometry import Box, Where
from domain.kinds import EvidenceKind, Outcome, ReadingStatus, Severity, Verdict
from domain.reading import FileError, PageQuality, PageReading, Reading
from domain.review import (
    ApplicationReview,
    CheckResult,
    EvidenceFile,
    FileReview,
    Flag,
    RequirementCited,
)
from domain.screening import InputProblem, PagePictures, Screening

ID_NUMBER = "330602199001011234"
MASKED = "330602********1234"
HOSTILE = "=HYPERLINK(\"http://x\")<script>alert('x')</script>"
PLACE = Box(left=0.1, top=0.2, right=0.3, bottom=0.4)
CITED = RequirementCited(id="C-CE-2", notice="关于演示的通知", quote="每年度不得少于90学时")


def flag(
    code: str, severity: Severity, message: str, file: str | None = None, page: int | None = None
) -> Flag:
    return Flag(
        code=code,
        severity=severity,
        message=message,
        advice="请补充材料。",
        requirement=CITED,
        page=page,
        box=PLACE if page else None,
        expected="≥ 90",
        found=f"81（{ID_NUMBER}）",
        file=file,
    )


def reading(path: str, pages: int) -> Reading:
    return Reading(
        path=path,
        sha256=f"{path.encode().hex():0<64}"[:64],
        size=10,
        media_type="application/pdf",
        status=ReadingStatus.COMPLETE if pages else ReadingStatus.UNREADABLE,
        pages=tuple(
            PageReading(number=number, width=100, height=140, quality=PageQuality(sharpness=1.0))
            for number in range(1, pages + 1)
        ),
        error=None if pages else FileError(code=FileProblem.ENCRYPTED, message="文件已加密。"),
    )


def evidence(path: str, pages: int) -> EvidenceFile:
    where = Where(page=1, box=PLACE)
    number = Field(value=ID_NUMBER, confidence=0.99, where=where)
    hours = Row(
        kind="hours_year", where=where, fields={"total": Field(value=81, confidence=0.9, where=where)}
    )
    facts = Facts(
        kind=EvidenceKind.CE_RECORD,
        kind_confidence=0.9,
        pages=(1,),
        fields={"name": Field(value=HOSTILE, confidence=0.9, where=where), "id_number": number},
        rows=(hours,),
    )
    kinds = tuple(EvidenceKind.CE_RECORD for _ in range(pages))
    kind = KindGuess(name=EvidenceKind.CE_RECORD, confidence=0.9)
    document = Document(kind=kind, page_kinds=kinds, facts=(facts,) if pages else ())
    return EvidenceFile(reading=reading(path, pages), document=document)


def screening() -> Screening:
    failing = ApplicationReview(
        path="甲/张三",
        applicant=HOSTILE,
        plan="demo-plan",
        verdict=Verdict.FAIL,
        files=(
            FileReview(
                file=evidence("ce 2018.pdf", 2),
                flags=(
                    flag("seal.unreadable", Severity.WARNING, "公章无法辨认。", "ce 2018.pdf", 2),
                    flag("hours.total-short", Severity.ERROR, f"{ID_NUMBER}学时不足。", "ce 2018.pdf", 1),
                ),
            ),
            FileReview(
                file=evidence("locked.pdf", 0),
                flags=(flag("file.encrypted", Severity.ERROR, "文件已加密。", "locked.pdf"),),
            ),
        ),
        flags=(flag("period.deadline-passed", Severity.INFO, "个人申报截止日期为9月23日。"),),
        results=(CheckResult(check="hours", requirement="C-CE-2", outcome=Outcome.FLAGGED),),
    )
    passing = ApplicationReview(
        path="乙", applicant="李四", plan="demo-plan", verdict=Verdict.PASS, files=(), flags=()
    )
    problem = InputProblem(path="甲/张三/locked.pdf", code="file.encrypted", message="文件已加密。")
    return Screening(plan="demo-plan", applications=(failing, passing), problems=(problem,))


def keep_pictures(folder: Path) -> PagePictures:
    """Grey pages for every page of the screening."""
    pictures = PagePictures(folder=folder)
    for review in screening().applications:
        for file in review.files:
            for page in file.file.reading.pages:
                target = pictures.of(file.file.reading.sha256, page.number)
                target.parent.mkdir(parents=True, exist_ok=True)
                Image.new("RGB", (500, 700), (240, 240, 240)).save(target)
    return pictures
