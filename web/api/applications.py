"""Applications: opened, declared again, listed, shown."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from domain.declaration import Declaration
from store import answers, listing
from store.applications import open_application, queue_of, replace_declaration
from store.listing import Wanted
from web.api import composing, cursors, shapes
from web.api.declared import storable
from web.api.desk import AtDesk, Visit
from web.api.idempotency import IdempotencyKey, once

router = APIRouter(tags=["applications"])

Identifier = Annotated[
    str, Path(alias="id", pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
]
ShowIdNumbers = Annotated[bool, Query(description="完整显示身份证号；仅限核对人员和管理员，并记入审计记录。")]
Words = Annotated[str, Query(max_length=80, pattern=r"^[^\x00]*$")]


@router.post("/applications", status_code=HTTPStatus.CREATED, response_model=shapes.Created)
def open_one(desk: AtDesk, declaration: Declaration, key: IdempotencyKey = None) -> JSONResponse:
    """Open an application with what its applicant declares."""
    declared = storable(declaration)

    def work(visit: Visit) -> dict[str, Any]:
        row = open_application(visit.session, visit.now, visit.user, declared)
        visit.demand_grant(row)
        return {"id": row.id}

    request = answers.digest_of("POST /applications", answers.canonical(declared))
    return once(desk, key, request, work, HTTPStatus.CREATED)


@router.put("/applications/{id}/declaration", response_model=shapes.Created)
def declare_again(identifier: Identifier, desk: AtDesk, declaration: Declaration) -> JSONResponse:
    """Replace the declared values; the checks run again."""
    declared = storable(declaration)
    with desk.writing() as visit:
        row = visit.own_application(identifier)
        replace_declaration(visit.session, visit.now, visit.user, row, declared)
        visit.demand_grant(row)
        queue = queue_of(row)
    desk.service.bell.ring(queue)
    return JSONResponse({"id": identifier})


@router.get("/applications", response_model=shapes.Applications)
def listed(
    desk: AtDesk,
    plan: Words = "",
    verdict: Annotated[str, Query(pattern="^(fail|review|pass)?$")] = "",
    q: Words = "",
    batch: Words = "",
    cursor: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    show_id_numbers: ShowIdNumbers = False,
) -> JSONResponse:
    """A page of applications, newest first. ``q`` stands in the applicant's, employer's or folder's name."""
    after = cursors.read(cursor) if cursor else None
    with desk.showing(show_id_numbers, "applications") as (visit, privacy):
        found = listing.applications(
            visit.session, visit.user, Wanted(plan, verdict, q, batch), after, limit + 1
        )
        page = found[:limit]
        more = cursors.written((page[-1].row.created_at, page[-1].row.id)) if len(found) > limit else None
        told = composing.summaries(visit, page, privacy)
    return JSONResponse({"applications": told, "next": more})


@router.get("/applications/{id}", response_model=shapes.Application)
def shown(identifier: Identifier, desk: AtDesk, show_id_numbers: ShowIdNumbers = False) -> JSONResponse:
    """An application as in ``screen``, with ids, statuses and decisions."""
    with desk.showing(show_id_numbers, identifier) as (visit, privacy):
        return JSONResponse(composing.whole_application(visit, identifier, privacy))
