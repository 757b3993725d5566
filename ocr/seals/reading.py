"""Read a round or oval seal: its arc with and without the print, seen as one; more views where unsure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from domain.reading import SealStrip
from ocr.seals.arcs import Arc, widest_gap, written_arcs
from ocr.seals.codes import code_along
from ocr.seals.fusion import StripRead, fused
from ocr.seals.gatekeeper import Gate
from ocr.seals.lattice import kept_strip
from ocr.seals.pitch import better_start, inked_ends
from ocr.seals.preparation import Prepared
from ocr.seals.recogniser import StripReader, seen_in
from ocr.seals.rows import read_rows
from ocr.seals.shapes import Plane
from ocr.seals.slots import filled, slots_in, worded
from ocr.seals.unroll import Band, unrolled, writing_band
from ocr.seals.voting import View, verdict, view_of

_SQUEEZE = 0.62
_LEAST_NAME = 4
"""Hardly a unit has a shorter name: fewer characters are a piece of one."""
_LEAST_LETTERS = 6
_SURE = 0.8
_SPECK = 0.4
_MARGIN = 0.015
_DOUBT = 0.6
"""How much less sure a name is for each end that may lack a character."""
_WHOLE = 2 * np.pi
_UP = -np.pi / 2
_COVERED = 0.6
"""Share of the disc that is ink or print where it may be a stamp's face rather than an impression."""


@dataclass(frozen=True, slots=True)
class SealText:
    """What a seal says. ``confidence`` (0-1) is of ``text``; ``alternatives``: every reading, best first."""

    text: str = ""
    confidence: float = 0.0
    bottom_text: str = ""
    code: str = ""
    alternatives: tuple[str, ...] = ()
    latin: bool = False
    """Written in letters, not in Chinese characters."""
    strips: tuple[SealStrip, ...] = ()
    """What the recogniser saw in each view of the arc."""
    mirrored: bool = False
    """It is the stamp's own face: its name reads in a mirror."""


@dataclass(frozen=True, slots=True)
class _Look:
    """Where a strip is cut: ``start`` and ``span`` in radians, clockwise from east."""

    name: str
    band: Band
    start: float
    span: float
    squeeze: float = _SQUEEZE
    weight: float = 1.0


def read_ring(seal: Prepared, gate: Gate, reader: StripReader) -> SealText:
    """Read the name along the ring, what stands below the star, and the code.

    ``reader``: the one taught on strips (``ocr.seals.strip_reader``).
    """
    arc = _name_arc(written_arcs(gate.along))
    first, views, strips = name_views(seal, widest_gap(gate.along), arc, reader)
    if _foreign(views[0]):
        inside = _within(seal, first.band)
        within = name_views(inside, -_UP, None, reader)
        if han(within[1][0].text) >= _LEAST_NAME:
            seal, (first, views, strips) = inside, within
    name = verdict(views)
    doubt = _DOUBT ** sum(inked_ends(_along(seal, first), [letter.place for letter in views[0].letters]))
    middle, free = _standing(first, views[0])
    rows = read_rows(seal, middle - _UP, first.band, free, reader)
    return SealText(
        text=name.text,
        confidence=name.confidence * doubt * min(len(name.text) / _LEAST_NAME, 1.0),
        bottom_text=rows.text,
        code=rows.code or code_along(seal, first.band, middle + np.pi, free, reader),
        alternatives=name.alternatives,
        latin=bool(name.text) and han(name.text) == 0,
        strips=strips,
        mirrored=seal.covered > _COVERED and _reads_mirrored(seal, first, views, reader),
    )


def _foreign(view: View) -> bool:
    """Letters all round: the outer of two rings of writing, and the name stands in the inner one."""
    letters = sum(one.isascii() and one.isalpha() for one in view.text)
    return letters >= _LEAST_LETTERS and letters > han(view.text)


def _within(seal: Prepared, outer: Band) -> Prepared:
    """The seal without its outer ring of writing."""
    ellipse = seal.ellipse
    inset = outer.inner * min(ellipse.a, ellipse.b)
    return replace(seal, ellipse=replace(ellipse, a=ellipse.a - inset, b=ellipse.b - inset))


def _standing(look: _Look, view: View) -> tuple[float, float]:
    """The angle of the name's middle, and the radians of the circle that it leaves free."""
    places = [letter.place for letter in view.letters]
    if len(places) < _LEAST_NAME:
        return _UP, np.pi / 2
    letter = float(np.median(np.diff(places)))
    written = places[-1] - places[0] + letter
    return look.start + _WHOLE * (places[0] + places[-1]) / 2, _WHOLE * (1 - written)


