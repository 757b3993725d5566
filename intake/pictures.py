"""Image files to RGB pages (runs in the child). Sizes are judged from the header, before any decoding."""

from __future__ import annotations

import warnings
from math import ceil
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from domain.errors import FileProblem
from intake import wire
from intake.background import border
from intake.editors import picture_traces
from intake.wire import DrawnPage, Job, Picture, Reason, RefusedError, Traces

# A picture this much longer than the wanted side is reduced while it is decoded; a common phone photo is not.
_OVERSAMPLED = 1.6
# A baseline JPEG is decoded at a half, a quarter or an eighth of its size, so its full size costs little.
_JPEG_ALLOWANCE = 4
_EXIF_ORIENTATION = 0x0112
_SIDEWAYS = frozenset({5, 6, 7, 8})
_SIXTEEN_BIT = frozenset({"I;16", "I;16B", "I;16L", "I;16N"})

Image.MAX_IMAGE_PIXELS = None  # our own limit stands in _check_size, in front of every decoding
ImageFile.LOAD_TRUNCATED_IMAGES = False
warnings.simplefilter("ignore")  # odd metadata is no matter; the pixels are


class PictureBook:
    """An opened image file: one page, or many for a TIFF."""

    def __init__(self, source: BinaryIO, job: Job) -> None:
        """Raises RefusedError where the header cannot be read."""
        self._job = job
        self._format = wire.KINDS[job.kind]
        self._picture: Picture | None = None
        self._traces = picture_traces(source)
        try:
            self._image = Image.open(source, formats=[self._format])
        except UnidentifiedImageError:
            raise RefusedError(FileProblem.UNREADABLE, Reason.DAMAGED) from None
        self.page_count = self._count() if self._format == "TIFF" else 1

    def picture(self) -> Picture | None:
        return self._picture if self.page_count == 1 else None

    def traces(self) -> Traces:
        return self._traces

    def draw(self, number: int) -> DrawnPage:
        """Page ``number`` as 8-bit RGB on white, turned as its EXIF orientation says."""
        image = self._image
        if number > 1:
            image.seek(number - 1)
        self._check_size()
        # Pillow turns a TIFF by itself while loading it, and has swapped its size by then.
        turned = self._format != "TIFF" and _orientation(image) in _SIDEWAYS
        width, height = reversed(image.size) if turned else image.size
        factor = self._reduction()
        try:
            if self._format == "JPEG" and factor > 1:
                image.draft(None, (image.width // factor, image.height // factor))
            image.load()
        except OSError as error:
            cut = "truncated" in str(error)
            reason = Reason.TRUNCATED if cut else Reason.DAMAGED
            raise RefusedError(FileProblem.UNREADABLE, reason) from None
        plain = upright(image.reduce(left) if (left := self._reduction()) > 1 else image)
        page = on_white(plain)
        if self.page_count == 1:
            colour, spread = border(page)
            self._picture = Picture(width, height, self._format, colour, spread)
        return DrawnPage(page.width, page.height, page.tobytes())

    def _count(self) -> int:
        """Pages of a TIFF, counted no further than the limit: its chain of pages may be endless."""
        for index in range(1, self._job.pages + 1):
            try:
                self._image.seek(index)
            except EOFError:
                self._image.seek(0)
                return index
        return self._job.pages + 1

    def _check_size(self) -> None:
        width, height = self._image.size
        allowance = _JPEG_ALLOWANCE if self._format == "JPEG" else 1
        if width * height > self._job.pixels_per_page * allowance:
            raise RefusedError(FileProblem.TOO_LARGE, Reason.TOO_MANY_PIXELS)

    def _reduction(self) -> int:
        return ceil(max(self._image.size) / (self._job.render_long_side * _OVERSAMPLED))


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_EXIF_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - damaged EXIF is no reason to refuse a good picture
        return 1


def upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF orientation says."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - damaged EXIF is no reason to refuse a good picture
        return image


def on_white(image: Image.Image) -> Image.Image:
    """Any mode as 8-bit RGB, transparent parts on white, 16 bits scaled rather than cut."""
    if image.mode in _SIXTEEN_BIT or image.mode in {"I", "F"}:
        image = _eight_bit(image)
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if "transparency" in image.info or image.mode in {"RGBA", "LA", "PA", "La", "RGBa"}:
        layered = image.convert("RGBA")
        page = Image.new("RGB", layered.size, "white")
        page.paste(layered, mask=layered.getchannel("A"))
        return page
    return image.convert("RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits as 8: divided by 257 where 16-bit values occur, else taken as they are."""
    deep = image.convert("F")
    low, high = deep.getextrema()
    if not isinstance(low, float) or not isinstance(high, float):
        raise RefusedError(FileProblem.UNREADABLE, Reason.DAMAGED)
    if image.mode in _SIXTEEN_BIT or (image.mode == "I" and 255 < high <= 65535 and low >= 0):
        scale, shift = 1 / 257, 0.0
    elif low >= 0 and 1 < high <= 255:
        scale, shift = 1.0, 0.0
    else:
        # Floating-point and 32-bit grey have no fixed white: the lightest value is taken for it.
        scale = 255 / (high - low) if high > low else 1.0
        shift = -low * scale
    return deep.point(lambda value: value * scale + shift).convert("L")
