"""The clerk's queue: what waits, errors first, narrowed by htmx while one types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from domain.kinds import Verdict
from policies import find_plan, plan_ids
from report.words import VERDICTS
from store import queue
from store.queue import Place, Wanted
from store.tables import ApplicationRow, UserRow
from web.api import cursors, problems
from web.api.desk import Visit
from web.api.problems import Problem
from web.pages.door import CLERKS, AtDoor
from web.pages.rendering import page
from web.pages.routing import is_partial, page_router

router = page_router()

ROWS = 50
STATES = {queue.OPEN: "待审", queue.DOUBTFUL: "存疑", queue.DONE: "已审", queue.EVERY: "全部"}
_AGES = {3: "3天以上", 7: "7天以上", 15: "15天以上", 30: "30天以上"}


def _wanted(
    state: str = queue.OPEN,
    plan: str = "",
    verdict: str = "",
    organisation: str = "",
    days: str = "",
    q: Annotated[str, Query(max_length=100)] = "",
) -> Wanted:
    """What the address says; a word that means nothing narrows nothing."""
    return Wanted(
        state=state if state in STATES else queue.OPEN,
        plan=plan,
        verdict=verdict if verdict in set(Verdict) else "",
        organisation=organisation,
        days=min(int(days), 3650) if days.isdecimal() else 0,
        words=q.strip(),
    )


FromAddress = Annotated[Wanted, Depends(_wanted)]


@router.get("/queue")
def queue_page(
    request: Request, door: AtDoor, wanted: FromAddress, cursor: str = "", done: str = ""
) -> Response:
    """``done``: the application that was finished just before, after which nothing was left."""
    with door.reading(*CLERKS) as visit:
        session, user, now = visit.session, visit.user, visit.now
        found = queue.queued(session, user, now, wanted, _place(cursor), ROWS + 1)
        plans, organisations = queue.plans_and_organisations(session, user)
        shown = found[:ROWS]
        going_on = address(wanted, cursor=_written(shown[-1].place)) if len(found) > ROWS else ""
        return page(
            request,
            visit,
            "parts/queue_rows.html" if is_partial(request) else "queue.html",
            applications=shown,
            total=queue.number(session, user, now, wanted),
            wanted=wanted,
            before=finished(visit, done),
            query=query_of(wanted),
            first=address(wanted) if cursor else "",
            next=going_on,
            plans=[(one, plan_title(one)) for one in plans],
            plan_titles={one: plan_title(one) for one in plans},
            organisations=[(one, one) for one in organisations],
            verdicts=[(one.value, words) for one, words in VERDICTS.items()],
            states=list(STATES.items()),
            state_names=STATES,
            ages=[(str(days), words) for days, words in _AGES.items()],
        )


@router.get("/queue/next")
def open_next(door: AtDoor, wanted: FromAddress, after: str = "") -> Response:
    """Straight to the next application that is open and in nobody else's hands."""
    with door.reading(*CLERKS) as visit:
        return RedirectResponse(next_address(visit.session, visit.user, visit.now, wanted, after), 303)


def finished(visit: Visit, identifier: str) -> ApplicationRow | None:
    """The application finished before, for who may see it: to go back and undo."""
    try:
        return visit.application(identifier) if identifier else None
    except Problem:
        return None


def next_address(session: Session, user: UserRow, now: datetime, wanted: Wanted, after: str) -> str:
    """The desk with the next application; the queue where nothing is left."""
    row = queue.following(session, user, now, wanted, after)
    return desk_address(row.id, wanted) if row is not None else address(wanted)


def desk_address(application: str, wanted: Wanted) -> str:
    query = query_of(wanted)
    return f"/desk/{application}" + (f"?{query}" if query else "")


def address(wanted: Wanted, **more: str) -> str:
    query = query_of(wanted, **more)
    return f"/queue?{query}" if query else "/queue"


def query_of(wanted: Wanted, **more: str) -> str:
    """The queue's narrowing as it goes along in addresses, so that the next one comes from the same list."""
    values: Mapping[str, str] = {
        "state": "" if wanted.state == queue.OPEN else wanted.state,
        "plan": wanted.plan,
        "verdict": wanted.verdict,
        "organisation": wanted.organisation,
        "days": str(wanted.days or ""),
        "q": wanted.words,
        **more,
    }
    return urlencode({name: value for name, value in values.items() if value})


def plan_title(plan: str) -> str:
    return find_plan(plan).title if plan in plan_ids() else plan


def _written(place: Place) -> str:
    rank, moment, identifier = place
    return f"{rank}.{cursors.written((moment, identifier))}"


def _place(cursor: str) -> Place | None:
    if not cursor:
        return None
    rank, _, rest = cursor.partition(".")
    if rank not in {"0", "1", "2"}:
        raise problems.invalid("翻页标记（cursor）无效，请从第一页重新开始。")
    return (int(rank), *cursors.read(rest))
