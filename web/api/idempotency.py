"""``Idempotency-Key``: a request sent twice is done once, and answered twice with the same words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse

from store import answers
from store.answers import Answer, OtherRequestError
from web.api.desk import Desk, Visit
from web.api.problems import Problem

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="同一键重复提交同一请求时只执行一次，并返回相同的结果。",
    ),
]


def once(
    desk: Desk,
    key: str | None,
    request: str,
    work: Callable[[Visit], Mapping[str, Any]],
    status: HTTPStatus,
) -> JSONResponse:
    """Do ``work`` in one transaction with its answer; where ``key`` was answered before, tell that answer.

    ``request``: digest of all that the request asks for. Raises 422 where the key was used for another.
    """

    def answered(visit: Visit) -> JSONResponse:
        if key is None:
            return JSONResponse(dict(work(visit)), status)
        try:
            before = answers.earlier(visit.session, visit.now, visit.user.id, key, request)
        except OtherRequestError:
            raise Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                "幂等键重复使用",
                "这个 Idempotency-Key 已用于另一个请求，请为新的请求换一个键。",
            ) from None
        if before is not None:
            return JSONResponse(dict(before.content), before.status)
        content = work(visit)
        answers.keep(visit.session, visit.user.id, key, Answer(status.value, content))
        return JSONResponse(dict(content), status)

    return desk.change(answered)
