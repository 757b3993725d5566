"""Read a round or oval seal: its arc with and without the print, seen as one; more views where unsure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from domain.reading import SealStrip
from ocr.seals.arcs import Arc, widest_gap, written_arcs
from ocr.seals.fusion import StripRead, decoded, fused
from ocr.seals.gatekeeper import Gate
from ocr.seals.lattice import kept_strip
from ocr.seals.pitch import better_start, lost_at_ends
from ocr.seals.preparation import Prepared
from ocr.seals.recogniser import StripReader
from ocr.seals.rows import read_rows
from ocr.seals.shapes import Plane
from ocr.seals.unroll import Band, unrolled, writing_band
from ocr.seals.voting import View, verdict, view_of

_SQUEEZE = 0.62
_CODE_BAND = Band(0.03, 0.19)
_LEAST_DIGITS = 8
_LEAST_NAME = 4
"""Hardly a unit has a shorter name: fewer characters are a piece of one."""
_SURE = 0.8
_SPECK = 0.4
_MARGIN = 0.015
_DOUBT = 0.6
"""How much less sure a name is for each end that may lack a character."""
_WHOLE = 2 * np.pi


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
    arcs = written_arcs(gate.along)
    first, views, strips = name_views(seal, gate, arcs, reader)
    name = verdict(views)
    doubt = _DOUBT ** lost_at_ends(_along(seal, first), [letter.place for letter in views[0].letters])
    rows = read_rows(seal.clean, seal.ellipse, gate.probability, reader)
    return SealText(
        text=name.text,
        confidence=name.confidence * doubt * min(len(name.text) / _LEAST_NAME, 1.0),
        bottom_text=rows.text,
        code=rows.code or _code_along(seal, arcs, reader),
        alternatives=name.alternatives,
        latin=bool(name.text) and han(name.text) == 0,
        strips=strips,
    )


def name_views(
    seal: Prepared, gate: Gate, arcs: list[Arc], reader: StripReader
) -> tuple[_Look, list[View], tuple[SealStrip, ...]]:
    """Readings of the arc, and what was seen in each picture of it: the first alone where it is sure."""
    band = writing_band(seal.ink, seal.ellipse)
    first = _Look("", band, widest_gap(gate.along), _WHOLE)
    read, strips = _looked(seal, first, reader)
    start = better_start(_places(read), first.start)
    if start is not None:
        first = replace(first, start=start)
        read, strips = _looked(seal, first, reader)
    view = view_of(read, first.weight)
    if _certain(view):
        return first, [view], strips
    views = [view]
    for look in _further(first, _name_arc(arcs)):
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
    seen = [probabilities for _, probabilities in reader.read_seen(crops)]
    strips = tuple(
        kept_strip(one, reader.alphabet, f"{name} {look.name}".strip())
        for one, name in zip(seen, ("clean", "raw"), strict=True)
    )
    return decoded(fused(seen), reader.alphabet), strips


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


def _code_along(seal: Prepared, arcs: Sequence[Arc], reader: StripReader) -> str:
    """The registration number that many seals carry along their lower edge, small, feet outwards."""
    for arc in arcs:
        below = abs(np.angle(np.exp(1j * (arc.middle - np.pi / 2))))
        if 0.3 < arc.span < 2.2 and below < 0.9:
            strip = unrolled(
                seal.clean, seal.ellipse, _CODE_BAND, arc.start - 0.1, arc.span + 0.2, 0.8, below=True
            )
            read, _ = reader.read_seen([strip])[0]
            digits = re.sub(r"[^0-9A-Z]", "", read.text.upper())
            if sum(character.isdigit() for character in digits) >= _LEAST_DIGITS:
                return digits
    return ""


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
