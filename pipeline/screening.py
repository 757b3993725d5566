"""Screening of a batch: every file is read once by worker processes, every application judged on its own.

One broken file or application never stops the rest; results keep the order of the applications.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from domain.errors import InputError, SetupError
from domain.review import ApplicationReview
from domain.screening import InputProblem, PagePictures, ReadApplication, Screening
from domain.settings import Limits
from intake.applications import Batch
from pipeline.across import with_duplicates_across
from pipeline.batch import Progress, read_batch
from pipeline.pictures_across import with_pictures_across
from pipeline.pool import MakeTools, ReadJob
from pipeline.reading import fingerprint, renamed
from pipeline.review import review_application, unread, unusable_application, with_problems
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
    read = read_applications(
        batch, make_reading_tools, workers=workers, limits=limits, pictures=pictures, progress=progress
    )
    return judge_batch(read, batch, judging, plan_id)


def read_applications(
    batch: Batch,
    make_reading_tools: MakeTools,
    *,
    workers: int,
    limits: Limits | None = None,
    pictures: PagePictures | None = None,
    progress: Progress = lambda event: None,
) -> tuple[ReadApplication, ...]:
    """Every application with what was read off its files. Raises ``SetupError``."""
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
    return tuple(
        ReadApplication.model_construct(
            path=application.name,
            declaration=application.declaration,
            uploads=tuple((renamed(readings[keys[file.path]], file.name), file.declared) for file in files),
            problems=tuple(_problem(error) for error in application.problems),
        )
        for application, files in work
    )


def judge_batch(
    read: Sequence[ReadApplication], batch: Batch, judging: JudgingTools, plan_id: str | None
) -> Screening:
    """As ``judge_applications``, with what is wrong with the batch itself."""
    return judge_applications(read, judging, plan_id, tuple(_problem(error) for error in batch.problems))


def judge_applications(
    applications: Sequence[ReadApplication],
    judging: JudgingTools,
    plan_id: str | None = None,
    problems: tuple[InputProblem, ...] = (),
) -> Screening:
    """Judge what was read, each on its own and then against each other. ``problems``: of the batch itself.

    Raises ``SetupError`` where a built-in plan is not fit for use.
    """
    judged = [_judged(application, plan_id, judging) for application in applications]
    reviews = with_duplicates_across([review for review, _ in judged], judging.load_plan)
    reviews = with_pictures_across(reviews, judging.load_plan)
    plans = {review.plan for review in reviews if review.plan}
    return Screening(
        plan=plan_id or (plans.pop() if len(plans) == 1 else ""),
        applications=reviews,
        problems=(*(problem for _, found in judged for problem in found), *problems),
    )


def _content_key(path: Path) -> str:
    """The same for files with the same bytes, so that they are read once."""
    return fingerprint(path)[0] or str(path)


def _judged(application: ReadApplication, plan_id: str | None, judging: JudgingTools) -> Judged:
    """The review, and what could not be read, named from the batch's folder."""
    declaration, name, uploads = application.declaration, application.path, application.uploads
    if declaration is None:
        return _unusable(application, plan_id, application.problems[0])
    try:
        review = review_application(name, declaration, uploads, plan_id, judging)
    except InputError as error:
        return _unusable(application, plan_id, _problem(error))
    except SetupError:
        raise
    except Exception as error:  # noqa: BLE001 - our own fault in one application must not stop the rest
        log.error("judging failed: %s", type(error).__name__)
        message = f"核对“{name}”时程序出错（{type(error).__name__}），请人工核对该申报；申报人无需改动。"
        problem = InputProblem(path=DECLARATION, code="file.unreadable", message=message, ours=True)
        return _unusable(application, plan_id, problem)
    found = (*unread(reading for reading, _ in uploads), *application.problems)
    return with_problems(review, application.problems), tuple(_within(name, problem) for problem in found)


def _unusable(application: ReadApplication, plan_id: str | None, problem: InputProblem) -> Judged:
    declaration, name = application.declaration, application.path
    applicant = declaration.applicant.name if declaration else ""
    plan = plan_id or (declaration.plan if declaration else None) or ""
    problem = problem.model_copy(update={"path": DECLARATION})
    return unusable_application(name, applicant, plan, problem), (_within(name, problem),)


def _problem(error: InputError) -> InputProblem:
    return InputProblem(path=error.name, code=error.code, message=error.message)


def _within(application: str, problem: InputProblem) -> InputProblem:
    return problem.model_copy(update={"path": f"{application}/{problem.path}"})
