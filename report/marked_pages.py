"""Page pictures with the flagged places framed and numbered; the words stand in Excel and HTML.

Only digits are drawn, so that no Chinese font is needed on the machine.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from domain.geometry import Box
from domain.kinds import Severity
from domain.review import ApplicationReview
from domain.screening import PagePictures
from report.numbering import NumberedFlag, numbered

COLOURS = {Severity.ERROR: (196, 32, 24), Severity.WARNING: (201, 116, 0), Severity.INFO: (23, 92, 150)}
_WHOLE_PAGE = Box(left=0.004, top=0.004, right=0.996, bottom=0.996)
_UNSAFE = re.compile(r"[^\w.\-（）()]+")

Place = tuple[str, int]
"""A file's name in its application, and a page number."""


def draw_marked_pages(
    review: ApplicationReview, index: int, pictures: PagePictures, folder: Path
) -> dict[Place, Path]:
    """Write a picture for every flagged page of the application; returns where each lies.

    ``index`` is the application's number in the batch, which keeps names apart. A page whose picture was
    not kept (it could not be decoded) has none.
    """
    flags: dict[Place, list[NumberedFlag]] = defaultdict(list)
    for one in numbered(review):
        if one.file is not None and one.flag.page is not None:
            flags[one.file.file.path, one.flag.page].append(one)
    hashes = {file.file.path: file.file.reading.sha256 for file in review.files}
    drawn: dict[Place, Path] = {}
    for (name, page), found in flags.items():
        source = pictures.of(hashes[name], page)
        if not source.is_file():
            continue
        target = (
            folder / f"{index:03d}-{_safe(review.applicant or review.path)}" / f"{_safe(name)}-p{page}.jpg"
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(source) as picture:
            mark(picture.convert("RGB"), found).save(target, "JPEG", quality=80)
        drawn[name, page] = target
    return drawn


def mark(picture: Image.Image, flags: Iterable[NumberedFlag]) -> Image.Image:
    """The picture with a frame and a number for every flag; flags of one place share a frame."""
    marked = picture.copy()
    draw = ImageDraw.Draw(marked)
    unit = max(picture.size) / 1000
    font = ImageFont.load_default(size=max(14.0, 20 * unit))
    places: dict[Box, list[NumberedFlag]] = defaultdict(list)
    for one in flags:
        places[one.flag.box or _WHOLE_PAGE].append(one)
    for box, ones in places.items():
        colour = COLOURS[ones[0].flag.severity]
        margin = 4 * unit
        left, right = box.left * picture.width - margin, box.right * picture.width + margin
        top, bottom = box.top * picture.height - margin, box.bottom * picture.height + margin
        draw.rectangle((left, top, right, bottom), outline=colour, width=max(2, round(3 * unit)))
        _label(draw, ",".join(str(one.number) for one in ones), (left, top), colour, font, picture.size)
    return marked


def _label(
    draw: ImageDraw.ImageDraw,
    text: str,
    corner: tuple[float, float],
    colour: tuple[int, int, int],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    size: tuple[int, int],
) -> None:
    """A number on a coloured plate above the corner, moved inside where the page ends."""
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    padding = 4
    width, height = right - left + 2 * padding, bottom - top + 2 * padding
    x = min(max(corner[0], 0), size[0] - width)
    y = min(max(corner[1] - height, 0), size[1] - height)
    draw.rectangle((x, y, x + width, y + height), fill=colour)
    draw.text((x + padding - left, y + padding - top), text, fill=(255, 255, 255), font=font)


def _safe(name: str) -> str:
    """A name fit for any file system; the original stands in the report."""
    return _UNSAFE.sub("_", name).strip("._")[:60] or "_"
