"""What an applicant's open page listens to: an event at every change, upon which it asks for what is new.

Workers are other processes, so the database is asked: often while something happens, seldom once nothing has
for a while. Each time it is also asked whether the listener may still listen.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Any

import anyio
from anyio import to_thread
from fastapi import Response
from fastapi.responses import StreamingResponse

from store import listing
from store.applications import CHECKING, DONE, QUEUED, READING
from web.api import problems
from web.api.applications import Identifier
from web.api.problems import Problem
from web.pages.door import AtDoor, Door
from web.pages.routing import page_router

router = page_router()

UNDER_WAY = (QUEUED, READING, CHECKING)
_SHORTEST_SECONDS, _PAUSE_SECONDS = 0.1, 1.0
_CALM_SECONDS = 10
"""A state that has stood for so long is looked at once a second; a younger one more often."""
_LONGEST_SECONDS = 600.0
"""Then the stream ends and the browser opens it anew, so that a stopping server is soon free."""


@router.get("/mine/{id}/events")
async def of_application(identifier: Identifier, door: AtDoor) -> Response:
    """``progress`` events, the last with the status ``done``; they tell that something changed, not what."""
    first = await to_thread.run_sync(_look, door, identifier)
    streams: anyio.Semaphore = door.request.app.state.streams
    try:
        streams.acquire_nowait()
    except anyio.WouldBlock:
        raise problems.too_many(5, "同时查看进度的人太多") from None
    return StreamingResponse(_events(door, identifier, first, streams), media_type="text/event-stream")


async def _events(
    door: Door, identifier: str, state: dict[str, Any], streams: anyio.Semaphore
) -> AsyncIterator[str]:
    try:
        yield f"retry: 3000\n\n{_event(state)}"
        began = changed = time.monotonic()
        while state["status"] != DONE and time.monotonic() - began < _LONGEST_SECONDS:
            quiet = time.monotonic() - changed
            await anyio.sleep(min(_PAUSE_SECONDS, max(_SHORTEST_SECONDS, quiet / _CALM_SECONDS)))
            try:
                now = await to_thread.run_sync(_look, door, identifier)
            except Problem:  # signed out, or no longer theirs
                return
            if now != state:
                state, changed = now, time.monotonic()
                yield _event(state)
    finally:
        streams.release()


def _look(door: Door, identifier: str) -> dict[str, Any]:
    with door.reading() as visit:
        row = visit.own_application(identifier)
        files = listing.files(visit.session, [row.id])[row.id]
        waits = any(file.status in UNDER_WAY for file in files) or (bool(files) and not row.verdict)
        return {
            "status": READING if waits else DONE,
            "revision": row.revision,
            "files": [[file.id, file.status, file.page] for file in files],
        }


def _event(state: dict[str, Any]) -> str:
    return f"event: progress\ndata: {json.dumps(state)}\n\n"