def _reads_mirrored(seal: Prepared, first: _Look, views: Sequence[View], reader: StripReader) -> bool:
    """Whether more can be read of the untouched strip in a mirror than of any view."""
    strip = unrolled(seal.raw, seal.ellipse, first.band, first.start, first.span, first.squeeze)
    turned = view_of(reader.read([np.ascontiguousarray(strip[:, ::-1])])[0])
    return han(turned.text) >= _LEAST_NAME and _read_of(turned) > 1.5 * max(map(_read_of, views))


def _read_of(view: View) -> float:
    """Characters read, each by its confidence."""
    return sum(letter.sure for letter in view.letters)


def name_views(
    seal: Prepared, start: float, arc: Arc | None, reader: StripReader
) -> tuple[_Look, list[View], tuple[SealStrip, ...]]:
    """Readings of the arc, and what was seen in each picture of it: the first alone where it is sure.

    ``start``: where the circle is likely to be empty; ``arc``: where the gate saw the name, if it did.
    """
    first = _Look("", writing_band(seal.ink, seal.ellipse), start, _WHOLE)
    read, strips = _looked(seal, first, reader)
    better = better_start(_places(read), first.start)
    if better is not None:
        first = replace(first, start=better)
        read, strips = _looked(seal, first, reader)
    view = view_of(read, first.weight)
    if _certain(view):
        return first, [view], strips
    views = [view]
    for look in _further(first, arc):
        read, more = _looked(seal, look, reader)
        views.append(view_of(read, look.weight))
        strips += more
    return first, views, strips


def _further(first: _Look, arc: Arc | None) -> list[_Look]:
    """Another band and width; another start, for a gap that print only hides splits the name."""
    wide = _Look("wide", _widened(first.band), first.start, _WHOLE, 0.75, 0.8)
    if arc is None:
        return [wide, _Look("below", first.band, np.pi / 2, _WHOLE, weight=0.8)]
    return [wide, _Look("arc", first.band, arc.start - 0.14, min(arc.span + 0.28, _WHOLE), weight=0.8)]


def _widened(band: Band) -> Band:
    return Band(max(band.outer - _MARGIN, 0.02), band.inner + _MARGIN)


def _looked(seal: Prepared, look: _Look, reader: StripReader) -> tuple[StripRead, tuple[SealStrip, ...]]:
    """The strip with its print painted out and the untouched one, as one view."""
    crops = [
        unrolled(picture, seal.ellipse, look.band, look.start, look.span, look.squeeze)
        for picture in (seal.clean, seal.raw)
    ]
    seen = seen_in(crops, reader)
    strips = tuple(
        kept_strip(one, reader.alphabet, f"{name} {look.name}".strip())
        for one, name in zip(seen, ("clean", "raw"), strict=True)
    )
    together = fused(seen)
    slots = slots_in(together, reader.alphabet)
    ends = (False, False)
    if look.span == _WHOLE:
        ends = inked_ends(_along(seal, look), [slot.place for slot in slots])
    return worded(filled(slots, together, reader.alphabet, ends)), strips


def _along(seal: Prepared, look: _Look) -> Plane:
    """Ink strength along the strip, print left out."""
    ink = np.asarray(seal.ink * 255, np.uint8)
    strip = unrolled(ink, seal.ellipse, look.band, look.start, look.span, look.squeeze)
    return np.asarray(strip.mean(axis=0), np.float32)


def _places(read: StripRead) -> list[float]:
    """Of all that was read with some confidence; specks are not, and would hide the gap."""
    return [
        place for place, sure in zip(read.positions, read.character_confidences, strict=True) if sure > _SPECK
    ]


def _name_arc(arcs: Sequence[Arc]) -> Arc | None:
    """The longest run of writing, where it leaves enough of the circle free to be worth a view of its own."""
    if not arcs or not 1.0 < arcs[0].span < 2 * np.pi - 0.5:
        return None
    return arcs[0]


def _certain(view: View) -> bool:
    return (
        len(view.letters) >= _LEAST_NAME
        and min(letter.sure for letter in view.letters) > _SURE
        and not view.lost
    )


def han(text: str) -> int:
    return sum("\u3400" <= character <= "\u9fff" for character in text)
