"""Administration: how the installation stands, and the plans in force."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request, Response

from checks import plan_problems
from domain.errors import HezhengError
from domain.plan import Plan
from policies import find_plan, list_versions, plan_ids
from policies.plan_files import BUILT_IN, path_of
from store import audit, people
from store.accounts import Role
from store.measures import measured
from web.pages.door import AtDoor
from web.pages.rendering import page
from web.pages.routing import page_router

router = page_router()


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan file. ``plan`` is ``None`` where it cannot be read: ``problem`` says why."""

    id: str
    plan: Plan | None
    built_in: bool
    problem: str


@router.get("/admin")
def overview(request: Request, door: AtDoor) -> Response:
    with door.reading(Role.ADMIN) as visit:
        users = people.everybody(visit.session)
        found = measured(visit.session, visit.now)
        return page(
            request,
            visit,
            "admin.html",
            users=[user for user in users if user.disabled_at is None],
            roles=Role,
            plans=plan_states(),
            versions=list_versions(door.service.settings.lists),
            entries=audit.head(visit.session)[0],
            waiting=sum(found.waiting.values()),
            running=sum(found.running.values()),
            oldest=round(found.oldest_seconds),
        )


@router.get("/admin/plans")
def plans(request: Request, door: AtDoor) -> Response:
    with door.reading(Role.ADMIN) as visit:
        folder = door.service.settings.plans
        return page(request, visit, "admin_plans.html", plans=plan_states(), folder=folder)


def plan_states() -> list[PlanState]:
    return [_state(name) for name in plan_ids()]


def _state(name: str) -> PlanState:
    path = path_of(name)
    built_in = path is not None and path.parent == BUILT_IN
    try:
        plan = find_plan(name)
    except HezhengError as error:
        return PlanState(name, None, built_in, str(error))
    return PlanState(name, plan, built_in, "\n".join(one.shown for one in plan_problems(plan)))
