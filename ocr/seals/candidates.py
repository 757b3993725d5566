"""Ring candidates of a page: by the colour of the ink, and by darkness for grey copies."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.seals.circles import Vote, vote_rings
from ocr.seals.ink import InkMaps
from ocr.seals.ring import fit_ring
from ocr.seals.shapes import Ellipse, Family, Plane, RingCandidate

_VOTING_SIDE = 640
_SMALLEST = 0.026
_ASPECTS: dict[Family, tuple[float, ...]] = {
    "red": (1.0, 0.87, 0.74, 0.65),
    "other": (1.0, 0.72),
    "dark": (1.0, 0.72),
}
_LARGEST: dict[Family, float] = {"red": 0.52, "other": 0.52, "dark": 0.3}
"""Share of the page's short side: grey close-ups of one seal are no document pages."""
_VOTES = 28
_CLEAR = 0.8
_MOST_CLEAR, _MOST_DOUBTFUL = 24, 5
_LEAST_INK = 0.0006
"""Share of the page that coloured ink must cover to be worth a search."""


def ring_candidates(maps: InkMaps) -> list[RingCandidate]:
    """Rings worth a closer look on the working copy, best first, overlaps of the same ring removed."""
    found: list[RingCandidate] = []
    for family in ("red", "other"):
        plane = maps.of(family)
        if float((plane > 0.5).mean()) > _LEAST_INK:
            found += _fitted(plane, family, least=0.22, most=_VOTES)
    found += _fitted(maps.dark, "dark", least=0.3, most=_VOTES)
    rings = distinct(found)
    # Ordinary pages have a handful of clear rings; the doubtful ones cost time and are seldom seals.
    clear = [ring for ring in rings if ring.score > _CLEAR]
    doubtful = [ring for ring in rings if ring.score <= _CLEAR]
    return [*clear[:_MOST_CLEAR], *doubtful[:_MOST_DOUBTFUL]]


def _fitted(plane: Plane, family: Family, least: float, most: int) -> list[RingCandidate]:
    votes = _votes(plane, family, least, most)
    fitted = (fit_ring(plane, vote.ellipse, family) for vote in votes)
    return [ring for ring in fitted if ring is not None and _plausible(ring, plane)]


def _votes(plane: Plane, family: Family, least: float, most: int) -> list[Vote]:
    height, width = plane.shape
    scale = min(_VOTING_SIDE / max(height, width), 1.0)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    small = np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)
    long, short = max(size), min(size)
    largest = _LARGEST[family] * short
    votes = vote_rings(small, _SMALLEST * long, largest, _ASPECTS[family], least, most)
    return [Vote(vote.ellipse.scaled(1 / scale), vote.votes) for vote in votes]


def _plausible(ring: RingCandidate, plane: Plane) -> bool:
    long = max(plane.shape)
    if not 0.022 * long < ring.ellipse.radius:
        return False
    if ring.visible < 0.97:
        # A cut ring shows less of itself and must show it better.
        return ring.visible > 0.2 and ring.support > 0.7 and ring.outside < 0.4
    least = 0.55 if ring.family == "dark" else 0.5
    return ring.support > least and ring.score > 0.35


def distinct(rings: list[RingCandidate]) -> list[RingCandidate]:
    """One candidate a ring: best score first; colour is preferred where ring and grey copy coincide."""
    order = sorted(rings, key=lambda ring: -(ring.score + (0.15 if ring.family != "dark" else 0.0)))
    kept: list[RingCandidate] = []
    for ring in order:
        if all(not _same(ring.ellipse, other.ellipse) for other in kept):
            kept.append(ring)
    return kept


def _same(one: Ellipse, other: Ellipse) -> bool:
    """Nearly the same place, or concentric: the inner line of a double ring is no second seal."""
    apart = float(np.hypot(one.x - other.x, one.y - other.y))
    return apart < 0.5 * min(one.radius, other.radius) or (
        apart + min(one.radius, other.radius) < 1.05 * max(one.radius, other.radius)
    )
