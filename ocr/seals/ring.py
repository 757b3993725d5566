"""Fit a seal's ring: the outermost ink in every direction, joined to one ellipse.

Tolerates a first guess that is wrong by a tenth of the radius, print across the ring, and gaps in it.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.shapes import Ellipse, Family, Plane, RingCandidate, sample

_ANGLES = np.linspace(0, 2 * np.pi, 120, endpoint=False).astype(np.float32)
_RHO = np.arange(0.72, 1.281, 0.0125, dtype=np.float32)
_BEYOND = 8
"""Steps of ``_RHO`` that should be empty just outside the ring."""
_STEEPEST = 2
_INK = 0.3
_THINNEST = 0.5


def _polar(plane: Plane, ellipse: Ellipse, rho: Plane) -> tuple[Plane, npt.NDArray[np.bool_]]:
    """Ink by angle (rows) and relative radius (columns), and which of those places lie on the page."""
    x, y = ellipse.points(_ANGLES[:, None], rho[None, :])
    values = np.asarray(sample(plane, x, y), np.float32)
    on_page = (x >= 0) & (y >= 0) & (x < plane.shape[1]) & (y < plane.shape[0])
    return values, on_page


def _outermost_path(values: Plane) -> npt.NDArray[np.intp]:
    """By angle the column of the outermost ink that makes a closed, smooth line (dynamic programming)."""
    padded = np.pad(values, ((0, 0), (0, _BEYOND)))
    summed = np.cumsum(padded, axis=1)
    beyond = (summed[:, _BEYOND:] - summed[:, :-_BEYOND]) / _BEYOND
    worth = cv2.blur(values, (3, 1)) - 0.7 * beyond
    rows, columns = worth.shape
    order = [*range(rows), *range(rows // 2)]
    best = worth[order[0]].copy()
    came_from = np.zeros((len(order), columns), np.intp)
    shifts = np.arange(-_STEEPEST, _STEEPEST + 1)
    penalty = (0.12 * np.abs(shifts)).astype(np.float32)
    here = np.arange(columns)
    bordered = np.full(columns + 2 * _STEEPEST, -np.inf, np.float32)
    reached = np.lib.stride_tricks.sliding_window_view(bordered, len(shifts))
    for step, row in enumerate(order[1:], start=1):
        bordered[_STEEPEST:-_STEEPEST] = best
        options = reached - penalty
        choice = options.argmax(axis=1)
        came_from[step] = here + shifts[choice]
        best = options[here, choice] + worth[row]
    path = np.zeros(rows, np.intp)
    column = int(best.argmax())
    for step in range(len(order) - 1, 0, -1):
        path[order[step]] = column
        column = int(came_from[step, column])
    return path


def _upright(centre: tuple[float, float], axes: tuple[float, float], degrees: float) -> Ellipse:
    """OpenCV's ellipse with the first axis no more than 45 degrees from the horizontal."""
    a, b, angle = axes[0] / 2, axes[1] / 2, np.deg2rad(degrees)
    while angle > np.pi / 4:
        a, b, angle = b, a, angle - np.pi / 2
    while angle < -np.pi / 4:
        a, b, angle = b, a, angle + np.pi / 2
    return Ellipse(float(centre[0]), float(centre[1]), float(a), float(b), float(angle))


def _circle_through(x: Plane, y: Plane) -> Ellipse | None:
    """Least squares circle: for arcs too short for an ellipse."""
    design = np.column_stack([x, y, np.ones_like(x)]).astype(np.float64)
    solved, *_ = np.linalg.lstsq(design, -(x.astype(np.float64) ** 2 + y**2), rcond=None)
    centre_x, centre_y = -solved[0] / 2, -solved[1] / 2
    squared = centre_x**2 + centre_y**2 - solved[2]
    if squared <= 1:
        return None
    radius = float(np.sqrt(squared))
    return Ellipse(float(centre_x), float(centre_y), radius, radius)


