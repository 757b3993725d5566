"""The audit trail of an application. An applicant reads of his own steps and what came of them, no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from report.privacy import Privacy
from store import access, audit
from store.judgements import FINAL
from store.tables import AuditRow, UserRow
from web.api import documents
from web.api.applications import Identifier
from web.api.desk import AtDesk

router = APIRouter(tags=["audit"])

_TOLD_TO_APPLICANTS: Mapping[str, tuple[str, ...]] = {
    "application.opened": ("plan",),
    "declaration.replaced": ("revision",),
    "file.received": ("file", "sha256", "bytes", "replaces"),
    "application.judged": (),
    "flag.decided": ("flag", "code", "decision", "reason"),
}
"""What an applicant reads of each happening. The count of flags or the verdict would tell of hidden ones."""
_OFFICE = "核对人员"


class Entry(BaseModel):
    sequence: int
    at: datetime
    actor: str
    action: str
    details: dict[str, Any]


class Trail(BaseModel):
    entries: list[Entry]


@router.get("/applications/{id}/audit", response_model=Trail)
def trail(identifier: Identifier, desk: AtDesk) -> JSONResponse:
    """Everything that happened to the application, in order."""
    with desk.reading() as visit:
        row = visit.application(identifier)
        told = [_entry(visit.user, one) for one in audit.of_subject(visit.session, row.id)]
    return JSONResponse({"entries": [one for one in told if one is not None]})


def _entry(user: UserRow, row: AuditRow) -> dict[str, Any] | None:
    """``None`` for what ``user`` is not told."""
    actor, details = row.actor, dict(row.details)
    if not access.sees_whole_trail(user):
        names = _TOLD_TO_APPLICANTS.get(row.action)
        note = details.get("decision", FINAL[0]) not in FINAL
        if names is None or note or not access.shown(user, str(details.get("code", ""))):
            return None
        details = {name: value for name, value in details.items() if name in names}
        actor = actor if actor in (user.name, "hezheng") else _OFFICE
    return {
        "sequence": row.sequence,
        "at": row.at.isoformat(),
        "actor": actor,
        "action": row.action,
        "details": documents.masked(details, Privacy()),
    }
