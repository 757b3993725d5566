"""One page through the finder and reader of seals, held against its truth."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

import models
from bench.seals.pages import TruePage, TrueSeal, Under
from domain.page import PageImage
from domain.reading import Line, PageReading, Seal
from matching.text import bare
from ocr.reader import Reader, turned_box
from ocr.recognition import LineRecogniser
from ocr.seals import SealTextDetector, find_seals
from ocr.seals.shapes import Pixels

SURE = 0.5
"""Confidence from which something is a seal; below, perhaps one, and a person is asked."""
SAME = 0.5
"""Overlap (intersection over union) from which a box is that of the seal."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A true seal and what was made of it; ``found`` None = missed."""

    page: TruePage
    wanted: TrueSeal
    found: Seal | None

    @property
    def sure(self) -> bool:
        return self.found is not None and self.found.confidence >= SURE

    @property
    def named(self) -> bool:
        """Exact but for punctuation; of a frame all its rows together are the name."""
        if self.found is None:
            return False
        wanted = bare(self.wanted.text)
        rows = bare(self.found.text + self.found.bottom_text)
        return bare(self.found.text) == wanted or (
            self.wanted.shape in ("square", "rectangle") and rows == wanted
        )

    @property
    def bottom_right(self) -> bool:
        return self.found is not None and bare(self.found.bottom_text) == bare(self.wanted.bottom_text)

    @property
    def code_right(self) -> bool:
        return self.found is not None and bare(self.found.code) == bare(self.wanted.code)


@dataclass(frozen=True, slots=True)
class UnderOutcome:
    """A printed line beneath a seal. ``exact``: it stands among the page's lines, at its place."""

    page: TruePage
    wanted: Under
    ink: str
    exact: bool
    read: str


@dataclass(frozen=True, slots=True)
class PageOutcome:
    page: TruePage
    seals: tuple[Outcome, ...]
    unmatched: tuple[Seal, ...]
    """Whatever was reported where no seal is, sure or not."""
    seconds: float
    under: tuple[UnderOutcome, ...] = ()

    @property
    def false(self) -> tuple[Seal, ...]:
        """Sure, and wrong."""
        return tuple(seal for seal in self.unmatched if seal.confidence >= SURE)


class Measurer:
    """Networks are loaded once a process."""

    def __init__(self) -> None:
        self._recogniser = LineRecogniser()
        self._seal_text = SealTextDetector(models.session("seal_text_detection"))
        self._warm = False

    @cached_property
    def _reader(self) -> Reader:
        return Reader()

    def measure(self, page: TruePage, *, under: bool = False) -> PageOutcome:
        """Seals of one page; ``seconds`` are of finding and reading them alone.

        A page that bears some is read as a whole, for its print has a say in their names; ``under``: that
        print beneath them is judged too.
        """
        picture = page.pixels()
        if not self._warm:
            self._find(picture)
            self._warm = True
        started = time.perf_counter()
        found = self._find(picture)
        seconds = time.perf_counter() - started
        lines: tuple[Line, ...] = ()
        if page.seals:
            height, width = picture.shape[:2]
            read = self._reader.read(PageImage(1, width, height, picture.tobytes()))
            found, lines = _as_shown(read), read.lines
        outcomes, false = matched(page, found)
        beneath = _under(page, lines) if under else ()
        return PageOutcome(page, outcomes, false, seconds, beneath)

    def _find(self, picture: Pixels) -> tuple[Seal, ...]:
        return find_seals(picture, self._recogniser, self._seal_text)


_BACK: dict[int, Literal[0, 90, 180, 270]] = {0: 0, 90: 270, 180: 180, 270: 90}


def _as_shown(read: PageReading) -> tuple[Seal, ...]:
    """Seals where they lie on the picture that was shown, which the reader may have set upright."""
    back = _BACK[read.rotation]
    return tuple(seal.model_copy(update={"box": turned_box(seal.box, back)}) for seal in read.seals)


def _under(page: TruePage, lines: tuple[Line, ...]) -> tuple[UnderOutcome, ...]:
    return tuple(
        UnderOutcome(page, line, seal.ink, *_as_read(line, lines))
        for seal in page.seals
        for line in seal.under
        if not seal.partial
    )


def _as_read(wanted: Under, lines: tuple[Line, ...]) -> tuple[bool, str]:
    """Whether a line at the place says it, and what stands there."""
    near = [
        line
        for line in lines
        if line.box.intersection(wanted.box) > 0.3 * min(line.box.area, wanted.box.area)
    ]
    exact = any(bare(wanted.text) in bare(line.text) for line in near)
    return exact, " / ".join(line.text for line in near)


def matched(page: TruePage, found: tuple[Seal, ...]) -> tuple[tuple[Outcome, ...], tuple[Seal, ...]]:
    """Each true seal with the box that overlaps it most, best pairs first; what is left over is false."""
    overlaps = np.array([[seal.box.overlap(one.box) for one in found] for seal in page.seals])
    overlaps = overlaps.reshape(len(page.seals), len(found))
    paired: dict[int, int] = {}
    for place in np.argsort(-overlaps, axis=None):
        wanted, seen = divmod(int(place), max(len(found), 1))
        if overlaps[wanted, seen] <= SAME:
            break
        if wanted not in paired and seen not in paired.values():
            paired[wanted] = seen
    outcomes = tuple(
        Outcome(page, seal, found[paired[number]] if number in paired else None)
        for number, seal in enumerate(page.seals)
    )
    return outcomes, tuple(one for number, one in enumerate(found) if number not in paired.values())
