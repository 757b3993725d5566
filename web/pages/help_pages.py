"""Help out of the plans: every requirement in the notice's words, deadlines, what is left to people.

Clerks also find the keys of their desk here.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from domain.errors import HezhengError
from domain.kinds import EvidenceKind
from domain.plan import Plan, Requirement
from policies import find_plan, plan_ids
from policies.names import KIND_NAMES
from store.accounts import Role
from web.api import problems
from web.api.desk import Visit
from web.pages.applying import open_plans
from web.pages.door import CLERKS, AtDoor
from web.pages.rendering import page
from web.pages.routing import page_router

router = page_router()

Choice = Annotated[str, Query(max_length=80)]
_PRESENT = "evidence.present"


@router.get("/help")
def contents(request: Request, door: AtDoor) -> Response:
    with door.reading() as visit:
        clerk = Role(visit.user.role) in CLERKS
        return page(request, visit, "help.html", plans=_plans(visit), for_clerks=clerk)


@router.get("/help/{plan}")
def of_plan(
    request: Request,
    plan: str,
    door: AtDoor,
    level: Choice = "",
    route: Choice = "",
) -> Response:
    with door.reading() as visit:
        found = next((one for one in _plans(visit) if one.id == plan), None)
        if found is None:
            raise problems.not_found()
        level = level if level in found.levels else ""
        route = route if route in found.routes else ""
        rows = [one for one in found.requirements if _holds(one, level, route)]
        return page(
            request,
            visit,
            "help_plan.html",
            plan=found,
            level=level,
            route=route,
            levels=[(one, one) for one in found.levels],
            routes=[(one, one) for one in found.routes],
            deadlines=sorted(
                (one for one in rows if one.deadline is not None), key=lambda one: str(one.deadline)
            ),
            checked=[one for one in rows if one.checks and one.deadline is None],
            by_hand=[one for one in rows if not one.checks and one.deadline is None],
            kinds_of=lambda one: _kinds(one, level, route),
        )


def _plans(visit: Visit) -> list[Plan]:
    """Those one may apply under; an administrator also sees drafts."""
    if visit.user.role != Role.ADMIN:
        return open_plans()
    found = []
    for name in plan_ids():
        try:
            found.append(find_plan(name))
        except HezhengError:  # the page of plans says what is wrong with it
            continue
    return found


def _holds(scope: Requirement, level: str, route: str) -> bool:
    """What is not chosen narrows nothing."""
    fits_level = not (level and scope.levels) or level in scope.levels
    return fits_level and (not (route and scope.routes) or route in scope.routes)


def _kinds(requirement: Requirement, level: str, route: str) -> list[str]:
    """What must be handed in for it, and when."""
    told = []
    for use in requirement.checks:
        fits = not (level and use.levels) or level in use.levels
        if use.check != _PRESENT or not fits or (route and use.routes and route not in use.routes):
            continue
        instead = use.parameters.get("instead", ())
        more = instead if isinstance(instead, list | tuple) else ()
        names = [KIND_NAMES[EvidenceKind(str(kind))] for kind in (use.parameters["kind"], *more)]
        when = f"（{use.when}）" if use.when else ""
        told.append(" 或 ".join(names) + when)
    return told
