"""The line for one application in plain Python: declaration and readings → documents → checks → review.

No file, no process, no database: screening gives it readings of worker processes, a test recorded ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.declaration import Declaration, DeclaredEvidence
from domain.facts import Document, KindGuess
from domain.kinds import EvidenceKind, Severity, Verdict
from domain.reading import Reading
from domain.review import ApplicationReview, Dossier, EvidenceFile, Flag, RequirementCited
from domain.screening import InputProblem
from pipeline.tools import JudgingTools

Upload = tuple[Reading, DeclaredEvidence | None]
"""One file as read, and what the applicant said of it."""

OUR_ADVICE = "请人工打开核对；若反复出现，请把该文件名和运行记录转交系统维护人员。"
FILE_ADVICE = "请重新扫描或导出该文件（PDF、JPG、PNG等格式，不加密码），确认能正常打开后再上传。"
DECLARATION_ADVICE = "请按说明改正申报表数据后重新核对；其余申报不受影响。"
READABLE = RequirementCited(id="G-KIND", notice="通用要求", quote="申报数据和材料应能正常打开、读取")


def review_application(
    path: str, declaration: Declaration, uploads: Sequence[Upload], plan_id: str | None, tools: JudgingTools
) -> ApplicationReview:
    """Judge one application. ``plan_id`` overrides the plan that the declaration names.

    Raises ``InputError`` where that plan is not built in.
    """
    plan = tools.load_plan(plan_id or declaration.plan or tools.default_plan)
    files = tuple(
        EvidenceFile(reading=reading, document=_document(reading, declared, tools), declared=declared)
        for reading, declared in uploads
    )
    dossier = Dossier(declaration=declaration, files=files, plan=plan, lists=tools.lists)
    review = tools.assemble(path, dossier, tools.run_checks(dossier))
    return with_problems(review, unread(reading for reading, _ in uploads))


def _document(reading: Reading, declared: DeclaredEvidence | None, tools: JudgingTools) -> Document:
    """What the file is; of a file that could not be read only its declared kind is known."""
    if reading.error is None:
        return tools.understand(reading, declared)
    kind = declared.kind if declared and declared.kind else EvidenceKind.OTHER
    return Document(kind=KindGuess(name=kind, confidence=0.0), page_kinds=(), facts=())


def unread(readings: Iterable[Reading]) -> tuple[InputProblem, ...]:
    """The files that could not be read, with their reasons."""
    pairs = ((reading.path, reading.error) for reading in readings)
    return tuple(
        InputProblem(path=path, code=error.code, message=error.message, ours=error.ours)
        for path, error in pairs
        if error is not None
    )


def with_problems(review: ApplicationReview, problems: Sequence[InputProblem]) -> ApplicationReview:
    """Every input that could not be read bears a flag that says so, unless a check has said it already."""
    said = {(flag.file, flag.code) for flag in review.all_flags}
    said |= {(flag.file, "file.unreadable") for flag in review.all_flags if flag.code == "evidence.missing"}
    added = [input_flag(one, FILE_ADVICE) for one in problems if (one.path, one.code) not in said]
    if not added:
        return review
    names = {file.file.path for file in review.files}
    files = tuple(
        file.model_copy(
            update={"flags": (*(one for one in added if one.file == file.file.path), *file.flags)}
        )
        for file in review.files
    )
    flags = (*(one for one in added if one.file not in names), *review.flags)
    return review.model_copy(update={"files": files, "flags": flags, "verdict": _verdict(review, added)})


def _verdict(review: ApplicationReview, added: Sequence[Flag]) -> Verdict:
    """What the review's verdict becomes with flags that are errors or warnings."""
    if review.verdict is Verdict.FAIL or any(flag.severity is Severity.ERROR for flag in added):
        return Verdict.FAIL
    return Verdict.REVIEW


def unusable_application(path: str, applicant: str, plan: str, problem: InputProblem) -> ApplicationReview:
    """An application that could not be judged at all: it stays in the list, with the reason as its flag."""
    return ApplicationReview(
        path=path,
        applicant=applicant,
        plan=plan,
        verdict=Verdict.REVIEW if problem.ours else Verdict.FAIL,
        files=(),
        flags=(input_flag(problem, DECLARATION_ADVICE),),
    )


def input_flag(problem: InputProblem, advice: str) -> Flag:
    """The flag of something that could not be read; a fault of ours is a warning, for the checker alone."""
    return Flag(
        code=problem.code,
        severity=Severity.WARNING if problem.ours else Severity.ERROR,
        message=problem.message,
        advice=OUR_ADVICE if problem.ours else advice,
        requirement=READABLE,
        file=problem.path,
    )
