"""The place on a page that a flag is about, cut out of the upload with something around it, and framed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from domain.errors import InputError
from domain.geometry import Box
from domain.page import PageImage
from domain.settings import Limits

Place = tuple[int, Box]
"""Page number, and box of the upright page."""
_AROUND = 0.04
"""Of the page's longer side, on every side of the box."""
_LEAST = 0.16
"""A crop's height and width at least, of the page's: less shows nothing of where it is."""
_LONG_SIDE = 900
_FRAME = (192, 32, 32)


def crops_of(
    upload: Path, name: str, limits: Limits, places: Iterable[Place], rotations: Mapping[int, int]
) -> Mapping[Place, bytes]:
    """Crops as JPEG by place; a page that cannot be drawn has none. ``rotations`` by page, as read."""
    from intake.opening import opened

    wanted: dict[int, list[Place]] = {}
    for place in places:
        wanted.setdefault(place[0], []).append(place)
    crops: dict[Place, bytes] = {}
    try:
        with opened(upload, name, limits) as untrusted:
            for number in sorted(page for page in wanted if page <= untrusted.page_count):
                page = next(untrusted.pages(number), None)
                if page is not None and page.problem is None:
                    crops |= _cut(page, rotations.get(number, 0), wanted[number])
    except InputError:
        return crops
    return crops


def _cut(page: PageImage, rotation: int, places: Sequence[Place]) -> dict[Place, bytes]:
    from PIL import Image, ImageDraw

    turns = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    upright = Image.frombytes("RGB", (page.width, page.height), page.pixels)
    if rotation in turns:
        upright = upright.transpose(turns[rotation])
    crops: dict[Place, bytes] = {}
    for place in places:
        left, top, right, bottom = _around(place[1], upright.size)
        crop = upright.crop((left, top, right, bottom))
        box = place[1]
        frame = (
            box.left * upright.width - left,
            box.top * upright.height - top,
            box.right * upright.width - left,
            box.bottom * upright.height - top,
        )
        ImageDraw.Draw(crop).rectangle(frame, outline=_FRAME, width=max(2, max(crop.size) // 250))
        crop.thumbnail((_LONG_SIDE, _LONG_SIDE))
        written = io.BytesIO()
        crop.save(written, "JPEG", quality=75, optimize=True)
        crops[place] = written.getvalue()
    return crops


def _around(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The box with a margin, in pixels, within the page."""
    width, height = size
    margin = _AROUND * max(size)
    reach_x = max((box.right - box.left) * width / 2 + margin, _LEAST * width)
    reach_y = max((box.bottom - box.top) * height / 2 + margin, _LEAST * height / 2)
    x, y = (box.left + box.right) / 2 * width, (box.top + box.bottom) / 2 * height
    return (
        max(0, round(x - reach_x)),
        max(0, round(y - reach_y)),
        min(width, round(x + reach_x)),
        min(height, round(y + reach_y)),
    )
