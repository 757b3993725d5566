"""Rings by voting: every edge of ink points at the centre of the ring it may belong to.

An oval is a circle on a page squeezed along y, so the same vote serves both: the edge points are squeezed,
not the picture. Centres may lie beyond the page's edge, for seals that the edge cuts.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.shapes import Ellipse, Plane

_MOST_EDGES = 20_000
_RADIUS_STEP = 1.05
_EDGE = 0.22


@dataclass(frozen=True, slots=True)
class Vote:
    """``votes``: edge pixels that agree, relative to the circumference."""

    ellipse: Ellipse
    votes: float


@dataclass(frozen=True, slots=True)
class _Edges:
    x: Plane
    y: Plane
    toward_x: Plane
    toward_y: Plane


def _edges(plane: Plane) -> _Edges:
    smooth = cv2.GaussianBlur(plane, (0, 0), 0.9)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=3) / 4
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=3) / 4
    size = cv2.magnitude(across, down)
    y, x = np.nonzero(size > _EDGE)
    if len(x) > _MOST_EDGES:
        keep = np.linspace(0, len(x) - 1, _MOST_EDGES).astype(np.intp)
        x, y = x[keep], y[keep]
    return _Edges(
        x.astype(np.float32),
        y.astype(np.float32),
        across[y, x].astype(np.float32),
        down[y, x].astype(np.float32),
    )


def radii(smallest: float, largest: float) -> list[float]:
    """Radii to try, a fixed ratio apart."""
    found = [smallest]
    while found[-1] * _RADIUS_STEP < largest:
        found.append(found[-1] * _RADIUS_STEP)
    return found


def vote_rings(
    plane: Plane,
    smallest: float,
    largest: float,
    aspects: tuple[float, ...],
    least: float,
    most: int,
) -> list[Vote]:
    """Likely rings on an ink map (0-1), best first.

    ``smallest``/``largest``: half of the ring's width in pixels; ``aspects``: height over width;
    ``least``: votes a ring needs, relative to its circumference; ``most``: how many to return.
    """
    edges = _edges(plane)
    found: list[Vote] = []
    if len(edges.x) < 40:
        return found
    for aspect in aspects:
        found += _vote_one_aspect(edges, plane.shape, smallest, largest, aspect, least)
    found.sort(key=lambda vote: -vote.votes)
    kept: list[Vote] = []
    for vote in found:
        if all(_differ(vote.ellipse, other.ellipse) for other in kept):
            kept.append(vote)
        if len(kept) == most:
            break
    return kept


def _differ(one: Ellipse, other: Ellipse) -> bool:
    apart = np.hypot(one.x - other.x, one.y - other.y)
    return bool(apart > 0.22 * max(one.a, other.a) or not 0.8 < one.a / other.a < 1.25)


def _vote_one_aspect(
    edges: _Edges,
    shape: tuple[int, ...],
    smallest: float,
    largest: float,
    aspect: float,
    least: float,
) -> list[Vote]:
    y = edges.y / aspect
    toward_y = edges.toward_y * aspect
    length = np.hypot(edges.toward_x, toward_y) + 1e-6
    unit_x, unit_y = edges.toward_x / length, toward_y / length
    found: list[Vote] = []
    for radius in radii(smallest, largest):
        # Centres scatter by the stroke's width and the step between radii: three bins hold them.
        cell = max((0.07 * radius + 1.6) / 3, 1.0)
        pad = int(0.6 * radius / cell) + 2
        size = (int(shape[0] / aspect / cell) + 1 + 2 * pad, int(shape[1] / cell) + 1 + 2 * pad)
        counts = _count(edges.x / cell, y / cell, unit_x, unit_y, radius / cell, pad, size)
        summed = cv2.boxFilter(counts, -1, (3, 3), normalize=False)
        votes = np.asarray(summed / (2 * np.pi * radius), np.float32)
        peaks = cv2.dilate(votes, np.ones((5, 5), np.uint8))
        places_y, places_x = np.nonzero((votes >= peaks) & (votes > least))
        for place_x, place_y in zip(places_x, places_y, strict=True):
            centre_x = (float(place_x) - pad + 0.5) * cell
            centre_y = (float(place_y) - pad + 0.5) * cell * aspect
            ellipse = Ellipse(centre_x, centre_y, radius, radius * aspect)
            found.append(Vote(ellipse, float(votes[place_y, place_x])))
    return found


def _count(
    x: Plane, y: Plane, unit_x: Plane, unit_y: Plane, radius: float, pad: int, size: tuple[int, int]
) -> Plane:
    height, width = size
    total: npt.NDArray[np.float32] = np.zeros(height * width, np.float32)
    for reach in (radius, -radius):
        centre_x = (x + (reach * unit_x + pad)).astype(np.int32)
        centre_y = (y + (reach * unit_y + pad)).astype(np.int32)
        inside = (centre_x >= 0) & (centre_x < width) & (centre_y >= 0) & (centre_y < height)
        places = (centre_y * width + centre_x)[inside]
        total += np.bincount(places, minlength=height * width).astype(np.float32)
    return total.reshape(height, width)
