"""Accounts: added, disabled, given another role or password, and what clerks were granted."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from policies import plan_ids
from store import people
from store.accounts import EVERYTHING, Role
from store.errors import NameTakenError
from store.tables import UserRow
from web.api import problems
from web.api.applications import Identifier
from web.api.desk import Visit
from web.pages.applying import title_of
from web.pages.door import AtDoor
from web.pages.navigation import ROLES
from web.pages.rendering import page
from web.pages.routing import page_router

router = page_router()

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for each other when a password is told by telephone."""
_ROLES = [(role.value, words) for role, words in ROLES.items()]


@router.get("/admin/users")
def users(request: Request, door: AtDoor) -> Response:
    with door.reading(Role.ADMIN) as visit:
        return _list(request, visit)


@router.post("/admin/users")
def add(
    request: Request,
    door: AtDoor,
    name: Annotated[str, Form(max_length=80)] = "",
    role: Annotated[str, Form()] = "",
) -> Response:
    """A new account; its password is made here and told once."""
    if not name.strip() or "\x00" in name or role not in set(Role):
        with door.reading(Role.ADMIN) as visit:
            return _list(request, visit, name, "请填写账号名称并选择角色。", 422)
    password = new_password()
    try:
        with door.writing(Role.ADMIN) as visit:
            row = people.add(visit.session, visit.now, visit.user, name.strip(), Role(role), password)
            return _one(request, visit, row, password)
    except NameTakenError as taken:
        with door.reading(Role.ADMIN) as visit:
            return _list(request, visit, name, str(taken), 422)


@router.get("/admin/users/{id}")
def user(request: Request, identifier: Identifier, door: AtDoor) -> Response:
    with door.reading(Role.ADMIN) as visit:
        return _one(request, visit, _found(visit, identifier))


@router.post("/admin/users/{id}/password")
def reset_password(request: Request, identifier: Identifier, door: AtDoor) -> Response:
    password = new_password()
    with door.writing(Role.ADMIN) as visit:
        row = _found(visit, identifier)
        if row.id == visit.user.id:
            raise problems.conflict("在这里重设自己的密码会使您立即退出；请让另一位管理员重设。")
        people.set_password(visit.session, visit.now, visit.user, row, password)
        return _one(request, visit, row, password)


@router.post("/admin/users/{id}/role")
def change_role(identifier: Identifier, door: AtDoor, role: Annotated[str, Form()]) -> Response:
    with door.writing(Role.ADMIN) as visit:
        row = _other(visit, identifier)
        if role not in set(Role):
            raise problems.invalid("没有这个角色，请从列表中选择。")
        people.set_role(visit.session, visit.now, visit.user, row, Role(role))
    return _back(identifier)


@router.post("/admin/users/{id}/state")
def change_state(identifier: Identifier, door: AtDoor, enabled: Annotated[str, Form()] = "") -> Response:
    with door.writing(Role.ADMIN) as visit:
        change = people.enable if enabled == "yes" else people.disable
        change(visit.session, visit.now, visit.user, _other(visit, identifier))
    return _back(identifier)


@router.post("/admin/users/{id}/grants")
def change_grants(
    identifier: Identifier,
    door: AtDoor,
    plan: Annotated[str, Form(max_length=80)] = EVERYTHING,
    organisation: Annotated[str, Form(max_length=200)] = "",
    withdraw: Annotated[str, Form()] = "",
) -> Response:
    with door.writing(Role.ADMIN) as visit:
        row = _found(visit, identifier)
        if row.role != Role.CLERK:
            raise problems.conflict("只有核对人员需要授权：申报人只看自己的申报，管理员看全部。")
        if "\x00" in plan + organisation:
            raise problems.invalid("单位名称中有无法保存的字符，请改正。")
        change = people.withdraw if withdraw == "yes" else people.grant
        wanted = organisation.strip() or EVERYTHING
        change(visit.session, visit.now, visit.user, row, plan or EVERYTHING, wanted)
    return _back(identifier)


def new_password() -> str:
    """Three groups of five, some 74 bits: easily read out, hardly guessed."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3))


def _list(request: Request, visit: Visit, name: str = "", problem: str = "", status: int = 200) -> Response:
    return page(
        request,
        visit,
        "admin_users.html",
        status,
        users=people.everybody(visit.session),
        grants=people.grants(visit.session),
        roles=_ROLES,
        role_names=dict(_ROLES),
        title_of=title_of,
        typed=name,
        problem=problem,
    )


def _one(request: Request, visit: Visit, row: UserRow, password: str = "") -> Response:
    return page(
        request,
        visit,
        "admin_user.html",
        one=row,
        grants=people.grants(visit.session).get(row.id, []),
        roles=_ROLES,
        role_names=dict(_ROLES),
        plans=[(plan, title_of(plan)) for plan in plan_ids()],
        title_of=title_of,
        password=password,
    )


def _found(visit: Visit, identifier: str) -> UserRow:
    row = visit.session.get(UserRow, identifier)
    if row is None:
        raise problems.not_found()
    return row


def _other(visit: Visit, identifier: str) -> UserRow:
    row = _found(visit, identifier)
    if row.id == visit.user.id:
        raise problems.conflict("不能停用自己的账号或改变自己的角色；请让另一位管理员操作。")
    return row


def _back(identifier: str) -> Response:
    return RedirectResponse(f"/admin/users/{identifier}", 303)
