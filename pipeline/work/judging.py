"""The job ``judge``: one revision of an application, out of kept readings, and its review kept in turn."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain.errors import FileProblem, InputError, SetupError
from domain.flag_document import flag_document
from domain.reading import Reading
from domain.review import ApplicationReview
from domain.screening import InputProblem
from pipeline.review import review_application, unusable_application, with_problems
from pipeline.tools import JudgingTools
from pipeline.work import twins
from pipeline.work.case import DECLARATION, Case, case_of
from pipeline.work.holding import held
from pipeline.work.kept import review_text
from pipeline.work.reading import readings_of
from pipeline.work.settling import locked, settle
from pipeline.work.versions import lists_version, plan_version, reader_version, rules_version
from pipeline.work.workplace import Workplace
from store.applications import CHECKING, DONE
from store.jobs import Lease
from store.judgements import RaisedFlag, keep_review
from store.tables import ApplicationRow, FileRow, JobRow

log = logging.getLogger(__name__)


def judge(workplace: Workplace, lease: Lease) -> None:
    """Judge the application of ``lease``, unless it changed or has unread files: then it comes again."""
    case = _case(workplace, lease)
    if case is None:
        settle(workplace.database, lambda session: workplace.ledger.finish(session, lease))
        return
    with held(workplace, lease) as hold:
        readings = readings_of(workplace, hold, case.files)
        hold.step({"files": len(readings)})
        tools = workplace.judging_tools()
        review = judged(case, readings, tools)
        review = twins.compared(workplace.database, case.application, review, tools)
        versions = _versions(workplace, review, tools)
        settle(workplace.database, lambda session: _settle(session, workplace, lease, case, review, versions))


def keep_unjudged(session: Session, workplace: Workplace, identifier: str, message: str) -> None:
    """Judging killed its worker each time: the review says so, for a person to look."""
    application = locked(session, identifier)
    if application is not None:
        case = case_of(session, application)
        review = _unusable(case, FileProblem.UNREADABLE.value, message, ours=True)
        _keep(session, workplace, case, review, {"rules": rules_version()})


def _case(workplace: Workplace, lease: Lease) -> Case | None:
    """``None`` where there is nothing to judge: purged, changed since, or not yet read through."""
    with workplace.database.reading() as session:
        application = session.get(ApplicationRow, str(lease.payload["application"]))
        job = session.get(JobRow, lease.job)
        if application is None or job is None or job.key.split("/")[2] != str(application.revision):
            return None
        case = case_of(session, application)
    return case if case.is_read else None


def judged(case: Case, readings: Mapping[str, Reading], tools: JudgingTools) -> ApplicationReview:
    """The review; of what cannot be judged, one that says why."""
    try:
        declaration = case.declaration()
        uploads = case.uploads(declaration, readings)
        review = review_application(case.path, declaration, uploads, case.plan, tools)
        return with_problems(review, case.absent(declaration))
    except InputError as error:
        return _unusable(case, error.code, error.message)
    except SetupError:
        raise
    except Exception as error:  # noqa: BLE001 - our own fault in one application must not stop the rest
        log.error("judging failed: %s", type(error).__name__)
        message = f"核对这份申报时程序出错（{type(error).__name__}），请人工核对；申报人无需改动。"
        return _unusable(case, FileProblem.UNREADABLE.value, message, ours=True)


def _unusable(case: Case, code: str, message: str, *, ours: bool = False) -> ApplicationReview:
    application = case.application
    problem = InputProblem(path=DECLARATION, code=code, message=message, ours=ours)
    return unusable_application(case.path, application.applicant, case.plan or application.plan, problem)


def _versions(workplace: Workplace, review: ApplicationReview, tools: JudgingTools) -> dict[str, str]:
    try:
        plan = plan_version(tools.load_plan(review.plan))
    except InputError:
        plan = ""  # the review says that there is no such plan
    settings = workplace.settings
    return {
        "reader": reader_version(settings.limits),
        "rules": rules_version(),
        "plan": plan,
        "lists": lists_version(settings.lists),
    }


def _settle(
    session: Session,
    workplace: Workplace,
    lease: Lease,
    case: Case,
    review: ApplicationReview,
    versions: Mapping[str, str],
) -> None:
    """The review, its job's end, and what others are to learn of it: all of it or nothing."""
    workplace.ledger.finish(session, lease)
    if locked(session, case.application.id) is not None:
        _keep(session, workplace, case, review, versions)
        twins.tell(session, workplace.clock(), case.application, review)


def _keep(
    session: Session,
    workplace: Workplace,
    case: Case,
    review: ApplicationReview,
    versions: Mapping[str, str],
) -> None:
    """The review, unless the application changed meanwhile; its files are through with it."""
    application = session.get_one(ApplicationRow, case.application.id)
    ids = {name: file.id for name, file in case.files.items()}
    flags = [RaisedFlag(ids.get(flag.file or "", ""), flag_document(flag)) for flag in review.all_flags]
    kept = keep_review(
        session,
        workplace.clock(),
        application,
        case.application.revision,
        review.verdict.value,
        flags,
        review_text(review),
        versions,
    )
    if kept is not None:
        through = (FileRow.application_id == application.id, FileRow.status == CHECKING)
        session.execute(update(FileRow).where(*through).values(status=DONE))
