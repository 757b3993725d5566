"""The same proof in another application of the store, found by its bytes, its pictures or its lines.

``pipeline.across`` and ``pipeline.pictures_across`` say what is a twin; here the applications to compare are
looked up, so that no more than those that hold one are loaded. The other side is judged again, since it was
judged before this one came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import InputError
from domain.kinds import Severity
from domain.review import ApplicationReview, FileReview, Flag
from domain.traces import PagePrint, SealPrint, SignaturePrint
from pipeline.across import CODE, with_duplicates_across
from pipeline.pictures_across import with_pictures_across
from pipeline.raised_across import TAMPER, Name, Naming
from pipeline.tools import JudgingTools
from pipeline.work.kept import newest_review
from pipeline.work.printing import prints_of
from store import jobs, prints
from store.applications import JUDGE, queue_of
from store.database import Database
from store.prints import PAGE, SEAL, SIGNATURE, Found, Print
from store.tables import ApplicationRow, FileRow

MOST = 20
"""Applications that share a file with this one and are compared: a template in all of them is no proof."""


def compared(
    database: Database, application: ApplicationRow, review: ApplicationReview, tools: JudgingTools
) -> ApplicationReview:
    """``review``, with a flag on everything that another application holds too."""
    readings = [file.file.reading for file in review.files]
    own = [one for reading in readings for one in prints_of(reading)]
    with database.reading() as session:
        alike = look_alikes(session, own, {reading.sha256 for reading in readings})
        others = [
            other.model_copy(update={"path": row.id})
            for row in _holding(session, application, alike)
            if (other := newest_review(session, row.id)) and _is_judged_by_a_plan(other, tools)
        ]
    try:
        found = with_duplicates_across((review, *others), tools.load_plan)[0]
        found = found.model_copy(update={"files": tuple(map(_unnamed, found.files))})
        return with_pictures_across((found, *others), tools.load_plan, _named(found))[0]
    except InputError:
        return review  # a plan that is no longer there


def tell(session: Session, now: datetime, application: ApplicationRow, review: ApplicationReview) -> None:
    """Have those judged again that hold the same proof and do not know of it yet."""
    for identifier in sorted(_told_of(review)):
        row = session.get(ApplicationRow, identifier)
        other = newest_review(session, identifier) if row is not None else None
        if row is not None and other is not None and not _knows(other, application.id):
            key = f"{JUDGE}/{row.id}/{row.revision}/{application.id}"
            jobs.put(session, now, key, queue_of(row), JUDGE, {"application": row.id})


def look_alikes(session: Session, own: Sequence[Print], but: set[str]) -> set[str]:
    """Bytes of other files (none of ``but``) with a page, seal or signature that is one picture with one of
    ``own``, or with contents of the same issue."""
    found = prints.near(session, own, but)
    same = {one.sha256 for kind in (PAGE, SEAL, SIGNATURE) for one in _same(kind, own, found)}
    return same | prints.of_one_issue(session, own, but)


def _same(kind: str, own: Iterable[Print], found: Iterable[Found]) -> list[Found]:
    """Those of ``found`` that are one picture with one of ``own``."""
    from forensics import ink_twins, twins

    ours = [one for one in own if one.kind == kind]
    theirs = [one for one in found if one.print.kind == kind]
    both: Sequence[Print] = [*ours, *(one.print for one in theirs)]
    if kind == PAGE:
        pages = [PagePrint(hash=one.hash, picture=one.picture) for one in both]
        pairs = [(twin.first, twin.second) for twin in twins.page_twins(pages)]
    elif kind == SEAL:
        pairs = list(ink_twins.seal_twins([SealPrint(seal=0, hash=o.hash, picture=o.picture) for o in both]))
    else:
        strokes = [SignaturePrint(mark=0, hash=one.hash, picture=one.picture) for one in both]
        pairs = list(ink_twins.signature_twins(strokes))
    count = len(ours)
    return [theirs[second - count] for first, second in pairs if first < count <= second]


def _holding(session: Session, application: ApplicationRow, alike: set[str]) -> list[ApplicationRow]:
    """Judged applications with a file of the same bytes, of another applicant, or of such as look alike."""
    own = select(FileRow.sha256).where(
        FileRow.application_id == application.id, FileRow.replaced_at.is_(None)
    )
    current = (FileRow.replaced_at.is_(None), FileRow.application_id != application.id)
    same = select(FileRow.application_id).where(FileRow.sha256.in_(own), *current)
    like = select(FileRow.application_id).where(FileRow.sha256.in_(alike), *current)
    others = ApplicationRow.applicant != application.applicant
    return list(
        session.scalars(
            select(ApplicationRow)
            .where((ApplicationRow.id.in_(same) & others) | ApplicationRow.id.in_(like))
            .order_by(ApplicationRow.created_at, ApplicationRow.id)
            .limit(MOST)
        )
    )


def _is_judged_by_a_plan(review: ApplicationReview, tools: JudgingTools) -> bool:
    try:
        return bool(tools.load_plan(review.plan))
    except InputError:
        return False


def _named(own: ApplicationReview) -> Naming:
    """As ``_unnamed``; a file of one's own is called by its name."""

    def named(review: ApplicationReview, file: FileReview) -> Name:
        if review is own:
            return Name(file.file.path, file.file.path)
        return Name(review.path, f"编号{review.path}中的材料")

    return named


def _unnamed(file: FileReview) -> FileReview:
    """Names of folders and files are often people's, and who reads this may have no grant for the other
    application: its number is told, by which those find it who may."""
    return file.model_copy(update={"flags": tuple(map(_by_number, file.flags))})


def _by_number(flag: Flag) -> Flag:
    if flag.code != CODE or flag.found is None:
        return flag
    number = flag.found.partition("/")[0]
    message = f"该材料第{flag.page}页与另一份申报（编号{number}）中的材料相同，请核对是谁的材料。"
    return flag.model_copy(update={"message": message, "found": number})


def _told_of(review: ApplicationReview) -> set[str]:
    """What was found on the other side of flags that ask for a person: numbers of applications among it."""
    return {flag.found for flag in _of_two(review) if flag.found and flag.severity is Severity.WARNING}


def _knows(review: ApplicationReview, identifier: str) -> bool:
    return any(flag.found == identifier for flag in _of_two(review))


def _of_two(review: ApplicationReview) -> Iterator[Flag]:
    return (flag for flag in review.all_flags if flag.code in (CODE, TAMPER))
