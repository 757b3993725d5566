"""Who is at the page: the API's desk, the CSRF token also taken from a form, roles refused politely."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request

from store.accounts import Role
from store.tables import UserRow
from web.api import problems
from web.api.desk import CSRF_HEADER, SESSION_COOKIE, Desk, Visit
from web.pages.navigation import ROLES

CSRF_FIELD = "csrf"
_SAFE = ("GET", "HEAD", "OPTIONS")


class Door(Desk):
    """``reading(*roles)`` and ``writing(*roles)``: one transaction of somebody who has one of ``roles``.

    Who it is stays in ``request.state.visit``, so that a refusal is shown with the person's own links.
    """

    def __init__(self, request: Request, cookie: str, sent: str) -> None:
        super().__init__(request, "", cookie)
        self._sent = sent

    @contextmanager
    def reading(self, *roles: Role) -> Iterator[Visit]:
        with super().reading() as visit:
            self._remember(visit)
            _demand(visit, roles)
            yield visit

    @contextmanager
    def writing(self, *roles: Role) -> Iterator[Visit]:
        with super().writing() as visit:
            self._remember(visit)
            _demand(visit, roles)
            yield visit

    def _remember(self, visit: Visit) -> None:
        """Apart from the session, which forgets what it knew when a refusal rolls it back."""
        known = UserRow(id=visit.user.id, name=visit.user.name, role=visit.user.role)
        self.request.state.visit = replace(visit, user=known)

    def _demand_csrf(self, csrf: str) -> None:
        if self.request.method in _SAFE:
            return
        if not secrets.compare_digest(self._sent.encode(), csrf.encode()):
            raise problems.not_allowed("页面已过期或请求来源不明，请刷新页面后重新操作。")


def _demand(visit: Visit, roles: tuple[Role, ...]) -> None:
    if roles and Role(visit.user.role) not in roles:
        named = "、".join(ROLES[role] for role in roles)
        raise problems.not_allowed(f"本页只供{named}使用，您登录的是{ROLES[Role(visit.user.role)]}账号。")


async def _door(request: Request) -> Door:
    """The form is read only where the header brings no token: an upload need not be parsed for it."""
    sent = request.headers.get(CSRF_HEADER, "")
    if not sent and request.method not in _SAFE:
        field = (await request.form()).get(CSRF_FIELD, "")
        sent = field if isinstance(field, str) else ""
    return Door(request, request.cookies.get(SESSION_COOKIE, ""), sent)


AtDoor = Annotated[Door, Depends(_door)]
CLERKS = (Role.CLERK, Role.ADMIN)
"""Who may look at other people's applications and decide."""
