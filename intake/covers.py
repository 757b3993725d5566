"""What is drawn over a place on a page after a piece of text: found by bands of the page (in the child)."""

from __future__ import annotations

from intake.pageobjects import Drawing, Placed

_BANDS = 128
_THINNEST = 0.002
"""Share of the page: a rule of a table hides no character."""


class Covers:
    """Images and filled rectangles that may hide text, by bands across the page: tables have thousands."""

    def __init__(self, drawing: Drawing) -> None:
        self._bands: list[list[Placed]] = [[] for _ in range(_BANDS)]
        self._opaque: dict[int, bool] = {}
        first = min((text.order for text in drawing.texts), default=None)
        if first is None:
            return
        late = [placed for placed in (*drawing.images, *drawing.fills) if placed.order > first]
        for placed in sorted(late, key=lambda placed: placed.order, reverse=True):
            left, top, right, bottom = placed.box
            if min(right - left, bottom - top) >= _THINNEST:
                for band in range(_band(top), _band(bottom) + 1):
                    self._bands[band].append(placed)

    def hide(self, order: int, x: float, y: float) -> bool:
        """Whether something opaque that is drawn after ``order`` lies over the point."""
        for cover in self._bands[_band(y)]:
            if cover.order <= order:
                return False
            if cover.covers(x, y) and self._is_opaque(cover):
                return True
        return False

    def _is_opaque(self, cover: Placed) -> bool:
        if cover.order not in self._opaque:
            self._opaque[cover.order] = cover.opaque()
        return self._opaque[cover.order]


def _band(y: float) -> int:
    return min(max(int(y * _BANDS), 0), _BANDS - 1)
