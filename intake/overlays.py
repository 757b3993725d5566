"""Small see-through pictures upon a PDF page, such as a seal cut out elsewhere (in the child)."""

from __future__ import annotations

from intake.pageobjects import Drawing, Placed
from intake.wire import OVERLAYS_PER_PAGE, Laid

_LARGEST, _SMALLEST = 0.15, 0.002
"""Share of the page that a seal's picture covers."""
_SCAN = 0.5
"""Share of the page that a scan covers at least."""


def overlays_of(drawing: Drawing) -> tuple[Laid, ...]:
    """The page's overlays in drawing order; to be asked while the page is open."""
    scans = [image.order for image in drawing.images if image.area >= _SCAN]
    ground = min(scans, default=None)
    small = [image for image in drawing.images if _SMALLEST <= image.area <= _LARGEST]
    found = []
    for image in small[:OVERLAYS_PER_PAGE]:
        over_scan = ground is not None and image.order > ground
        if not image.opaque():
            found.append(_laid(image, over_scan))
    return tuple(found)


def _laid(image: Placed, over_scan: bool) -> Laid:
    left, top, right, bottom = image.box
    return Laid(left, top, right, bottom, over_scan)
