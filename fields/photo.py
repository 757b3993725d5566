"""An ID photo: a picture of portrait shape with next to no text. It has no fields to read."""

from __future__ import annotations

from domain.kinds import EvidenceKind
from domain.reading import Reading

_MOST_CHARACTERS = 6
"""Noise in hair and cloth is read as a few characters at times."""
_MOST_PIXELS = 3_000_000
"""A scanned sheet has more: an ID photo is a small picture."""
_MOST_BLURRED_PIXELS = 1_000_000
"""A picture larger than this with no text and no sharp edge is a scan gone wrong sooner than a portrait."""
_NARROWEST, _WIDEST = 0.55, 0.9
"""Width over height. One- and two-inch photos have 0.7; a crop may miss the rule and still be a photo."""
LOOKS_IT, SAID_SO = 0.8, 0.5


def photo_confidence(reading: Reading, hint: EvidenceKind | None) -> float:
    """How sure the file is to be an ID photo; 0 = it is none.

    A picture without text that was declared as a photo is one of any shape: the photo's rules judge that.
    """
    if len(reading.pages) != 1 or not reading.media_type.startswith("image/"):
        return 0.0
    page = reading.pages[0]
    if page.problem or page.quality.blank or not page.width or not page.height:
        return 0.0
    if sum(len(line.text) for line in page.lines if line.confidence > 0.5) > _MOST_CHARACTERS:
        return 0.0
    portrait = _NARROWEST <= page.width / page.height <= _WIDEST
    most = _MOST_PIXELS if page.quality.legible else _MOST_BLURRED_PIXELS
    if portrait and page.width * page.height <= most and not page.seals and not page.marks:
        return LOOKS_IT
    return SAID_SO if hint is EvidenceKind.ID_PHOTO else 0.0
