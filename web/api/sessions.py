"""Signing in and out: a cookie that scripts cannot read, and the CSRF token that goes with it."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from store import accounts, audit
from store.accounts import SESSION_LIFE, Role
from store.tables import UserRow
from web.api.desk import SESSION_COOKIE, AtDesk
from web.api.limits import RateLimit
from web.api.problems import Problem
from web.service import Service

router = APIRouter(tags=["sessions"])


class SignIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")
    password: str = Field(min_length=1, max_length=200)


class Person(BaseModel):
    name: str
    role: Role


class SessionShape(BaseModel):
    """``csrf`` goes into the header ``X-CSRF-Token`` of every request that changes something."""

    user: Person
    csrf: str


@router.post("/sessions", status_code=HTTPStatus.CREATED, response_model=SessionShape)
def sign_in(request: Request, words: SignIn) -> JSONResponse:
    """Sign in with name and password; the session is in the cookie."""
    found = enter(request, words.name, words.password)
    if found is None:
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "wrong-password",
            "账号或密码不正确",
            "账号或密码不正确，请核对后重新输入。",
            headers={"WWW-Authenticate": "Bearer"},
        )
    user, secret, csrf = found
    response = JSONResponse(_shape(user, csrf), HTTPStatus.CREATED)
    keep_cookie(request, response, secret)
    return response


@router.get("/sessions/current", response_model=SessionShape)
def current(desk: AtDesk) -> JSONResponse:
    """Who is signed in."""
    with desk.reading() as visit:
        return JSONResponse(_shape(visit.user, visit.csrf))


@router.delete("/sessions/current", status_code=HTTPStatus.NO_CONTENT)
def sign_out(desk: AtDesk) -> Response:
    """End the session. A token stays valid: it is an administrator's to revoke."""
    with desk.writing() as visit:
        if desk.secret:
            accounts.revoke(visit.session, visit.now, desk.secret)
            audit.record(visit.session, visit.now, visit.user.name, "session.closed", visit.user.id, {})
    response = Response(status_code=HTTPStatus.NO_CONTENT)
    response.delete_cookie(SESSION_COOKIE)
    return response


def enter(request: Request, name: str, password: str) -> tuple[UserRow, str, str] | None:
    """User, cookie value and CSRF token of a new session; ``None`` where name or password is wrong.

    Counted by address. The password is hashed outside of any writing transaction: it takes long on purpose.
    """
    limit = cast(RateLimit, request.app.state.sign_in_limit)
    limit.count(request.client.host if request.client else "")
    service = cast(Service, request.app.state.service)
    with service.database.reading() as session:
        user = accounts.by_password(session, name, password)
    if user is None:
        return None
    now = service.clock()
    with service.database.writing() as session:
        secret, csrf = accounts.open_session(session, now, user)
        audit.record(session, now, user.name, "session.opened", user.id, {})
    return user, secret, csrf


def keep_cookie(request: Request, response: Response, secret: str) -> None:
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=int(SESSION_LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _shape(user: UserRow, csrf: str) -> dict[str, object]:
    return {"user": {"name": user.name, "role": user.role}, "csrf": csrf}
