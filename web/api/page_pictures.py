"""Pages as pictures, drawn on demand in the sandboxed child that reads uploads, kept on disk for a while.

The original itself is never shown in a page: what a browser gets is drawn anew, upright as it was read.
"""

from __future__ import annotations

import io
import json
import threading
import zlib
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import APIRouter, Path, Query
from fastapi.responses import FileResponse

from domain.errors import InputError
from domain.page import PageImage
from intake.opening import opened
from store import listing
from store.tables import FileRow
from web.api.applications import Identifier
from web.api.desk import AtDesk, Desk, Visit
from web.api.picture_cache import PictureCache
from web.api.problems import Problem

router = APIRouter(tags=["files"])

SIDES = (320, 1000, 2000)
"""Longest sides in pixels; few, so that few pictures are kept."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""Pages drawn at the same time in one process: each may take the reader's whole memory limit."""


@router.get(
    "/files/{id}/pages/{n}.png",
    response_class=FileResponse,
    responses={200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}},
)
def picture(
    identifier: Identifier,
    number: Annotated[int, Path(alias="n", ge=1, le=100_000)],
    desk: AtDesk,
    side: Annotated[int, Query(ge=1, le=SIDES[-1], description="最长边的像素数。")] = SIDES[-1],
) -> FileResponse:
    """The page upright, at most ``side`` pixels long (rounded up to 320, 1000 or 2000)."""
    with desk.reading() as visit:
        row = visit.file(identifier)
        rotation = _rotation(visit, row.sha256, number)
    cache = cast(PictureCache, desk.request.app.state.pictures)
    longest = next(one for one in SIDES if one >= side)
    name = f"{row.sha256}-{number}-{rotation}-{longest}.png"
    path = cache.find(name)
    if path is None:
        path = cache.keep(name, _drawn(desk, row, number, rotation, longest))
    return FileResponse(path, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def _rotation(visit: Visit, sha256: str, number: int) -> int:
    """How the page was turned when it was read; 0 while it is not read."""
    row = listing.newest_reading(visit.session, sha256)
    pages = json.loads(zlib.decompress(row.content))["pages"] if row is not None else []
    return next((int(page["rotation"]) for page in pages if page["number"] == number), 0)


def _drawn(desk: Desk, row: FileRow, number: int, rotation: int, side: int) -> bytes:
    service = desk.service
    try:
        with (
            _AT_ONCE,
            opened(service.blobs.path(row.sha256), row.name, service.settings.limits) as untrusted,
        ):
            page = next(untrusted.pages(number), None) if number <= untrusted.page_count else None
            if page is None or page.problem is not None:
                raise _unavailable()
            return _png(page, rotation, side)
    except InputError:
        raise _unavailable() from None


def _unavailable() -> Problem:
    return Problem(
        HTTPStatus.NOT_FOUND,
        "page-unavailable",
        "没有这一页的图像",
        "文件没有这一页，或这一页无法显示；请核对页码，或下载原件查看。",
    )


def _png(page: PageImage, rotation: int, side: int) -> bytes:
    from PIL import Image

    turns = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    drawn = Image.frombytes("RGB", (page.width, page.height), page.pixels)
    drawn.thumbnail((side, side))
    if rotation in turns:
        drawn = drawn.transpose(turns[rotation])
    content = io.BytesIO()
    drawn.save(content, "PNG", compress_level=4)
    return content.getvalue()
