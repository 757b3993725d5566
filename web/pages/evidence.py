"""One application as its applicant sees it: files with what is wrong and how to put it right, the checklist.

``/mine/{id}/state`` is the part that changes; the page asks for it again whenever ``following`` says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, cast

from fastapi import Query, Request, Response

from domain.errors import HezhengError
from domain.kinds import Severity
from domain.plan import Plan
from policies import DEFAULT_PLAN, find_plan
from policies.names import KIND_NAMES
from report.privacy import Privacy
from store.accounts import Role
from store.applications import FAILED
from web.api import composing
from web.api.applications import Identifier
from web.api.desk import Visit
from web.pages.applying import title_of
from web.pages.checklist import BAD, GOOD, OPEN, UNSURE, checklist
from web.pages.door import AtDoor
from web.pages.following import UNDER_WAY
from web.pages.rendering import page
from web.pages.routing import page_router

router = page_router()

_SIGNS = (BAD, UNSURE, OPEN, GOOD)
_ABOUT = {
    "continuing_education": ("继续教育", "year"),
    "certificates": ("证书", "name"),
    "appointments": ("聘任", "position"),
    "assessments": ("年度考核", "year"),
    "papers": ("论文", "title"),
    "education": ("学历", "school"),
    "projects": ("项目", "name"),
}


@router.get("/mine/{id}")
def application(request: Request, identifier: Identifier, door: AtDoor) -> Response:
    with door.reading(Role.APPLICANT) as visit:
        state = _state(visit, identifier)
        return page(
            request,
            visit,
            "application.html",
            title=title_of(state["application"]["plan"]) or title_of(DEFAULT_PLAN),
            kinds=[(kind.value, name) for kind, name in KIND_NAMES.items()],
            abouts=_abouts(state["application"]["declaration"]),
            **state,
        )


@router.get("/mine/{id}/state")
def changing(
    request: Request, identifier: Identifier, door: AtDoor, seen: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """204 while nothing has changed since ``seen``: what the person reads is left alone."""
    with door.reading(Role.APPLICANT) as visit:
        state = _state(visit, identifier)
        if state["seen"] == seen:
            return Response(status_code=204)
        return page(request, visit, "parts/application_state.html", **state)


def _state(visit: Visit, identifier: str) -> dict[str, Any]:
    document = composing.whole_application(visit, visit.own_application(identifier).id, Privacy())
    plan = _plan(str(document["plan"]))
    demands = checklist(plan, document, visit.user) if plan else ()
    wanted = [one for one in demands if one.sign != OPEN or one.kinds]
    return {
        "application": document,
        "under_way": _under_way(document),
        "files": sorted(cast("list[dict[str, Any]]", document["files"]), key=_gravity),
        "demands": sorted(wanted, key=lambda one: _SIGNS.index(one.sign)),
        "by_hand": [one for one in demands if one.sign == OPEN and not one.kinds],
        "seen": _digest(document),
    }


def _gravity(file: Mapping[str, Any]) -> tuple[int, str]:
    """What must be put right comes first."""
    found = {flag["severity"] for flag in file["flags"]}
    if file["status"] == FAILED or Severity.ERROR in found:
        return 0, file["path"]
    return (1 if file["status"] in UNDER_WAY else 2 if Severity.WARNING in found else 3), file["path"]


def _under_way(document: Mapping[str, Any]) -> bool:
    return any(file["status"] in UNDER_WAY for file in document["files"]) or (
        bool(document["files"]) and not document["verdict"]
    )


def _plan(name: str) -> Plan | None:
    """The plan it is judged by; ``None`` where there is none of that name any more."""
    try:
        return find_plan(name or DEFAULT_PLAN)
    except HezhengError:
        return None


def _abouts(declaration: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a file may prove, as ``papers/0`` and in words."""
    return [
        (f"{part}/{index}", f"{words}：{str(row.get(told) or index + 1)[:40]}")
        for part, (words, told) in _ABOUT.items()
        for index, row in enumerate(declaration.get(part, []))
    ]


def _digest(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
