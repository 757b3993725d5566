"""The application: what it is handed, its guards, its routes. Nothing is decided here."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import CapacityLimiter, Semaphore, to_thread
from fastapi import APIRouter, FastAPI

from web import health, pages
from web.api import (
    applications,
    batch_reports,
    batches,
    events,
    files,
    flags,
    handlers,
    page_pictures,
    sessions,
    trail,
    uploads,
)
from web.api.describing import PROBLEMS, describe
from web.api.guards import BodyLimit, SecurityHeaders
from web.api.limits import RateLimit
from web.api.picture_cache import PictureCache
from web.service import Service

PREFIX = "/api/v1"
SUBJECTS = (applications, files, page_pictures, events, batches, batch_reports, flags, trail, sessions)


THREADS = 100
"""Routes in hand at once. Most wait for the disk, and must not keep a poll waiting for a thread."""


@asynccontextmanager
async def _with_threads(app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


def create_app(service: Service) -> FastAPI:
    """The API of the contract over ``service``."""
    app = FastAPI(
        title="核证",
        summary="核对职称申报佐证材料，指出问题、所在位置和通知依据。",
        version="1",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_with_threads,
    )
    app.state.service = service
    for name, per_minute in (
        ("user", service.settings.requests_per_minute),
        ("sign_in", service.settings.sign_ins_per_minute),
    ):
        shared = service.settings.data / "limits" / name
        setattr(app.state, f"{name}_limit", RateLimit(per_minute, time.monotonic, shared))
    app.state.upload_limiter = CapacityLimiter(uploads.AT_ONCE)
    app.state.streams = Semaphore(events.STREAMS)
    app.state.pictures = PictureCache(service.settings.data / "pages")
    handlers.install(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    api = APIRouter(prefix=PREFIX, responses=PROBLEMS)
    for subject in SUBJECTS:
        api.include_router(subject.router)
    app.include_router(api)
    app.include_router(health.router)
    describe(app, PREFIX)
    pages.mount(app)
    return app
