"""The batch board: bring a batch, watch it being read, see what came of it, take the packet along."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select, true

from policies import plan_ids
from report.words import VERDICTS
from store import batches, listing
from store.accounts import Role
from store.applications import BATCHES, DONE, FAILED
from store.listing import Wanted
from store.tables import BatchRow
from web.api import cursors, problems
from web.api.applications import Identifier
from web.api.desk import Visit
from web.api.packing import Packing
from web.api.uploads import arriving_form, in_upload_thread
from web.pages.applying import title_of
from web.pages.code_names import CODE_NAMES
from web.pages.door import CLERKS, CSRF_FIELD, AtDoor
from web.pages.rendering import page
from web.pages.routing import page_router
from web.pages.uploading import Doorway, door_of

router = page_router()

SHOWN, ROWS = 50, 50
STATES = {
    "queued": "排队中",
    "unpacking": "正在解压",
    "reading": "正在核对",
    DONE: "已完成",
    FAILED: "未能处理",
}


@router.get("/batches")
def board(request: Request, door: AtDoor) -> Response:
    with door.reading(*CLERKS) as visit:
        own = true() if visit.user.role == Role.ADMIN else BatchRow.owner_id == visit.user.id
        query = select(BatchRow).where(own).order_by(BatchRow.created_at.desc(), BatchRow.id).limit(SHOWN)
        rows = list(visit.session.scalars(query))
        return page(
            request,
            visit,
            "batches.html",
            rows=[(row, batches.progress(visit.session, row)) for row in rows],
            plans=[(plan, title_of(plan)) for plan in plan_ids()],
            states=STATES,
            most=door.service.settings.batch_bytes // 1024**3,
        )


@router.post("/batches")
async def bring(request: Request) -> Response:
    return await in_upload_thread(request, lambda: _receive(request))


def _receive(request: Request) -> Response:
    doorway = Doorway(request)
    with doorway.reading() as visit:  # before a byte is taken
        visit.demand_batches()
    settings = doorway.service.settings
    settings.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.data) as file:
        packing = Packing(doorway.service.blobs, file, settings.batch_bytes)

        def take(name: str, content: Iterator[bytes]) -> None:
            if name:
                packing.take(name, content)
            else:  # this field was left empty
                deque(content, maxlen=0)

        form = arriving_form(request, settings.batch_bytes, take)
        name, blob = packing.stored()
    plan = form.fields.get("plan", "")
    if set(form.fields) - {"plan", CSRF_FIELD, "file"} or (plan and plan not in plan_ids()):
        raise problems.invalid("没有这个评审计划，请刷新页面后重新选择。")
    with door_of(request, form.fields).writing(*CLERKS) as visit:
        row = batches.open_batch(visit.session, visit.now, visit.user, blob, name, plan)
    doorway.service.bell.ring(BATCHES)
    return RedirectResponse(f"/batches/{row.id}", 303)


@router.get("/batches/{id}")
def batch(
    request: Request,
    identifier: Identifier,
    door: AtDoor,
    cursor: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    with door.reading(*CLERKS) as visit:
        return page(request, visit, "batch.html", **_state(visit, identifier, cursor))


@router.get("/batches/{id}/state")
def changing(
    request: Request,
    identifier: Identifier,
    door: AtDoor,
    cursor: Annotated[str, Query(max_length=200)] = "",
    seen: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """204 while nothing has changed since ``seen``."""
    with door.reading(*CLERKS) as visit:
        state = _state(visit, identifier, cursor)
        if state["seen"] == seen:
            return Response(status_code=204)
        return page(request, visit, "parts/batch_state.html", **state)


def _state(visit: Visit, identifier: str, cursor: str) -> dict[str, Any]:
    row = visit.batch(identifier)
    found = batches.progress(visit.session, row)
    after = cursors.read(cursor) if cursor else None
    listed = listing.applications(visit.session, visit.user, Wanted(batch=row.id), after, ROWS + 1)
    last = listed[ROWS - 1].row if len(listed) > ROWS else None
    told = json.dumps(asdict(found), ensure_ascii=False, sort_keys=True, default=str)
    return {
        "batch": row,
        "plan_title": title_of(row.plan) if row.plan else "",
        "found": found,
        "state": STATES.get(found.status, found.status),
        "under_way": found.status not in (DONE, FAILED),
        "verdicts": [(one.value, words, found.verdicts.get(one.value, 0)) for one, words in VERDICTS.items()],
        "codes": [(CODE_NAMES.get(code, code), number) for code, number in found.codes.items()],
        "applications": listed[:ROWS],
        "cursor": cursor,
        "first": f"/batches/{row.id}" if cursor else "",
        "next": f"/batches/{row.id}?cursor={cursors.written((last.created_at, last.id))}" if last else "",
        "seen": hashlib.sha256(told.encode()).hexdigest()[:16],
    }
