"""A recorded engine for the line: a file's own text says what the reader makes of it, or how it fails.

First line of a file: ``pages N`` reads well; ``code file.encrypted`` is refused by intake; ``crash`` raises;
``die`` kills the worker process; ``hang`` never ends; ``page-fails 2`` reads two pages, the second badly;
``unread`` opens, but the reader crashes on its page.
"""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from domain.declaration import DeclaredEvidence
from domain.errors import FileProblem, InputError, SetupError
from domain.facts import Document, Facts, Field, KindGuess
from domain.geometry import Box, Where
from domain.kinds import EvidenceKind, Outcome, Severity, Verdict
from domain.page import PageImage
from domain.plan import Plan, Requirement
from domain.reading import PageQuality, PageReading, PictureFacts, Reading
from domain.review import (
    ApplicationReview,
    CheckResult,
    Dossier,
    FileReview,
    Flag,
    JournalLists,
    RequirementCited,
)
from domain.settings import Limits
from domain.traces import FileTraces
from pipeline.tools import JudgingTools, OpenedFile, ReadingTools

WIDTH, HEIGHT = 40, 60
UNREAD = 255
"""The shade of a page on which the reader crashes."""
PLAN = Plan(
    id="recorded-plan",
    title="演示计划",
    notice="关于演示的通知",
    issuer="某市人社局",
    issued=date(2020, 8, 3),
    year=2020,
    counted_to=date(2020, 12, 31),
    requirements=(Requirement(id="R-1", title="每年一份", quote="每年度一份", how=("E",)),),
)


@dataclass(frozen=True)
class RecordedFile:
    sha256: str
    size: int
    words: list[str]
    media_type: str = "image/png"
    picture: PictureFacts | None = None
    traces: FileTraces = field(default_factory=FileTraces)

    @property
    def page_count(self) -> int:
        return int(self.words[1]) if len(self.words) > 1 else 1

    def pages(self) -> Iterator[PageImage]:
        order = self.words[0]
        if order == "crash":
            raise ZeroDivisionError
        if order == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if order == "hang":
            time.sleep(600)
        for number in range(1, self.page_count + 1):
            shade = UNREAD if order == "unread" else number
            bad = order == "page-fails" and number == 2
            yield PageImage(
                number=number,
                width=WIDTH,
                height=HEIGHT,
                pixels=b"" if bad else bytes([shade]) * (WIDTH * HEIGHT * 3),
                problem=FileProblem.UNREADABLE if bad else None,
            )


@contextmanager
def opened(path: Path, shown_name: str, limits: Limits) -> Iterator[OpenedFile]:
    content = path.read_bytes()
    words = content.decode().split("\n")[0].split()
    if words[0] == "code":
        raise InputError(words[1], f"文件“{shown_name}”已加密。", shown_name)
    yield RecordedFile(hashlib.sha256(content).hexdigest(), len(content), words)


def read_page(page: PageImage) -> PageReading:
    if page.pixels[0] == UNREAD:
        raise ZeroDivisionError
    return PageReading(
        number=page.number,
        width=HEIGHT,
        height=WIDTH,
        rotation=90,
        quality=PageQuality(sharpness=1.0),
    )


def reading_tools() -> ReadingTools:
    return ReadingTools(opened=opened, read_page=read_page)


def read_soft_page(page: PageImage) -> PageReading:
    """Out of focus, with nothing made out."""
    return read_page(page).model_copy(update={"quality": PageQuality(sharpness=0.1)})


def soft_reading_tools() -> ReadingTools:
    return ReadingTools(opened=opened, read_page=read_soft_page)


def reading_tools_counted() -> ReadingTools:
    """As above; every opened file leaves a line in the file that RECORDED_LOG names."""

    @contextmanager
    def counted(path: Path, shown_name: str, limits: Limits) -> Iterator[OpenedFile]:
        with Path(os.environ["RECORDED_LOG"]).open("a", encoding="utf-8") as log:
            log.write(f"{shown_name}\n")
        with opened(path, shown_name, limits) as file:
            yield file

    return ReadingTools(opened=counted, read_page=read_page)


def unready_tools() -> ReadingTools:
    raise SetupError("缺少模型文件，请运行 hezheng models fetch。")


def broken_tools() -> ReadingTools:
    raise ImportError("no such library")


def understand(reading: Reading, declared: DeclaredEvidence | None) -> Document:
    kind = declared.kind if declared and declared.kind else EvidenceKind.CE_RECORD
    where = Where(page=1, box=Box(left=0.1, top=0.2, right=0.3, bottom=0.4))
    number = Field(value="330602199001011234", confidence=0.99, where=where)
    facts = Facts(kind=kind, kind_confidence=0.9, pages=(1,), fields={"id_number": number})
    kinds = tuple(kind for _ in reading.pages)
    return Document(kind=KindGuess(name=kind, confidence=0.9), page_kinds=kinds, facts=(facts,))


def run_checks(dossier: Dossier) -> Sequence[CheckResult]:
    """One warning on every second page of every file; an applicant named 崩溃 crashes the judging."""
    if dossier.declaration.applicant.name == "崩溃":
        raise ZeroDivisionError
    flags = tuple(
        Flag(
            code="page.illegible",
            severity=Severity.WARNING,
            message="本页不清。身份证号330602199001011234。",
            advice="请重新扫描。",
            requirement=RequirementCited(id="R-1", notice=PLAN.notice, quote="每年度一份"),
            page=2,
            box=Box(left=0.1, top=0.2, right=0.3, bottom=0.4),
            file=file.path,
        )
        for file in dossier.files
        if len(file.reading.pages) > 1
    )
    return (CheckResult(check="recorded", requirement="R-1", outcome=Outcome.FLAGGED, flags=flags),)


def assemble(path: str, dossier: Dossier, results: Sequence[CheckResult]) -> ApplicationReview:
    flags = [flag for result in results for flag in result.flags]
    return ApplicationReview(
        path=path,
        applicant=dossier.declaration.applicant.name,
        plan=dossier.plan.id,
        verdict=Verdict.REVIEW if flags else Verdict.PASS,
        files=tuple(
            FileReview(file=file, flags=tuple(flag for flag in flags if flag.file == file.path))
            for file in dossier.files
        ),
        flags=(),
        results=tuple(results),
    )


def load_plan(plan_id: str) -> Plan:
    if plan_id != PLAN.id:
        raise InputError("form.value-format", f"没有评审计划“{plan_id}”。", plan_id)
    return PLAN


def judging_tools() -> JudgingTools:
    return JudgingTools(
        understand=understand,
        run_checks=run_checks,
        assemble=assemble,
        load_plan=load_plan,
        default_plan=PLAN.id,
        lists=JournalLists(),
    )
