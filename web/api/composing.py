"""Documents of files and applications as one person sees them: rows, flags with decisions, what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from report.json_document import Json
from report.privacy import Privacy
from store import listing
from store.listing import Listed
from store.tables import FileRow
from web.api import documents
from web.api.desk import Visit
from web.api.reviewed import NOTHING, Reviewed, reviewed

_Flags = Mapping[str, Sequence[Json]]
"""Flags by the file that they are about; ``""`` holds those about no one file."""


def whole_file(visit: Visit, row: FileRow, privacy: Privacy) -> Json:
    """One file with all that was read off it."""
    settled = documents.is_settled(row)
    known = reviewed(visit.session, row.application_id, privacy) if settled else NOTHING
    flags = _flags(visit, [row.application_id], privacy)[row.application_id] if settled else {}
    document = documents.file_document(row, known.of(row), flags.get(row.id, ()), privacy)
    return {**document, "application": row.application_id, "replaced": row.replaced_at is not None}


def whole_application(visit: Visit, identifier: str, privacy: Privacy) -> Json:
    """One application with all its files."""
    row = visit.application(identifier)
    listed = Listed(row, listing.verdict_of(visit.session, visit.user, row))
    files = listing.files(visit.session, [row.id])[row.id]
    flags = _flags(visit, [row.id], privacy)[row.id]
    known = reviewed(visit.session, row.id, privacy)
    told = [documents.file_document(file, known.of(file), flags.get(file.id, ()), privacy) for file in files]
    return {
        **documents.application_summary(listed, files, told, flags.get("", ()), privacy),
        "declaration": documents.masked(row.declaration, privacy),
        "checks": _checks(visit, known),
        "versions": dict(known.versions),
    }


def summaries(visit: Visit, found: Sequence[Listed], privacy: Privacy) -> list[Json]:
    """Applications of a list, with their files but not what was read off them."""
    ids = [one.row.id for one in found]
    files, flags = listing.files(visit.session, ids), _flags(visit, ids, privacy)
    told = []
    for one in found:
        own, about = files[one.row.id], flags[one.row.id]
        shown = [documents.file_summary(file, about.get(file.id, ()), privacy) for file in own]
        told.append(documents.application_summary(one, own, shown, about.get("", ()), privacy))
    return told


def _flags(visit: Visit, applications: Collection[str], privacy: Privacy) -> dict[str, _Flags]:
    """Flags in force with their decisions, by application."""
    found = listing.flags(visit.session, visit.user, applications)
    decided = listing.decisions(
        visit.session, visit.user, [row.id for rows in found.values() for row in rows]
    )
    told: dict[str, _Flags] = defaultdict(dict)
    for application, rows in found.items():
        by_file: dict[str, list[Json]] = defaultdict(list)
        for row in rows:
            by_file[row.file_id].append(documents.flag_document(row, decided[row.id], privacy))
        told[application] = by_file
    return told


def _checks(visit: Visit, known: Reviewed) -> list[Any]:
    """What each check came to, without those that this person is not shown."""
    return [one for one in known.checks if visit.shows_check(str(one["check"]))]
