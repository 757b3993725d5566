"""Rows of the store as the API's JSON: the shapes of ``screen`` (contract) with ids, statuses, decisions.

Everything that a person typed or that was read passes ``Privacy`` on its way out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from report.json_document import Json
from report.privacy import Privacy
from store.applications import CHECKING, DONE, QUEUED, READING
from store.judgements import FINAL
from store.listing import Decision, Listed
from store.tables import FileRow, FlagRow

OPEN = "open"


def masked(value: Any, privacy: Privacy, name: str = "") -> Any:
    """JSON with every identity-card number in it masked, at any depth."""
    if isinstance(value, str):
        return privacy.field(name, value)
    if isinstance(value, Mapping):
        return {key: masked(one, privacy, key) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked(one, privacy, name) for one in value]
    return value


def decision_document(decision: Decision, privacy: Privacy) -> Json:
    return {
        "decision": decision.row.decision,
        "reason": privacy.text(decision.row.reason),
        "by": decision.by,
        "at": decision.row.decided_at.isoformat(),
    }


def flag_document(row: FlagRow, decisions: Sequence[Decision], privacy: Privacy) -> Json:
    """``row.content`` is the flag as the contract writes it."""
    told = [decision_document(one, privacy) for one in decisions]
    return {
        **masked(row.content, privacy),
        "id": row.id,
        "decision": told[-1] if told and told[-1]["decision"] in FINAL else None,
        "decisions": told,
    }


def progress_document(row: FileRow) -> Json:
    return {"status": row.status, "progress": {"page": row.page, "pages": row.pages}}


def file_summary(row: FileRow, flags: Iterable[Json], privacy: Privacy) -> Json:
    failed = bool(row.failure_code)
    return {
        "id": row.id,
        "path": privacy.text(row.name),
        "sha256": row.sha256,
        "kind": row.kind or "other",
        "declared_kind": row.kind,
        "copy": row.is_copy,
        "about": row.about,
        **progress_document(row),
        "pages": row.pages,
        "error": {"code": row.failure_code, "message": privacy.text(row.failure_message)} if failed else None,
        "received_at": row.received_at.isoformat(),
        "flags": list(flags),
    }


def file_document(row: FileRow, read: Mapping[str, Any], flags: Iterable[Json], privacy: Privacy) -> Json:
    """``read``: the file's entry in the document of the last review, empty while there is none."""
    summary = file_summary(row, flags, privacy)
    return {
        **summary,
        "path": privacy.text(str(read.get("path", row.name))),
        "kind": read.get("kind", summary["kind"]),
        "fields": read.get("fields", {}),
        "documents": read.get("documents", []),
    }


def application_summary(
    listed: Listed,
    files: Sequence[FileRow],
    file_documents: Sequence[Json],
    flags: Sequence[Json],
    privacy: Privacy,
) -> Json:
    row = listed.row
    return {
        "id": row.id,
        "path": privacy.text(row.path),
        "applicant": privacy.text(row.applicant),
        "organisation": privacy.text(row.organisation),
        "plan": row.plan,
        "batch": row.batch_id or None,
        "status": status_of(listed.verdict, files),
        "verdict": listed.verdict or None,
        "created_at": row.created_at.isoformat(),
        "changed_at": row.changed_at.isoformat(),
        "files": list(file_documents),
        "flags": list(flags),
    }


def is_settled(row: FileRow) -> bool:
    """Whether the file has been read, so that a review may know of it."""
    return row.status not in (QUEUED, READING)


def status_of(verdict: str, files: Sequence[FileRow]) -> str:
    """How far an application is: ``open`` until it has files, ``done`` once judged."""
    if verdict:
        return DONE
    if any(file.status in (QUEUED, READING) for file in files):
        return READING
    return CHECKING if files else OPEN
