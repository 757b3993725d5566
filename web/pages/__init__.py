"""The pages in Chinese, rendered on the server: one small file a page, each with a router of its own.

``mount(app)`` adds them and their static files. To add a page: a file here with a router made by
``routing.page_router()``, a template in ``web/templates``, its router in ``_ROUTERS``, and its link in
``navigation``.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.types import Scope

from web.pages import (
    accounts,
    administration,
    applying,
    batches,
    desk,
    evidence,
    following,
    help_pages,
    journals,
    queue,
    signing_in,
    trail,
    uploading,
)
from web.pages.routing import as_page

_STATIC = Path(__file__).resolve().parent.parent / "static"
_ROUTERS = tuple(
    subject.router
    for subject in (
        signing_in,
        queue,
        desk,
        applying,
        evidence,
        following,
        uploading,
        batches,
        administration,
        accounts,
        journals,
        trail,
        help_pages,
    )
)
_YEAR_SECONDS = 365 * 86400


def mount(app: FastAPI) -> None:
    """Add the pages to ``app``, whose ``state.service`` they use."""
    for router in _ROUTERS:
        app.include_router(router)
    app.mount("/static", _Static(directory=_STATIC), name="static")
    _show_people_pages(app)


def _show_people_pages(app: FastAPI) -> None:
    """An address that is nowhere is told to a browser as a page; programs go on getting JSON."""
    told = app.exception_handlers[HTTPException]

    def answer(request: Request, error: Exception) -> Response:
        problem = cast(Response, told(request, error))
        page = "text/html" in request.headers.get("Accept", "") and not request.url.path.startswith("/api/")
        return as_page(request, problem) if page else problem

    app.add_exception_handler(HTTPException, answer)


class _Static(StaticFiles):
    """An address with the content's digest in it never changes what it means; others are asked for anew."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        lasting = f"public, max-age={_YEAR_SECONDS}, immutable"
        response.headers["Cache-Control"] = lasting if scope["query_string"] else "no-cache"
        return response
