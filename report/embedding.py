"""Page pictures inside the HTML file, as far as a browser can bear.

Flagged pages go in first. Once the budget is spent, the other pages are linked from the folder beside it.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from PIL import Image

from domain.review import ApplicationReview
from domain.screening import PagePictures

PictureKey = tuple[str, int]
"""A file's SHA-256 and a page number."""

BUDGET_BYTES = 60 * 1024 * 1024
"""Pictures in one HTML file; beyond some 100 MB browsers open it sluggishly."""
LONG_SIDE = 1500
QUALITY = 68


def embedded_pictures(
    reviews: Iterable[ApplicationReview],
    pictures: PagePictures,
    beside: Path,
    budget: int = BUDGET_BYTES,
) -> Mapping[PictureKey, str]:
    """For every page with a kept picture: a data address, or its path relative to the folder ``beside``."""
    sources: dict[PictureKey, str] = {}
    for key in _in_order(reviews):
        path = pictures.of(*key)
        if key in sources or not path.is_file():
            continue
        if budget > 0:
            data = _small_jpeg(path)
            budget -= len(data)
            sources[key] = f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"
        else:
            sources[key] = Path(os.path.relpath(path, beside)).as_posix()
    return sources


def _in_order(reviews: Iterable[ApplicationReview]) -> list[PictureKey]:
    flagged: list[PictureKey] = []
    others: list[PictureKey] = []
    for review in reviews:
        for file in review.files:
            pages = {flag.page for flag in file.flags}
            for page in file.file.reading.pages:
                key = (file.file.reading.sha256, page.number)
                (flagged if page.number in pages else others).append(key)
    return flagged + others


def _small_jpeg(path: Path) -> bytes:
    with Image.open(path) as picture:
        picture.thumbnail((LONG_SIDE, LONG_SIDE))
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
