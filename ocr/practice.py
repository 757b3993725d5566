"""A drawn page to practise on: with it a process loads its networks before the first real page comes."""

from __future__ import annotations

import cv2
import numpy as np

from domain.page import PageImage

_WIDTH, _HEIGHT = 1240, 1754
"""A4 at 150 dpi, as most pages come."""


def practice_page() -> PageImage:
    """Rows of print of several lengths and a red ring across some: every network has something to do."""
    picture = np.full((_HEIGHT, _WIDTH, 3), 255, np.uint8)
    for row in range(14):
        words = "0123456789 ABCDEFGH "[: 6 + row] * 2
        cv2.putText(picture, words, (110, 180 + 100 * row), cv2.FONT_HERSHEY_DUPLEX, 1.2, (30, 30, 30), 2)
    centre, radius = (860, 1330), 150
    cv2.circle(picture, centre, radius, (205, 30, 35), 8, cv2.LINE_AA)
    for angle in np.linspace(np.pi * 0.8, np.pi * 2.2, 12):
        x, y = (
            round(value + 112 * turn)
            for value, turn in zip(centre, (np.cos(angle), np.sin(angle)), strict=True)
        )
        cv2.putText(picture, "M", (x - 12, y + 12), cv2.FONT_HERSHEY_DUPLEX, 1.0, (205, 30, 35), 3)
    return PageImage(number=1, width=_WIDTH, height=_HEIGHT, pixels=picture.tobytes())
