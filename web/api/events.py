"""Progress as server-sent events: one event at every change, until nothing more will come.

Workers are other processes, so the database is asked once a second; each time it is also asked whether the
listener may still listen.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio
from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from store.applications import DONE, FAILED
from web.api import documents, problems
from web.api.applications import Identifier
from web.api.batches import batch_document
from web.api.desk import AtDesk, Desk, Visit
from web.api.problems import Problem

router = APIRouter(tags=["events"])

STREAMS = 500
"""Listeners of one process at a time; the next is asked to come back."""
_PAUSE_SECONDS = 1.0
_HEARTBEAT_SECONDS = 15.0
_LONGEST_SECONDS = 600.0
"""Then the stream ends and the browser opens it anew, so that a stopping server is soon free."""
_MEDIA_TYPE = "text/event-stream"
_EVENT = {"type": "object", "properties": {"event": {"const": "progress"}, "data": {"type": "string"}}}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "进度事件", "content": {_MEDIA_TYPE: {"schema": _EVENT}}}
}
Look = Callable[[Visit], dict[str, Any]]


@router.get("/files/{id}/events", response_class=StreamingResponse, responses=_RESPONSES)
async def of_file(identifier: Identifier, desk: AtDesk) -> StreamingResponse:
    """``progress`` events: ``{"status", "progress": {"page", "pages"}}``."""
    return await _stream(desk, lambda visit: documents.progress_document(visit.file(identifier)))


@router.get("/batches/{id}/events", response_class=StreamingResponse, responses=_RESPONSES)
async def of_batch(identifier: Identifier, desk: AtDesk) -> StreamingResponse:
    """``progress`` events: ``{"status", "progress", "totals"}`` of the batch."""

    def look(visit: Visit) -> dict[str, Any]:
        document = batch_document(visit, visit.batch(identifier))
        return {name: document[name] for name in ("status", "progress", "totals")}

    return await _stream(desk, look)


async def _stream(desk: Desk, look: Look) -> StreamingResponse:
    first = await _look(desk, look)
    streams: anyio.Semaphore = desk.request.app.state.streams
    try:
        streams.acquire_nowait()
    except anyio.WouldBlock:
        raise problems.too_many(5, "同时查看进度的人太多") from None
    return StreamingResponse(_events(desk, look, first, streams), media_type=_MEDIA_TYPE)


async def _events(
    desk: Desk, look: Look, state: dict[str, Any], streams: anyio.Semaphore
) -> AsyncIterator[str]:
    try:
        yield f"retry: 3000\n\n{_event(state)}"
        began = said = time.monotonic()
        while state["status"] not in (DONE, FAILED) and time.monotonic() - began < _LONGEST_SECONDS:
            await anyio.sleep(_PAUSE_SECONDS)
            try:
                now = await _look(desk, look)
            except Problem:  # signed out, or no longer theirs
                return
            if now != state:
                state, said = now, time.monotonic()
                yield _event(state)
            elif time.monotonic() - said > _HEARTBEAT_SECONDS:
                said = time.monotonic()
                yield ": \n\n"
    finally:
        streams.release()


async def _look(desk: Desk, look: Look) -> dict[str, Any]:
    def ask() -> dict[str, Any]:
        with desk.reading() as visit:
            return look(visit)

    return await to_thread.run_sync(ask)


def _event(state: dict[str, Any]) -> str:
    return f"event: progress\ndata: {json.dumps(state, ensure_ascii=False)}\n\n"
