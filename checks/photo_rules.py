"""C-PHOTO: the ID photo's format, size in bytes, size in pixels, proportions and background."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from checks.context import FileContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import file_check
from checks.thresholds import threshold
from domain.geometry import Where
from domain.kinds import EvidenceKind
from domain.reading import PictureFacts

KILO = 1000
KIBI = 1024


class PhotoRules(Parameters):
    """Sizes in K (bytes), pixels, width by height; limits of bytes and pixels must be passed, ratios met."""

    formats: tuple[str, ...] = ("JPEG",)
    more_than_k: int = 30
    less_than_k: int = 1000
    wider_than: int = 215
    higher_than: int = 300
    least_ratio: float = 0.65
    greatest_ratio: float = 0.8
    background: Literal["white"] | None = "white"
    white: float = threshold("photo.rules", "white")
    """Every channel of a white wall, lit as photographers light it, lies above this."""
    not_white: float = threshold("photo.rules", "not_white")
    """A channel below this is grey or coloured to any eye."""
    tint: float = threshold("photo.rules", "tint")
    """Difference between channels that the eye calls a colour (blue and red of other ID photos pass 80)."""


_JPEG_FAMILY = frozenset({"JPEG", "JPG", "MPO"})
"""Phones write several pictures into one JPEG (MPO); every reader of JPEG opens it."""
UNEVEN = 40.0
"""Spread of brightness beyond which the border holds more than a wall: hair, a shadow, a frame."""


@file_check(
    "photo.rules",
    ("photo.format", "photo.file-size", "photo.dimensions", "photo.aspect-ratio", "photo.background"),
    PhotoRules,
)
def photo_rules(context: FileContext[PhotoRules]) -> Iterator[Judgement]:
    file, rules = context.file, context.parameters
    declared = file.declared.kind if file.declared else None
    kind = declared or file.document.kind.name
    picture = file.reading.picture
    if kind is not EvidenceKind.ID_PHOTO or file.reading.error is not None:
        yield INAPPLICABLE
        return
    # Undeclared, it was only taken for an ID photo by its looks.
    certain = declared is EvidenceKind.ID_PHOTO
    if picture is None:
        yield finding(
            "photo.format",
            sure=certain,
            values={"found": file.reading.media_type, "formats": "、".join(rules.formats)},
            found=file.reading.media_type,
        )
        return
    yield from _format(picture, rules, certain)
    yield from _bytes(file.reading.size, rules, certain)
    yield from _pixels(picture, rules, certain)
    if rules.background is not None:
        yield from _background(picture, rules, certain)


def _format(picture: PictureFacts, rules: PhotoRules, certain: bool) -> Iterator[Finding]:
    found = picture.format.upper()
    accepted = _JPEG_FAMILY if "JPEG" in rules.formats else frozenset(rules.formats)
    if found not in accepted:
        formats = "、".join(rules.formats)
        yield finding(
            "photo.format",
            sure=certain,
            values={"found": found, "formats": formats},
            expected=formats,
            found=found,
        )


def _bytes(size: int, rules: PhotoRules, certain: bool) -> Iterator[Finding]:
    """K is 1000 or 1024 bytes to different programs: between the two nobody is blamed with certainty."""
    low, high = rules.more_than_k, rules.less_than_k
    if low * KIBI < size < high * KILO:
        return
    surely = size <= low * KILO or size >= high * KIBI
    yield finding(
        "photo.file-size",
        sure=certain and surely,
        values={"found": f"{size / KIBI:.1f}", "low": low, "high": high},
        expected=f"> {low}K, < {high}K",
        found=f"{size / KIBI:.1f}K",
    )


def _pixels(picture: PictureFacts, rules: PhotoRules, certain: bool) -> Iterator[Finding]:
    width, height = picture.width, picture.height
    size = f"{width}*{height}"
    if width <= rules.wider_than or height <= rules.higher_than:
        asked = f"{rules.wider_than}*{rules.higher_than}"
        yield finding(
            "photo.dimensions",
            sure=certain,
            values={"found": size, "required": asked},
            expected=f"> {asked}",
            found=size,
        )
    ratio = width / height if height else 0.0
    if not rules.least_ratio <= ratio <= rules.greatest_ratio:
        # Shown with enough digits that 0.647 is not told as 0.65.
        yield finding(
            "photo.aspect-ratio",
            sure=certain,
            values={"found": f"{ratio:.3f}", "least": rules.least_ratio, "greatest": rules.greatest_ratio},
            expected=f"{rules.least_ratio:g}–{rules.greatest_ratio:g}",
            found=f"{ratio:.3f}",
        )


def _background(picture: PictureFacts, rules: PhotoRules, certain: bool) -> Iterator[Finding]:
    rgb = picture.background_rgb
    if rgb is None:
        return
    darkest, tint = min(rgb), max(rgb) - min(rgb)
    spread = picture.background_spread or 0.0
    if darkest >= rules.white and spread <= UNEVEN:
        return
    surely = (darkest < rules.not_white or tint > rules.tint) and spread <= UNEVEN
    yield finding(
        "photo.background",
        sure=certain and surely,
        where=Where(page=1),
        expected="白色",
        found="rgb({}, {}, {})".format(*rgb),
    )
