"""An ID photo: a picture of portrait shape with next to no text. It has no fields to read."""

from __future__ import annotations

from domain.reading import Reading

_MOST_CHARACTERS = 6
"""Noise in hair and cloth is read as a few characters at times."""
_MOST_PIXELS = 3_000_000
"""A scanned sheet has more: an ID photo is a small picture."""
_NARROWEST, _WIDEST = 0.55, 0.9
"""Width over height. One- and two-inch photos have 0.7; a crop may miss the rule and still be a photo."""


def is_id_photo(reading: Reading) -> bool:
    """One page, a picture file, portrait, not blank, almost without text, no seal, no mark."""
    if len(reading.pages) != 1 or not reading.media_type.startswith("image/"):
        return False
    page = reading.pages[0]
    if page.problem or page.quality.blank or page.marks or page.seals or not page.width or not page.height:
        return False
    sure = sum(len(line.text) for line in page.lines if line.confidence > 0.5)
    ratio = page.width / page.height
    return (
        sure <= _MOST_CHARACTERS
        and _NARROWEST <= ratio <= _WIDEST
        and page.width * page.height <= _MOST_PIXELS
    )
