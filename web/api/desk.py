"""Who comes in, and what they may open. Every route of the API goes through here and nowhere else.

A route asks for a ``Desk``; ``desk.reading()`` or ``desk.writing()`` opens one transaction, tells in it who
is calling, and hands out only what that person may see (``store.access``). What is not there and what is not
theirs are the same 404.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from report.privacy import Privacy
from store import access, accounts, audit
from store.tables import ApplicationRow, BatchRow, FileRow, FlagRow, UserRow
from web.api import problems
from web.api.limits import RateLimit
from web.service import Service

Result = TypeVar("Result")

SESSION_COOKIE = "hezheng_session"
CSRF_HEADER = "X-CSRF-Token"
_SAFE = ("GET", "HEAD", "OPTIONS")
_bearer = HTTPBearer(auto_error=False, description="API令牌，由 hezheng token create 生成。")
_cookie = APIKeyCookie(
    name=SESSION_COOKIE, auto_error=False, description=f"网页会话；修改类请求另须带 {CSRF_HEADER}。"
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One transaction of one person. What may not be seen raises 404."""

    session: Session
    user: UserRow
    now: datetime
    csrf: str
    """The CSRF token of a web session, ``""`` with an API token."""

    def application(self, identifier: str) -> ApplicationRow:
        row = access.application(self.session, self.user, identifier)
        if row is None:
            raise problems.not_found()
        return row

    def own_application(self, identifier: str) -> ApplicationRow:
        """One whose declaration and files the caller may change."""
        row = self.application(identifier)
        if not access.may_change(self.user, row):
            raise problems.not_allowed("只有申报人本人可以修改申报内容和材料。")
        return row

    def file(self, identifier: str) -> FileRow:
        row = access.file(self.session, self.user, identifier)
        if row is None:
            raise problems.not_found()
        return row

    def flag(self, identifier: str) -> FlagRow:
        row = access.flag(self.session, self.user, identifier)
        if row is None:
            raise problems.not_found()
        return row

    def flag_to_decide(self, identifier: str) -> FlagRow:
        """Refused before the flag is looked for, so that an applicant does not learn which there are."""
        if not access.may_decide(self.user):
            raise problems.not_allowed("问题由核对人员处理，申报人请按提示补正材料。")
        return self.flag(identifier)

    def batch(self, identifier: str) -> BatchRow:
        row = access.batch(self.session, self.user, identifier)
        if row is None:
            raise problems.not_found()
        return row

    def demand_grant(self, row: ApplicationRow) -> None:
        """What one declares must stay within what one may see, else it would be lost to oneself."""
        self.session.flush()
        if access.application(self.session, self.user, row.id) is None:
            raise problems.not_allowed("您没有获得该评审计划和工作单位的权限，请联系管理员。")

    def shows_check(self, check: str) -> bool:
        """Checks are named as the flags that they raise."""
        return access.shown(self.user, check)

    def demand_batches(self) -> None:
        if not access.may_bring_batches(self.user):
            raise problems.not_allowed("批量预审由核对人员和管理员使用；申报人请逐份申报。")

    def privacy(self, show_id_numbers: bool, subject: str = "") -> Privacy:
        """Masked, unless asked for by somebody who may; then it is written down that they saw ``subject``."""
        if not show_id_numbers:
            return Privacy()
        if not access.may_see_id_numbers(self.user):
            raise problems.not_allowed("身份证号完整号码只对核对人员和管理员显示。")
        audit.record(self.session, self.now, self.user.name, "id_numbers.shown", subject, {})
        return Privacy(show_id_numbers=True)


class Desk:
    """The door to the store for one request."""

    def __init__(self, request: Request, token: str, cookie: str) -> None:
        self.request = request
        self.service = cast(Service, request.app.state.service)
        self._limit = cast(RateLimit, request.app.state.user_limit)
        self._token, self._cookie = token, cookie
        self._counted = False

    @contextmanager
    def reading(self) -> Iterator[Visit]:
        with self.service.database.reading() as session:
            yield self._visit(session)

    @contextmanager
    def writing(self) -> Iterator[Visit]:
        """Committed as a whole when the block ends, or not at all."""
        with self.service.database.writing() as session:
            yield self._visit(session)

    def change(self, work: Callable[[Visit], Result]) -> Result:
        """As ``writing``; those who wait for the disk at the same time wait together."""
        return self.service.database.change(lambda session: work(self._visit(session)))

    @contextmanager
    def showing(self, show_id_numbers: bool, subject: str) -> Iterator[tuple[Visit, Privacy]]:
        """Reading, and how personal numbers are shown; whole ones leave a trace, so that is written."""
        with self.writing() if show_id_numbers else self.reading() as visit:
            yield visit, visit.privacy(show_id_numbers, subject)

    @property
    def secret(self) -> str:
        """The value of the session's cookie."""
        return self._cookie

    def _visit(self, session: Session) -> Visit:
        now = self.service.clock()
        if self._token:
            found = accounts.by_credential(session, now, self._token, "token")
        elif self._cookie:
            found = accounts.by_credential(session, now, self._cookie, "session")
        else:
            found = None
        if found is None:
            raise problems.not_signed_in()
        user, csrf = found
        if not self._counted:
            self._limit.count(user.id)
            self._counted = True
        if not self._token:
            self._demand_csrf(csrf)
        return Visit(session, user, now, "" if self._token else csrf)

    def _demand_csrf(self, csrf: str) -> None:
        """A browser sends the cookie by itself, whoever made the form; the token only our own pages know."""
        if self.request.method in _SAFE:
            return
        sent = self.request.headers.get(CSRF_HEADER, "")
        if not secrets.compare_digest(sent.encode(), csrf.encode()):
            raise problems.not_allowed("页面已过期或请求来源不明，请刷新页面后重新操作。")


async def _desk(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    cookie: Annotated[str | None, Depends(_cookie)],
) -> Desk:
    return Desk(request, bearer.credentials if bearer else "", cookie or "")


AtDesk = Annotated[Desk, Depends(_desk)]
