"""The clerk's desk: an application's pages and flags, decided flag by flag; then the next one opens."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from report.privacy import Privacy
from store import claims, examinations, judgements
from store.claims import Claim
from store.queue import Wanted
from store.tables import ApplicationRow
from web.api import problems
from web.api.desk import Visit
from web.pages.desk_view import DeskFlag, desk_view, flags_of
from web.pages.door import CLERKS, AtDoor
from web.pages.queue import FromAddress, address, desk_address, finished, next_address, query_of
from web.pages.reasons import DECISIONS
from web.pages.rendering import page
from web.pages.routing import is_partial, page_router

router = page_router()

Identifier = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]
_TO_NEXT = "HX-Redirect"


@router.get("/desk/{application}")
def desk_page(
    request: Request,
    door: AtDoor,
    application: Identifier,
    wanted: FromAddress,
    done: str = "",
    ids: str = "",
) -> Response:
    """``done``: the application that was finished just before; ``ids=1``: whole identity-card numbers."""
    with door.writing(*CLERKS) as visit:
        row = visit.application(application)
        claim = claims.claim(visit.session, visit.now, visit.user, row.id)
        privacy = visit.privacy(ids == "1", row.id)
        return page(
            request,
            visit,
            "desk.html",
            row=row,
            claim=claim,
            view=desk_view(visit, row, privacy),
            state=examinations.state_of(visit.session, row),
            before=finished(visit, done),
            shows_ids=privacy.show_id_numbers,
            query=query_of(wanted),
            back=address(wanted),
        )


@router.post("/desk/{application}/flags/{flag}")
def decide(
    request: Request,
    door: AtDoor,
    application: Identifier,
    flag: Identifier,
    wanted: FromAddress,
    decision: Annotated[str, Form()],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Keep what the clerk decided. After the last open flag, lead on to the next application."""
    with door.writing(*CLERKS) as visit:
        row = visit.application(application)
        _demand_claim(visit, row)
        found = visit.flag_to_decide(flag)
        if found.application_id != row.id or decision not in DECISIONS:
            raise problems.not_found()
        if found.gone_at is not None:
            raise problems.conflict("重新核对后已没有这个问题，请刷新页面。")
        if decision == judgements.DISMISS and not reason.strip():
            raise problems.invalid("驳回问题时请选择或写明理由。")
        before = examinations.state_of(visit.session, row)
        examinations.decide(visit.session, visit.now, visit.user, found, decision, reason.strip())
        after = examinations.state_of(visit.session, row)
        if before == examinations.OPEN and after != examinations.OPEN:
            return _lead_on(request, visit, row, wanted)
        if not is_partial(request):
            return RedirectResponse(desk_address(row.id, wanted), 303)
        return page(
            request,
            visit,
            "parts/desk_flag.html",
            one=_flag(visit, row, flag),
            row=row,
            claim=Claim(visit.user.name, visit.now, own=True),
            query=query_of(wanted),
        )


@router.post("/desk/{application}/finish")
def finish(request: Request, door: AtDoor, application: Identifier, wanted: FromAddress) -> Response:
    """Done with an application in which nothing is left to decide."""
    with door.writing(*CLERKS) as visit:
        row = visit.application(application)
        _demand_claim(visit, row)
        if not row.verdict:
            raise problems.conflict("材料有变更，正在重新核对；请稍后刷新页面再完成审核。")
        if not examinations.finish(visit.session, visit.now, visit.user, row):
            raise problems.conflict("还有问题没有决定，请先逐个采纳、驳回或存疑。")
        return _lead_on(request, visit, row, wanted)


@router.post("/desk/{application}/leave")
def leave(request: Request, door: AtDoor, application: Identifier, wanted: FromAddress) -> Response:
    """On to the next one, leaving this as it is for whoever comes."""
    with door.writing(*CLERKS) as visit:
        row = visit.application(application)
        claims.release(visit.session, visit.user, row.id)
        return _go(request, next_address(visit.session, visit.user, visit.now, wanted, row.id))


@router.post("/desk/{application}/claim")
def hold(request: Request, door: AtDoor, application: Identifier, wanted: FromAddress) -> Response:
    """The open page says now and then that somebody still sits before it."""
    with door.writing(*CLERKS) as visit:
        row = visit.application(application)
        claim = claims.claim(visit.session, visit.now, visit.user, row.id)
        return page(request, visit, "parts/desk_claim.html", row=row, claim=claim, query=query_of(wanted))


@router.post("/desk/{application}/take-over")
def take_over(request: Request, door: AtDoor, application: Identifier, wanted: FromAddress) -> Response:
    with door.writing(*CLERKS) as visit:
        row = visit.application(application)
        claims.take_over(visit.session, visit.now, visit.user, row.id)
        return _go(request, desk_address(row.id, wanted))


def _demand_claim(visit: Visit, row: ApplicationRow) -> None:
    claim = claims.claim(visit.session, visit.now, visit.user, row.id)
    if not claim.own:
        raise problems.conflict(f"{claim.holder}正在审核这份申报，本次操作没有保存；确需接手请先与对方联系。")


def _lead_on(request: Request, visit: Visit, row: ApplicationRow, wanted: Wanted) -> Response:
    claims.release(visit.session, visit.user, row.id)
    going = next_address(visit.session, visit.user, visit.now, wanted, row.id)
    return _go(request, f"{going}{'&' if '?' in going else '?'}done={row.id}")


def _go(request: Request, going: str) -> Response:
    if is_partial(request):
        return Response(status_code=204, headers={_TO_NEXT: going})
    return RedirectResponse(going, 303)


def _flag(visit: Visit, row: ApplicationRow, identifier: str) -> DeskFlag:
    every = (one for flags in flags_of(visit, row.id, Privacy()).values() for one in flags)
    return next(one for one in every if one.content["id"] == identifier)
