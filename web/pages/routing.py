"""What all page routes share: failures shown as pages, and the policy that keeps strangers' scripts out."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from traceback import format_tb
from typing import Any, cast
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from web.pages.rendering import rendered

POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self' data: blob:",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
log = logging.getLogger(__name__)

_BACK = {
    HTTPStatus.FORBIDDEN: "请返回自己的首页；如确需使用本页，请联系管理员开通权限。",
    HTTPStatus.NOT_FOUND: "请返回首页，从列表中重新打开。",
}


def page_router() -> APIRouter:
    """A router whose routes answer with pages and stay out of the API's description."""
    return APIRouter(route_class=_PageRoute, include_in_schema=False)


class _PageRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                response = await inner(request)
            except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a page
                response = as_page(request, await _api_answer(request, error))
                if response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR:
                    # Places alone: what an exception says may quote what somebody handed in.
                    log.error("%s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
            response.headers["Content-Security-Policy"] = POLICY
            return response

        return handle


def as_page(request: Request, answer: Response) -> Response:
    """A problem of the API's, in its words, as a page or as part of one."""
    problem: dict[str, Any] = json.loads(bytes(answer.body))
    status = HTTPStatus(answer.status_code)
    if status is HTTPStatus.UNAUTHORIZED:
        return _to_sign_in(request)
    wanted = "parts/failure.html" if is_partial(request) else "failure.html"
    body = rendered(wanted, request, problem=problem, hint=_BACK.get(status, ""))
    headers = {name: answer.headers[name] for name in ("Retry-After",) if name in answer.headers}
    headers["Content-Security-Policy"] = POLICY
    return Response(body, status.value, headers=headers, media_type="text/html")


async def _api_answer(request: Request, error: Exception) -> Response:
    handlers = request.app.exception_handlers
    handler = next(handlers[kind] for kind in type(error).__mro__ if kind in handlers)
    return cast(Response, await run_in_threadpool(handler, request, error))


def is_partial(request: Request) -> bool:
    """Asked for by htmx, for a part of the page that is open."""
    return request.headers.get("HX-Request") == "true"


def _to_sign_in(request: Request) -> Response:
    """Back to where the person was going, once signed in. What a form held is not sent a second time."""
    going = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    address = "/" if request.method != "GET" or is_partial(request) else f"/?next={quote(going, safe='')}"
    if is_partial(request):
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": address})
    return Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": address})
