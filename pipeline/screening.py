"""Screening of a batch: every file is read once by worker processes, every application judged on its own.

One broken file or application never stops the rest; results keep the order of the applications.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from domain.errors import InputError, SetupError
from domain.review import ApplicationReview
from domain.screening import InputProblem, PagePictures, Screening
from domain.settings import Limits
from intake.applications import Application, Batch
from pipeline.across import with_duplicates_across
from pipeline.batch import Progress, read_batch
from pipeline.pictures_across import with_pictures_across
from pipeline.pool import MakeTools, ReadJob
from pipeline.reading import fingerprint, renamed
from pipeline.review import Upload, review_application, unread, unusable_application, with_problems
from pipeline.tools import JudgingTools

DECLARATION = "declaration.json"
Judged = tuple[ApplicationReview, tuple[InputProblem, ...]]

log = logging.getLogger(__name__)


def screen(
    batch: Batch,
    make_reading_tools: MakeTools,
    judging: JudgingTools,
    *,
    workers: int,
    plan_id: str | None = None,
    limits: Limits | None = None,
    pictures: PagePictures | None = None,
    progress: Progress = lambda event: None,
) -> Screening:
    """Read and judge all applications.

    Raises ``SetupError`` where the reader or a built-in plan is not fit for use.
    """
    work = [(application, application.to_read) for application in batch.applications]
    keys = {file.path: _content_key(file.path) for _, files in work for file in files}
    jobs: dict[str, ReadJob] = {}
    for application, files in work:
        for file in files:
            job = ReadJob(keys[file.path], file.path, file.name, f"{application.name}/{file.name}")
            jobs.setdefault(job.key, job)
    readings = read_batch(
        list(jobs.values()),
        make_reading_tools,
        workers=workers,
        limits=limits or Limits(),
        pictures=pictures,
        progress=progress,
    )
    judged = []
    for application, files in work:
        uploads = [(renamed(readings[keys[file.path]], file.name), file.declared) for file in files]
        judged.append(_judged(application, uploads, plan_id, judging))
    reviews = with_duplicates_across([review for review, _ in judged], judging.load_plan)
    reviews = with_pictures_across(reviews, judging.load_plan)
    plans = {review.plan for review in reviews if review.plan}
    return Screening(
        plan=plan_id or (plans.pop() if len(plans) == 1 else ""),
        applications=reviews,
        problems=(
            *(problem for _, problems in judged for problem in problems),
            *(_problem(error) for error in batch.problems),
        ),
    )


def _content_key(path: Path) -> str:
    """The same for files with the same bytes, so that they are read once."""
    return fingerprint(path)[0] or str(path)


def _judged(
    application: Application, uploads: Sequence[Upload], plan_id: str | None, judging: JudgingTools
) -> Judged:
    """The review, and what could not be read, named from the batch's folder."""
    declaration, name = application.declaration, application.name
    try:
        if declaration is None:
            raise application.problems[0]
        review = review_application(name, declaration, uploads, plan_id, judging)
    except InputError as error:
        problem = _problem(error)
    except SetupError:
        raise
    except Exception as error:  # noqa: BLE001 - our own fault in one application must not stop the rest
        log.error("judging failed: %s", type(error).__name__)
        message = f"核对“{name}”时程序出错（{type(error).__name__}），请人工核对该申报；申报人无需改动。"
        problem = InputProblem(path=DECLARATION, code="file.unreadable", message=message, ours=True)
    else:
        absent = tuple(_problem(error) for error in application.problems)
        found = (*unread(reading for reading, _ in uploads), *absent)
        return with_problems(review, absent), tuple(_within(name, problem) for problem in found)
    applicant = declaration.applicant.name if declaration else ""
    plan = plan_id or (declaration.plan if declaration else None) or ""
    problem = problem.model_copy(update={"path": DECLARATION})
    return unusable_application(name, applicant, plan, problem), (_within(name, problem),)


def _problem(error: InputError) -> InputProblem:
    return InputProblem(path=error.name, code=error.code, message=error.message)


def _within(application: str, problem: InputProblem) -> InputProblem:
    return problem.model_copy(update={"path": f"{application}/{problem.path}"})
