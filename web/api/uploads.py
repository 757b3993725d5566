"""An upload on its way from the network into the blob store.

The store's ``put`` is plain blocking code, so each upload has a thread of its own, from a pool apart from the
one that answers polls: two hundred slow uploads never keep a poll waiting.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

import anyio
from anyio import CapacityLimiter, from_thread, to_thread
from fastapi import Request
from starlette.requests import ClientDisconnect

from store.blobs import Blob, Blobs
from web.api import problems
from web.api.forms import Form, read_form

Result = TypeVar("Result")

AT_ONCE = 256
"""Uploads that run at the same time in one process; further ones wait."""
_AT_A_TIME = 256 * 1024
"""Bytes handed from the network to the thread at once: each change of hands costs as much as parsing them."""
_SILENCE_SECONDS = 60
"""A sender silent for as long holds its place no more."""


async def in_upload_thread(request: Request, work: Callable[[], Result]) -> Result:
    """Run ``work`` in a thread of the uploads' own pool."""
    limiter: CapacityLimiter = request.app.state.upload_limiter
    return await to_thread.run_sync(work, limiter=limiter)


def stored_form(request: Request, blobs: Blobs, most: int) -> Form[Blob]:
    """The form that ``request`` brings, its files in the blob store; each holds ``most`` bytes at most."""
    return arriving_form(request, most, lambda _, content: blobs.put(content, most))


def arriving_form(
    request: Request, most: int, keep: Callable[[str, Iterator[bytes]], Result]
) -> Form[Result]:
    """The form that ``request`` brings, its files given to ``keep``. Only within ``in_upload_thread``.

    A body announced as larger than ``most`` bytes (with room for the form's own words) is refused unread.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most + 1024 * 1024:
        raise problems.too_large(most)
    return read_form(request.headers.get("content-type", ""), _arriving(request), keep)


def _arriving(request: Request) -> Iterator[bytes]:
    stream = request.stream()
    while True:
        try:
            chunk = from_thread.run(_next, stream)
        except TimeoutError:
            raise problems.malformed("上传中断超过一分钟，没有保存；请检查网络后重新上传。") from None
        except ClientDisconnect:
            raise problems.malformed("上传中断，没有保存；请重新上传。") from None
        if chunk is None:
            return
        yield chunk


async def _next(stream: AsyncIterator[bytes]) -> bytes | None:
    """The next bytes, ``None`` at the end."""
    gathered = b""
    while len(gathered) < _AT_A_TIME:
        with anyio.fail_after(_SILENCE_SECONDS):
            chunk = await anext(stream, None)
        if chunk is None:
            return gathered or None
        gathered += chunk
    return gathered
