"""Screening of a batch: every file is read once by worker processes, every application judged on its own.

One broken file or application never stops the rest; results keep the order of the applications.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.errors import InputError, SetupError
from domain.reading import Reading
from domain.review import ApplicationReview
from domain.screening import InputProblem, PagePictures, Screening
from domain.settings import Limits
from pipeline.applications import FoundApplication
from pipeline.batch import Progress, read_batch
from pipeline.pool import MakeTools, ReadJob
from pipeline.reading import fingerprint
from pipeline.review import review_application, unusable_application
from pipeline.tools import JudgingTools

DECLARATION = "declaration.json"

log = logging.getLogger(__name__)


def screen(
    applications: Sequence[FoundApplication],
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
    paths = (file.path for application in applications for file in application.files)
    keys = {path: fingerprint(path)[0] or str(path) for path in paths}
    readings = read_batch(
        _jobs(applications, keys),
        make_reading_tools,
        workers=workers,
        limits=limits or Limits(),
        pictures=pictures,
        progress=progress,
    )
    judged = [
        _judged(application, _own_readings(application, keys, readings), plan_id, judging)
        for application in applications
    ]
    plans = {review.plan for review, _ in judged if review.plan}
    return Screening(
        plan=plan_id or (plans.pop() if len(plans) == 1 else ""),
        applications=tuple(review for review, _ in judged),
        problems=tuple(problem for _, problems in judged for problem in problems),
    )


def _jobs(applications: Sequence[FoundApplication], keys: Mapping[Path, str]) -> list[ReadJob]:
    """One job for all files with the same bytes, in the order of the batch."""
    jobs: dict[str, ReadJob] = {}
    for application in applications:
        for file in application.files:
            key = keys[file.path]
            jobs.setdefault(key, ReadJob(key, file.path, file.name, f"{application.path}/{file.name}"))
    return list(jobs.values())


def _own_readings(
    application: FoundApplication, keys: Mapping[Path, str], readings: Mapping[str, Reading]
) -> tuple[Reading, ...]:
    """The readings of an application's files under their own names."""
    own = []
    for file in application.files:
        reading = readings[keys[file.path]]
        changes: dict[str, object] = {"path": file.name}
        if reading.error is not None:
            message = reading.error.message.replace(reading.path, file.name)
            changes["error"] = reading.error.model_copy(update={"message": message})
        own.append(reading.model_copy(update=changes))
    return tuple(own)


def _judged(
    application: FoundApplication, readings: Sequence[Reading], plan_id: str | None, judging: JudgingTools
) -> tuple[ApplicationReview, tuple[InputProblem, ...]]:
    """The review, and what could not be read, named from the batch's folder."""
    declaration = application.declaration
    try:
        if declaration is None:
            raise application.problem or InputError("file.unreadable", "申报数据无法读取。", DECLARATION)
        review = review_application(application.path, declaration, readings, plan_id, judging)
    except InputError as error:
        problem = InputProblem(path=error.name, code=error.code, message=error.message)
    except SetupError:
        raise
    except Exception as error:  # noqa: BLE001 - our own fault in one application must not stop the rest
        log.error("judging failed: %s", type(error).__name__)
        message = f"核对“{application.path}”时程序出错（{type(error).__name__}），请人工核对该申报。"
        problem = InputProblem(path=DECLARATION, code="file.unreadable", message=message)
    else:
        return review, tuple(
            InputProblem(path=f"{application.path}/{reading.path}", code=broken.code, message=broken.message)
            for reading in readings
            if (broken := reading.error) is not None
        )
    applicant = declaration.applicant.name if declaration else ""
    plan = plan_id or (declaration.plan if declaration else None) or ""
    unusable = unusable_application(application.path, applicant, plan, problem)
    return unusable, (problem.model_copy(update={"path": application.path}),)
