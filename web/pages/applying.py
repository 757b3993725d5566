"""An applicant's own applications: the list, a new one, and what is declared in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.declaration import Declaration
from domain.plan import Plan
from policies import find_plan, plan_ids
from report.privacy import Privacy
from store import listing
from store.accounts import Role
from store.applications import open_application, queue_of, replace_declaration
from store.listing import Wanted
from web.api import composing, cursors, problems
from web.api.applications import Identifier
from web.api.declared import storable
from web.api.desk import Visit
from web.api.problems import Problem
from web.pages import declaration_form as form
from web.pages.door import AtDoor
from web.pages.rendering import page
from web.pages.routing import page_router

router = page_router()

ROWS = 20
Name = Annotated[str, Query(max_length=80)]


@router.get("/mine")
def own(request: Request, door: AtDoor, cursor: Annotated[str, Query(max_length=200)] = "") -> Response:
    with door.reading(Role.APPLICANT) as visit:
        after = cursors.read(cursor) if cursor else None
        found = listing.applications(visit.session, visit.user, Wanted(), after, ROWS + 1)
        shown = found[:ROWS]
        last = shown[-1].row if len(found) > ROWS else None
        return page(
            request,
            visit,
            "mine.html",
            applications=composing.summaries(visit, shown, Privacy()),
            titles={one.row.plan: title_of(one.row.plan) for one in shown},
            first="/mine" if cursor else "",
            next=f"/mine?cursor={cursors.written((last.created_at, last.id))}" if last else "",
        )


@router.get("/mine/new")
def new(request: Request, door: AtDoor, plan: Name = "") -> Response:
    with door.reading(Role.APPLICANT) as visit:
        if not plan:
            return page(request, visit, "choose_plan.html", plans=open_plans())
        told = {"plan": _open_plan(plan).id}
        return _form(request, visit, told, "/mine/new")


@router.post("/mine/new")
async def open_new(request: Request, door: AtDoor) -> Response:
    typed = await _typed(request)

    def keep(visit: Visit, told: dict[str, Any]) -> str:
        row = open_application(visit.session, visit.now, visit.user, told)
        visit.demand_grant(row)
        return row.id

    with door.writing(Role.APPLICANT) as visit:
        return _kept(request, visit, typed, {}, "/mine/new", keep)


@router.get("/mine/{id}/declaration")
def declaration(request: Request, identifier: Identifier, door: AtDoor, plan: Name = "") -> Response:
    with door.reading(Role.APPLICANT) as visit:
        row = visit.own_application(identifier)
        told = {**row.declaration, **({"plan": _open_plan(plan).id} if plan else {})}
        return _form(request, visit, told, f"/mine/{row.id}/declaration")


@router.post("/mine/{id}/declaration")
async def declare(request: Request, identifier: Identifier, door: AtDoor) -> Response:
    typed = await _typed(request)

    def keep(visit: Visit, told: dict[str, Any]) -> str:
        replace_declaration(visit.session, visit.now, visit.user, row, told)
        visit.demand_grant(row)
        return row.id

    with door.writing(Role.APPLICANT) as visit:
        row = visit.own_application(identifier)
        answer = _kept(request, visit, typed, row.declaration, f"/mine/{row.id}/declaration", keep)
    door.service.bell.ring(queue_of(row))
    return answer


def open_plans() -> list[Plan]:
    """Plans that one may apply under, the newest first."""
    plans = [plan for name in plan_ids() if not (plan := find_plan(name)).draft]
    return sorted(plans, key=lambda plan: (-plan.year, plan.title))


def title_of(plan: str) -> str:
    return find_plan(plan).title if plan in plan_ids() else plan


async def _typed(request: Request) -> Mapping[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def _kept(
    request: Request,
    visit: Visit,
    typed: Mapping[str, str],
    before: Mapping[str, Any],
    action: str,
    keep: Callable[[Visit, dict[str, Any]], str],
) -> Response:
    """Kept, and on to the evidence; or the form again, with what is wrong beside each cell."""
    told = form.declared(typed, before)
    if "add" in typed:
        return _form(request, visit, told, action, more_rows=typed["add"])
    errors = form.wrong(told)
    if not errors and not told.get("level"):
        errors = {"level": "请选择申报级别。"} if _open_plan(str(told.get("plan", ""))).levels else {}
    if not errors:
        try:
            kept = storable(Declaration.model_validate(told))
        except Problem as problem:
            errors = {one.field: f"{one.message}。" for one in problem.errors}
            if not errors:
                raise
        else:
            return RedirectResponse(f"/mine/{keep(visit, kept)}", 303)
    return _form(request, visit, told, action, errors=errors)


def _form(
    request: Request,
    visit: Visit,
    told: Mapping[str, Any],
    action: str,
    *,
    more_rows: str = "",
    errors: Mapping[str, str] | None = None,
) -> HTMLResponse:
    return page(
        request,
        visit,
        "declaration.html",
        422 if errors else 200,
        told=told,
        rows=form.shown(told, more_rows),
        more_rows=more_rows,
        errors=errors or {},
        action=action,
        plan=_open_plan(str(told.get("plan", ""))),
        plan_choices=[(one.id, one.title) for one in open_plans()],
        form=form,
        privacy=Privacy(),
    )


def _open_plan(name: str) -> Plan:
    plan = next((one for one in open_plans() if one.id == name), None)
    if plan is None:
        raise problems.invalid("没有这个评审计划，或尚未开放申报；请返回重新选择。")
    return plan
