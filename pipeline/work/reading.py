"""The job ``read``: one upload, page by page. The same bytes under the same versions are never read twice.

A fault of the file's own is kept as its reading. A failure of ours is not: the file may be read anew.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from domain.errors import FileProblem
from domain.kinds import ReadingStatus
from domain.reading import FileError, Reading
from pipeline.reading import fault_message, read_file
from pipeline.work.holding import Hold, held
from pipeline.work.kept import kept_reading, reading_text
from pipeline.work.printing import prints_of
from pipeline.work.settling import locked, settle
from pipeline.work.versions import reader_version
from pipeline.work.workplace import Workplace
from store import judgements, prints
from store.applications import CHECKING, DONE, FAILED, READ, READING, queue_judging
from store.errors import BlobMissingError
from store.jobs import LEASED, Lease
from store.tables import BlobRow, FileRow, JobRow

TWIN_PAUSE_SECONDS = 1.0
_FILES = cast(Table, FileRow.__table__)
_PAGE = _FILES.update().where(_FILES.c.id == bindparam("file"))

log = logging.getLogger(__name__)


def read(workplace: Workplace, lease: Lease) -> None:
    """Read the file that ``lease`` names, keep what was read, and queue its application's judging."""
    with held(workplace, lease) as hold:
        file = _found(workplace, str(lease.payload["file"]))
        if file is None:
            settle(workplace.database, lambda session: workplace.ledger.finish(session, lease))
            return
        reading = reading_of(workplace, hold, file, announce=True)
        settle(workplace.database, lambda session: _settle(session, workplace, lease, file, reading))


def reading_of(workplace: Workplace, hold: Hold, file: FileRow, *, announce: bool = False) -> Reading:
    """What the file holds: as it was read before, else read now. ``announce``: its row tells how far it is.

    A file that failed by a fault of ours is not tried again: its reading is what its row says.
    Raises ``LetGo``; ``SetupError`` where the reader is not fit for use.
    """
    versions = reader_version(workplace.settings.limits)
    while True:
        known, free = settle(
            workplace.database, lambda session: _begin(session, file, versions, announce), lasting=False
        )
        if known is not None:
            return known
        if file.status == FAILED:
            return as_failed(file)
        if free or workplace.interrupting:
            return _read_now(workplace, hold, file, versions, announce)
        hold.step({})  # another worker has the same bytes in hand
        time.sleep(TWIN_PAUSE_SECONDS)


def readings_of(workplace: Workplace, hold: Hold, files: Mapping[str, FileRow]) -> dict[str, Reading]:
    """What each of ``files`` holds. Mostly all were read before, and are found without a writer's lock."""
    versions = reader_version(workplace.settings.limits)
    with workplace.database.reading() as session:
        known = {
            name: kept_reading(session, file.sha256, versions, file.name) for name, file in files.items()
        }
    return {name: known[name] or reading_of(workplace, hold, file) for name, file in files.items()}


def mark_failed(session: Session, file: FileRow, code: str, message: str) -> None:
    file.status, file.failure_code, file.failure_message = FAILED, code, message
    session.flush()


def _found(workplace: Workplace, identifier: str) -> FileRow | None:
    """``None`` where the file was purged since it was queued."""
    with workplace.database.reading() as session:
        return session.get(FileRow, identifier)


def _begin(session: Session, file: FileRow, versions: str, announce: bool) -> tuple[Reading | None, bool]:
    """(What is known of these bytes, whether nobody else is reading them). One worker at a time asks."""
    session.get(BlobRow, file.sha256, with_for_update=True)
    known = kept_reading(session, file.sha256, versions, file.name)
    free = known is not None or not _in_other_hands(session, file)
    if free and announce:
        session.execute(update(FileRow).where(FileRow.id == file.id).values(status=READING))
    return known, free


def _in_other_hands(session: Session, file: FileRow) -> bool:
    same = (FileRow.sha256 == file.sha256, FileRow.id != file.id, FileRow.status == READING)
    for other in session.scalars(select(FileRow.id).where(*same)):
        job = session.scalars(select(JobRow).where(JobRow.key == f"{READ}/{other}")).first()
        if job is not None and job.state == LEASED:
            return True
    return False


def _read_now(workplace: Workplace, hold: Hold, file: FileRow, versions: str, announce: bool) -> Reading:
    def on_page(page: int, pages: int) -> None:
        def tell(session: Session) -> None:
            if announce:
                session.execute(_PAGE, {"file": file.id, "page": page, "pages": pages})

        hold.step({"page": page, "pages": pages}, tell)

    hold.step({"page": 0, "pages": 0})
    try:
        path = workplace.blobs.path(file.sha256)
    except BlobMissingError as problem:
        log.error("upload missing: %s", problem)
        return _unread(file, fault_message(file.name))
    tools, limits = workplace.reading_tools(), workplace.settings.limits
    reading = read_file(path, file.name, limits, tools, on_page=on_page)
    if reading.error is None or not reading.error.ours:
        settle(
            workplace.database,
            lambda session: _keep(session, workplace, file, versions, reading),
            lasting=False,  # else it is read again, as its job is not done
        )
    return reading


def _keep(session: Session, workplace: Workplace, file: FileRow, versions: str, reading: Reading) -> None:
    judgements.keep_reading(session, workplace.clock(), file.sha256, versions, reading_text(reading))
    prints.keep(session, file.sha256, prints_of(reading))
    judgements.mark_printed(session, file.sha256, versions)


def _settle(session: Session, workplace: Workplace, lease: Lease, file: FileRow, reading: Reading) -> None:
    """The file's new state, its job's end and its application's judging: all of it or nothing."""
    error = reading.error
    if error is None:
        workplace.ledger.finish(session, lease)
    else:
        workplace.ledger.fail(session, lease, error.code.value, error.message)
    application = locked(session, file.application_id)
    row = session.get(FileRow, file.id)
    if application is None or row is None:
        return
    if error is not None:
        mark_failed(session, row, error.code.value, error.message)
    else:
        row.status = CHECKING if row.replaced_at is None else DONE
        row.page = row.pages = len(reading.pages)
        session.flush()
    queue_judging(session, workplace.clock(), application)


def as_failed(file: FileRow) -> Reading:
    """The reading of a file that failed for good by a fault of ours: what its row says."""
    return _unread(file, file.failure_message, file.failure_code)


def _unread(file: FileRow, message: str, code: str = FileProblem.UNREADABLE.value) -> Reading:
    known = code in {problem.value for problem in FileProblem}
    problem = FileProblem(code) if known else FileProblem.UNREADABLE
    return Reading(
        path=file.name,
        sha256=file.sha256,
        size=0,
        media_type="application/octet-stream",
        status=ReadingStatus.UNREADABLE,
        error=FileError(code=problem, message=message, ours=True),
    )
