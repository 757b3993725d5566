"""The line for one application in plain Python: declaration and readings → documents → checks → review.

No file, no process, no database: screening gives it readings of worker processes, a test recorded ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.declaration import Declaration
from domain.facts import Document, KindGuess
from domain.kinds import EvidenceKind, Severity, Verdict
from domain.reading import Reading
from domain.review import ApplicationReview, Dossier, EvidenceFile, Flag, RequirementCited
from domain.screening import InputProblem
from pipeline.tools import JudgingTools

FILE_ADVICE = "请重新扫描或导出该文件（PDF、JPG、PNG等格式，不加密码），确认能正常打开后再上传。"
DECLARATION_ADVICE = "请按说明改正申报表数据后重新核对；其余申报不受影响。"
READABLE = RequirementCited(id="G-KIND", notice="通用要求", quote="申报数据和材料应能正常打开、读取")


def review_application(
    path: str, declaration: Declaration, readings: Sequence[Reading], plan_id: str | None, tools: JudgingTools
) -> ApplicationReview:
    """Judge one application. ``plan_id`` overrides the plan that the declaration names.

    Raises ``InputError`` where that plan is not built in.
    """
    plan = tools.load_plan(plan_id or declaration.plan or tools.default_plan)
    said = {evidence.file: evidence for evidence in declaration.evidence}
    files = tuple(
        EvidenceFile(
            reading=reading,
            document=document_of(reading, declaration, tools),
            declared=said.get(reading.path),
        )
        for reading in readings
    )
    dossier = Dossier(declaration=declaration, files=files, plan=plan, lists=tools.lists)
    return with_file_errors(tools.assemble(path, dossier, tools.run_checks(dossier)))


def document_of(reading: Reading, declaration: Declaration, tools: JudgingTools) -> Document:
    """What the file is; of a file that could not be read only its declared kind is known."""
    declared = next((one for one in declaration.evidence if one.file == reading.path), None)
    if reading.error is None:
        return tools.understand(reading, declared)
    kind = declared.kind if declared and declared.kind else EvidenceKind.OTHER
    return Document(kind=KindGuess(name=kind, confidence=0.0), page_kinds=(), facts=())


def with_file_errors(review: ApplicationReview) -> ApplicationReview:
    """Every file that could not be read bears a flag that says so, whatever the plan asks of it."""
    files, added = [], False
    for file in review.files:
        error = file.file.reading.error
        if error is not None and all(flag.code != error.code for flag in file.flags):
            flag = input_flag(
                InputProblem(path=file.file.path, code=error.code, message=error.message), FILE_ADVICE
            )
            file, added = file.model_copy(update={"flags": (flag, *file.flags)}), True
        files.append(file)
    if not added:
        return review
    return review.model_copy(update={"files": tuple(files), "verdict": Verdict.FAIL})


def unusable_application(path: str, applicant: str, plan: str, problem: InputProblem) -> ApplicationReview:
    """An application that could not be judged at all: it stays in the list, with the reason as its flag."""
    return ApplicationReview(
        path=path,
        applicant=applicant,
        plan=plan,
        verdict=Verdict.FAIL,
        files=(),
        flags=(input_flag(problem, DECLARATION_ADVICE),),
    )


def input_flag(problem: InputProblem, advice: str) -> Flag:
    """The flag of something that could not be read."""
    return Flag(
        code=problem.code,
        severity=Severity.ERROR,
        message=problem.message,
        advice=advice,
        requirement=READABLE,
        file=problem.path,
    )
