"""Places on a page, as fractions (0-1) of the upright page, origin top left.

The upright page is the uploaded picture turned by a multiple of 90 degrees only (contract),
never a deskewed or dewarped copy: a box is drawn on what the person uploaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

from pydantic import Field, model_serializer, model_validator

from domain.base import Record


class Point(NamedTuple):
    """A place on the page: fractions of its width and height."""

    x: float
    y: float


class Box(Record):
    """An upright rectangle; written to JSON as ``[x0, y0, x1, y1]``."""

    left: float = Field(ge=0, le=1)
    top: float = Field(ge=0, le=1)
    right: float = Field(ge=0, le=1)
    bottom: float = Field(ge=0, le=1)

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: object) -> object:
        if isinstance(value, list | tuple):
            left, top, right, bottom = value
            return {"left": left, "top": top, "right": right, "bottom": bottom}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.left > self.right or self.top > self.bottom:
            raise ValueError("a box ends before it begins")
        return self

    @model_serializer
    def _to_list(self) -> list[float]:
        return [round(value, 5) for value in self.corners]

    @classmethod
    def clipped(cls, left: float, top: float, right: float, bottom: float) -> Box:
        """The part of a rectangle that lies on the page; corners may come in any order."""
        low_x, high_x = sorted((min(max(left, 0.0), 1.0), min(max(right, 0.0), 1.0)))
        low_y, high_y = sorted((min(max(top, 0.0), 1.0), min(max(bottom, 0.0), 1.0)))
        return cls(left=low_x, top=low_y, right=high_x, bottom=high_y)

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of ``boxes`` (at least one)."""
        every = list(boxes)
        return cls(
            left=min(box.left for box in every),
            top=min(box.top for box in every),
            right=max(box.right for box in every),
            bottom=max(box.bottom for box in every),
        )

    @property
    def corners(self) -> tuple[float, float, float, float]:
        return (self.left, self.top, self.right, self.bottom)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def centre(self) -> Point:
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def intersection(self, other: Box) -> float:
        """Area that both boxes share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0-1."""
        shared = self.intersection(other)
        union = self.area + other.area - shared
        return shared / union if union > 0 else 0.0

    def contains(self, point: Point) -> bool:
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom

    def grown(self, margin_x: float, margin_y: float) -> Box:
        """The box with a margin on every side, cut at the page's edge."""
        return Box.clipped(
            self.left - margin_x, self.top - margin_y, self.right + margin_x, self.bottom + margin_y
        )


class Quad(Record):
    """Four corners of a line of text: top left, top right, bottom right, bottom left as it is read."""

    points: tuple[Point, Point, Point, Point]

    @property
    def box(self) -> Box:
        xs = [point.x for point in self.points]
        ys = [point.y for point in self.points]
        return Box.clipped(min(xs), min(ys), max(xs), max(ys))


class Where(Record):
    """A place in a file: page numbers start at 1; no box means the whole page."""

    page: int = Field(ge=1)
    box: Box | None = None
