"""What the clerk's desk shows of an application: its files with pages, boxes, flags and values."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.declaration import Declaration
from domain.errors import InputError
from domain.kinds import Severity
from domain.review import ApplicationReview, FileReview
from policies import find_plan
from policies.names import KIND_NAMES
from report.json_document import Json
from report.outcomes import RequirementState, requirement_states
from report.privacy import Privacy
from store import listing
from store.examinations import TO_DECIDE
from store.tables import ApplicationRow, FileRow, FlagRow
from web.api import documents
from web.api.desk import Visit
from web.pages.boxes import PlacedBox, boxes_of
from web.pages.comparison import Compared, compared

_KEPT = 16
"""Reviews held ready: after each decision the same one is asked for again."""
_ORDER = tuple(one.value for one in Severity)


@dataclass(frozen=True, slots=True)
class DeskFlag:
    """``content``: the flag as the API writes it, masked, with its decisions. ``number`` starts at 1."""

    number: int
    file: str
    content: Json
    state: str
    """open, confirm, dismiss or doubt."""

    @property
    def asks(self) -> bool:
        """Whether it asks for a decision."""
        return self.content["severity"] in TO_DECIDE


@dataclass(frozen=True, slots=True)
class DeskPage:
    """``width`` and ``height`` in pixels of the upright page; ``boxes`` without those of flags."""

    number: int
    width: int
    height: int
    boxes: Sequence[PlacedBox]


@dataclass(frozen=True, slots=True)
class DeskFile:
    id: str
    name: str
    kind: str
    error: str
    pages: Sequence[DeskPage]
    flags: Sequence[DeskFlag]
    values: Sequence[Compared]


@dataclass(frozen=True, slots=True)
class DeskView:
    """``flags``: about no one file. ``states``: what became of every requirement of the plan."""

    applicant: str
    plan: str
    declared: Sequence[tuple[str, str]]
    files: Sequence[DeskFile]
    flags: Sequence[DeskFlag]
    states: Sequence[RequirementState]


def desk_view(visit: Visit, row: ApplicationRow, privacy: Privacy) -> DeskView:
    """The last review of ``row``; without one, its files alone."""
    review = _newest_review(visit, row)
    declaration = _declaration(row)
    flags = flags_of(visit, row.id, privacy)
    files = _files(visit, row.id)
    found = _matched(files, review)
    return DeskView(
        applicant=row.applicant,
        plan=_plan_title(row.plan),
        declared=_declared(declaration, privacy),
        files=[
            _file(file, found.get(file.id), flags.get(file.id, ()), declaration, privacy) for file in files
        ],
        flags=flags.get("", ()),
        states=_states(review),
    )


def flags_of(visit: Visit, application: str, privacy: Privacy) -> Mapping[str, Sequence[DeskFlag]]:
    """Flags in force by file (``""``: about none), errors first; numbered in the order of the desk."""
    rows = listing.flags(visit.session, visit.user, [application])[application]
    decided = listing.decisions(visit.session, visit.user, [row.id for row in rows])
    files = ["", *(file.id for file in _files(visit, application))]
    rows.sort(key=lambda row: _place(row, files))
    found: dict[str, list[DeskFlag]] = {}
    for number, row in enumerate(rows, start=1):
        content = documents.flag_document(row, decided[row.id], privacy)
        file = row.file_id if row.file_id in files else ""
        last = decided[row.id][-1].row.decision if decided[row.id] else "open"
        state = "open" if last == "withdraw" else last
        found.setdefault(file, []).append(DeskFlag(number, file, content, state))
    return found


def _files(visit: Visit, application: str) -> list[FileRow]:
    """As they came; those of one batch came at once, and stand by their names."""
    found = listing.files(visit.session, [application])[application]
    return sorted(found, key=lambda file: (file.received_at, file.name, file.id))


def _place(row: FlagRow, files: Sequence[str]) -> tuple[int, int, int, str]:
    file = files.index(row.file_id) if row.file_id in files else 0
    return file, _ORDER.index(row.severity), row.content.get("page") or 0, row.id


def _newest_review(visit: Visit, row: ApplicationRow) -> ApplicationReview | None:
    kept = listing.newest_review(visit.session, row.id)
    return _parsed(kept.content) if kept is not None else None


@lru_cache(maxsize=_KEPT)
def _parsed(content: bytes) -> ApplicationReview:
    return ApplicationReview.model_validate_json(zlib.decompress(content))


def _matched(files: Sequence[FileRow], review: ApplicationReview | None) -> Mapping[str, FileReview]:
    """Each file's part of the review: the same bytes, and of those that are twice there, in order."""
    left = list(review.files) if review is not None else []
    found: dict[str, FileReview] = {}
    for file in files:
        same = next((one for one in left if one.file.reading.sha256 == file.sha256), None)
        if same is not None:
            left.remove(same)
            found[file.id] = same
    return found


def _file(
    row: FileRow,
    reviewed: FileReview | None,
    flags: Sequence[DeskFlag],
    declaration: Declaration | None,
    privacy: Privacy,
) -> DeskFile:
    kind, pages, values, error = row.kind or "other", [], [], row.failure_message
    if reviewed is not None:
        reading = reviewed.file.reading
        kind = reviewed.file.document.kind.name
        error = reading.error.message if reading.error else ""
        values = list(compared(reviewed.file, declaration, row.about, privacy))
        pages = [
            DeskPage(page.number, *_upright(page.width, page.height), boxes_of(reviewed.file, page, privacy))
            for page in reading.pages
        ]
    named = {one.value: words for one, words in KIND_NAMES.items()}.get(kind, kind)
    return DeskFile(row.id, privacy.text(row.name), named, privacy.text(error), pages, flags, values)


def _upright(width: int, height: int) -> tuple[int, int]:
    """A page that could not be decoded has no size: an A4 sheet stands for it."""
    return (width, height) if width and height else (1240, 1754)


def _declaration(row: ApplicationRow) -> Declaration | None:
    try:
        return Declaration.model_validate(row.declaration)
    except ValueError:
        return None


def _declared(declaration: Declaration | None, privacy: Privacy) -> list[tuple[str, str]]:
    """Who applies for what, as typed in."""
    if declaration is None:
        return []
    one = declaration.applicant
    title = one.current_title
    told = {
        "姓名": one.name,
        "身份证号": privacy.field("id_number", one.id_number or ""),
        "单位": one.employer,
        "现职称": f"{title.name or ''} {title.obtained or ''}".strip() if title else "",
        "申报级别": declaration.level,
        "申报途径": declaration.route,
        "申报专业": declaration.category,
    }
    return [(label, privacy.text(value)) for label, value in told.items() if value]


def _plan_title(plan: str) -> str:
    try:
        return find_plan(plan).title
    except InputError:
        return plan


def _states(review: ApplicationReview | None) -> Sequence[RequirementState]:
    if review is None:
        return ()
    try:
        return requirement_states(review, find_plan(review.plan))
    except InputError:
        return ()
