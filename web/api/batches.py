"""Batches: many applications at once, their progress, and the committee's packet."""

from __future__ import annotations

import tempfile
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from report.privacy import Privacy
from store import answers, batches
from store.applications import BATCHES
from store.tables import BatchRow
from web.api import problems, shapes
from web.api.applications import Identifier
from web.api.desk import AtDesk, Desk, Visit
from web.api.idempotency import IdempotencyKey, once
from web.api.packing import Packing
from web.api.uploads import arriving_form, in_upload_thread

router = APIRouter(tags=["batches"])


class BatchForm(shapes.Shape):
    """One zip of application folders, or ``declarations.xlsx`` and the files, each named ``folder/file``."""

    file: list[bytes] = Field(json_schema_extra={"items": {"type": "string", "format": "binary"}})
    plan: str = Field(default="", max_length=80)


class Counts(shapes.Shape):
    applications: int
    judged: int
    unjudged: int
    files: int
    files_done: int
    files_failed: int
    pages: int
    pages_done: int


class Totals(shapes.Shape):
    """``verdicts`` and ``codes``: how many applications, and flags in force, of each."""

    verdicts: dict[str, int]
    codes: dict[str, int]


class UnusedInput(shapes.Shape):
    path: str
    code: str
    message: str


class Batch(shapes.Shape):
    id: str
    name: str
    plan: str | None
    status: str
    error: str | None
    created_at: str
    finished_at: str | None
    progress: Counts
    totals: Totals
    problems: list[UnusedInput]


@router.post("/batches", status_code=HTTPStatus.ACCEPTED, response_model=shapes.Accepted)
async def bring(request: Request, desk: AtDesk, key: IdempotencyKey = None) -> JSONResponse:
    """Store a batch and queue its unpacking."""
    return await in_upload_thread(request, lambda: _receive(request, desk, key))


def _receive(request: Request, desk: Desk, key: str | None) -> JSONResponse:
    with desk.reading() as visit:
        visit.demand_batches()
    settings = desk.service.settings
    settings.data.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryFile(dir=settings.data) as file,
        Packing(desk.service.blobs, file, settings.batch_bytes) as packing,
    ):
        form = arriving_form(request, settings.batch_bytes, packing.take)
        name, blob = packing.stored()
    plan = form.fields.get("plan", "")
    if set(form.fields) - {"plan"} or len(plan) > 80 or "\x00" in plan:
        raise problems.invalid("上传表单中只能有“file”和“plan”（评审计划，最多80个字）。")

    def work(visit: Visit) -> dict[str, Any]:
        visit.demand_batches()
        row = batches.open_batch(visit.session, visit.now, visit.user, blob, name, plan)
        return {"id": row.id, "status_url": f"/api/v1/batches/{row.id}"}

    asked = answers.digest_of("POST /batches", name, blob.sha256, plan)
    answer = once(desk, key, asked, work, HTTPStatus.ACCEPTED)
    desk.service.bell.ring(BATCHES)
    return answer


@router.get("/batches/{id}", response_model=Batch)
def shown(identifier: Identifier, desk: AtDesk) -> JSONResponse:
    """How far the batch is, and what came of it so far."""
    with desk.reading() as visit:
        return JSONResponse(batch_document(visit, visit.batch(identifier)))


def batch_document(visit: Visit, row: BatchRow) -> dict[str, Any]:
    found = batches.progress(visit.session, row)
    privacy = Privacy()
    return {
        "id": row.id,
        "name": privacy.text(row.name),
        "plan": row.plan or None,
        "status": found.status,
        "error": found.failure_message or None,
        "created_at": row.created_at.isoformat(),
        "finished_at": found.finished_at.isoformat() if found.finished_at else None,
        "progress": {
            "applications": found.applications,
            "judged": found.judged,
            "unjudged": found.unjudged,
            "files": found.files.files,
            "files_done": found.files.done,
            "files_failed": found.files.failed,
            "pages": found.files.pages,
            "pages_done": found.files.pages_done,
        },
        "totals": {"verdicts": dict(found.verdicts), "codes": dict(found.codes)},
        "problems": [
            {name: privacy.text(str(one.get(name, ""))) for name in ("path", "code", "message")}
            for one in found.problems
        ],
    }
