"""A seal's ring or another round thing? A small network of our own looks at the ring cut out round.

It tells badges of schools, medals and pen circles from seals by their looks, and little seals whose
writing the gatekeeper cannot make out any more (``models/ring_judge/card.md``).
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

import cv2
import numpy as np

import models
from ocr.seals.gatekeeper import Session, rounded
from ocr.seals.shapes import Ellipse, Pixels

SIDE = 96


class Judge(Protocol):
    """Anything that tells how likely an ellipse of a picture is a seal's, such as ``RingJudge``."""

    def __call__(self, picture: Pixels, ellipse: Ellipse) -> float: ...


class RingJudge:
    """The network ``ring_judge``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, picture: Pixels, ellipse: Ellipse) -> float:
        """Log-odds that the ring (``ellipse`` in pixels of ``picture``, RGB) is a seal's."""
        batch = cv2.dnn.blobFromImage(rounded(picture, ellipse, SIDE), 1 / 255)
        return float(self._session.run(None, {"picture": np.asarray(batch, np.float32)})[0][0])


@cache
def ring_judge() -> RingJudge:
    """The network that comes with the program, loaded once a process."""
    return RingJudge(models.session("ring_judge"))