def _trimmed(x: Plane, y: Plane, whole: bool, guess: Ellipse) -> Ellipse | None:
    """An ellipse through most of the points: far points are dropped, twice."""
    keep = np.ones(len(x), bool)
    fitted: Ellipse | None = None
    for tolerance in (0.06, 0.03, 0.025):
        if keep.sum() < 12:
            return fitted
        if whole:
            points = np.column_stack([x[keep], y[keep]]).astype(np.float32)
            (centre_x, centre_y), (long, short), degrees = cv2.fitEllipseDirect(points)
            fitted = _upright((centre_x, centre_y), (long, short), degrees)
        else:
            fitted = _circle_through(x[keep], y[keep])
        if fitted is None or not np.isfinite([fitted.a, fitted.b, fitted.x, fitted.y]).all():
            return None
        if not _near(fitted, guess):
            return None
        keep = np.abs(relative_radius(fitted, x, y) - 1) < tolerance
    return fitted


def _near(fitted: Ellipse, guess: Ellipse) -> bool:
    moved = np.hypot(fitted.x - guess.x, fitted.y - guess.y)
    ratio = fitted.radius / guess.radius
    return bool(fitted.aspect > _THINNEST and moved < 0.35 * guess.radius and 0.65 < ratio < 1.45)


def relative_radius(ellipse: Ellipse, x: Plane, y: Plane) -> Plane:
    """Distance from the centre in units of the ellipse's own radius in that direction."""
    cos, sin = np.cos(ellipse.angle), np.sin(ellipse.angle)
    along = (x - ellipse.x) * cos + (y - ellipse.y) * sin
    across = (y - ellipse.y) * cos - (x - ellipse.x) * sin
    return np.asarray(np.hypot(along / ellipse.a, across / ellipse.b), np.float32)


def fit_ring(plane: Plane, guess: Ellipse, family: Family) -> RingCandidate | None:
    """The ring near ``guess`` on an ink map (0-1); ``None`` where no ellipse holds together."""
    values, on_page = _polar(plane, guess, _RHO)
    path = _outermost_path(values)
    rows = np.arange(len(_ANGLES))
    inked = (values[rows, path] > _INK) & on_page[rows, path]
    if inked.sum() < 16:
        return None
    x, y = guess.points(_ANGLES, _RHO[path])
    whole = bool(on_page.mean() > 0.93) and _spread(inked) > 0.7
    fitted = _trimmed(x[inked], y[inked], whole, guess)
    if fitted is None:
        return None
    return measured(plane, fitted, family)


def _spread(inked: npt.NDArray[np.bool_]) -> float:
    """Share of the circle left when the widest gap is taken out."""
    places = np.flatnonzero(inked)
    gaps = np.diff(np.append(places, places[0] + len(inked)))
    return 1.0 - float(gaps.max()) / len(inked)


def measured(plane: Plane, ellipse: Ellipse, family: Family) -> RingCandidate:
    """How well ink supports this ellipse as a ring."""
    tolerance = max(0.035, 1.2 / ellipse.radius)
    on_ring = np.linspace(1 - tolerance, 1 + tolerance, 7, dtype=np.float32)
    beyond = np.linspace(1.07, 1.16, 6, dtype=np.float32)
    values, on_page = _polar(plane, ellipse, on_ring)
    seen = on_page.all(axis=1)
    visible = float(seen.mean())
    if not seen.any():
        return RingCandidate(ellipse, family, 0.0, 1.0, 0.0)
    outer, _ = _polar(plane, ellipse, beyond)
    support = float((values.max(axis=1) > _INK)[seen].mean())
    outside = float((outer.max(axis=1) > _INK)[seen].mean())
    return RingCandidate(ellipse, family, support, outside, visible)


def moved(candidate: RingCandidate, factor: float) -> RingCandidate:
    """The candidate on a picture resized by ``factor``."""
    return replace(candidate, ellipse=candidate.ellipse.scaled(factor))
