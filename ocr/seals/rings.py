"""The ring at a place that the network points at, whole or cut by the page's edge."""

from __future__ import annotations

from collections.abc import Iterator

from ocr.seals.finder import Kind
from ocr.seals.patches import Patch
from ocr.seals.ring import fit_ring, measured
from ocr.seals.shapes import Ellipse, RingCandidate

_CLEAR = 0.75
_PREFER_COLOUR = 0.15
_LEAST_SUPPORT = 0.45
_SUPPORTED = 0.8


def ring_at(patch: Patch, page_width: int, page_height: int) -> RingCandidate | None:
    """The best ring about the pointed box, in pixels of the patch."""
    guesses = list(guesses_at(patch, page_width, page_height))
    found = _fitted(patch, guesses)
    if patch.pointed.kind is Kind.RING and all(ring.support < _SUPPORTED for _, ring in found):
        found += _fitted(patch, [oval for guess in guesses[:1] for oval in _ovals_in(guess)])
    return max(found, key=lambda one: one[0])[1] if found else None


def _ovals_in(guess: Ellipse) -> Iterator[Ellipse]:
    """The box pointed at is often as high as it is wide where the seal is a little oval."""
    for share, aspect in ((0.85, 1.0), (1.0, 0.75), (0.85, 0.75)):
        yield Ellipse(guess.x, guess.y, share * guess.a, share * aspect * guess.a)


def _fitted(patch: Patch, guesses: list[Ellipse]) -> list[tuple[float, RingCandidate]]:
    found: list[tuple[float, RingCandidate]] = []
    for family in patch.families():
        if family == "dark" and any(score > _CLEAR for score, _ in found):
            break
        plane = patch.maps.of(family)
        for guess in guesses:
            ring = fit_ring(plane, guess, family)
            if ring is None and patch.pointed.kind is Kind.RING:
                ring = measured(plane, guess, family)
            if ring is not None and ring.support > _LEAST_SUPPORT:
                found.append((ring.score + (_PREFER_COLOUR if family != "dark" else 0.0), ring))
    return found


def guesses_at(patch: Patch, page_width: int, page_height: int) -> Iterator[Ellipse]:
    """Ellipses that would show just the pointed box on the page."""
    one = patch.pointed
    left, top, right, bottom = patch.box()
    x, y, width, height = (left + right) / 2, (top + bottom) / 2, right - left, bottom - top
    at_left, at_top, at_right, at_bottom = one.edges(page_width, page_height)
    across, down = at_left or at_right, at_top or at_bottom
    if not across and not down:
        yield Ellipse(x, y, width / 2, height / 2)
        return
    if one.kind is not Kind.CUT:
        yield Ellipse(x, y, width / 2, height / 2)
    if across and not down:
        radius = _radius(width, height)
        yield Ellipse(right - radius if at_left else left + radius, y, radius, radius)
    elif down and not across:
        radius = _radius(height, width)
        yield Ellipse(x, bottom - radius if at_top else top + radius, radius, radius)
    else:
        # A corner shows two sides of the ring; how much hangs over is not known.
        for share in (0.6, 0.8, 1.0):
            radius = share * max(width, height)
            yield Ellipse(
                right - radius if at_left else left + radius,
                bottom - radius if at_top else top + radius,
                radius,
                radius,
            )


def _radius(depth: float, chord: float) -> float:
    """Radius of a circle of which ``depth`` is seen beyond an edge that it meets along ``chord``."""
    if depth >= chord / 2:
        return chord / 2
    return (chord * chord / 4 + depth * depth) / (2 * max(depth, 1.0))
