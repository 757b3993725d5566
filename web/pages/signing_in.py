"""Coming in and going out. Whoever is signed in goes straight to the home of their role."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from store import accounts, audit
from store.accounts import Role
from web.api import problems
from web.api.desk import SESSION_COOKIE
from web.api.problems import Problem
from web.api.sessions import enter, keep_cookie
from web.pages.door import AtDoor
from web.pages.navigation import home_of
from web.pages.rendering import rendered
from web.pages.routing import page_router

router = page_router()

WRONG = "账号或密码不正确，请核对后重新输入。"


@router.get("/")
def sign_in_page(request: Request, door: AtDoor, next: str = "") -> Response:  # noqa: A002
    try:
        with door.reading() as visit:
            return RedirectResponse(_local(next) or home_of(Role(visit.user.role)), 303)
    except Problem as problem:
        if problem.kind != problems.not_signed_in().kind:
            raise
        return _form(request, "", _local(next))


@router.post("/sign-in")
def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=80)],
    password: Annotated[str, Form(max_length=200)],
    next: Annotated[str, Form()] = "",  # noqa: A002
) -> Response:
    _demand_own_form(request)
    found = enter(request, name.strip(), password)
    if found is None:
        return _form(request, name, _local(next), WRONG, 401)
    user, secret, _ = found
    response = RedirectResponse(_local(next) or home_of(Role(user.role)), 303)
    keep_cookie(request, response, secret)
    return response


@router.post("/sign-out")
def sign_out(door: AtDoor) -> Response:
    with door.writing() as visit:
        accounts.revoke(visit.session, visit.now, door.secret)
        audit.record(visit.session, visit.now, visit.user.name, "session.closed", visit.user.id, {})
    response = RedirectResponse("/", 303)
    response.delete_cookie(SESSION_COOKIE)
    return response


def _form(request: Request, name: str, going: str, problem: str = "", status: int = 200) -> Response:
    body = rendered("sign_in.html", request, name=name, next=going, problem=problem)
    return HTMLResponse(body, status)


def _local(address: str) -> str:
    """``address`` where it is a path of ours, else ``""``: a sign-in must not send anybody elsewhere."""
    parts = urlsplit(address)
    plain = not parts.scheme and not parts.netloc and "\\" not in address and address.isprintable()
    return address if plain and address.startswith("/") and not address.startswith("//") else ""


def _demand_own_form(request: Request) -> None:
    """Nobody may sign another person in from a page elsewhere; browsers say where a form came from."""
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.headers.get("Host", ""):
        raise problems.not_allowed("请从本系统的登录页登录。")
