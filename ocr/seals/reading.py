"""Read a round or oval seal: several views of its arc, kept by agreement and the recogniser's confidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from domain.reading import SealStrip
from ocr.seals.arcs import Arc, widest_gap, written_arcs
from ocr.seals.gatekeeper import Gate
from ocr.seals.lattice import read_seen
from ocr.seals.preparation import Prepared
from ocr.seals.recogniser import Recogniser
from ocr.seals.rows import read_rows
from ocr.seals.shapes import Pixels
from ocr.seals.unroll import USUAL_BAND, Band, unrolled, writing_band
from ocr.seals.voting import View, verdict, view_of

_SQUEEZE = 0.62
_CODE_BAND = Band(0.03, 0.19)
_LEAST_DIGITS = 8
_LEAST_NAME = 4
"""Hardly a unit has a shorter name: fewer characters are a piece of one."""
_WIDE = 0.8
_SURE = 0.8


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


def read_ring(seal: Prepared, gate: Gate, recognise: Recogniser) -> SealText:
    """Read the name along the ring, what stands below the star, and the code."""
    arcs = written_arcs(gate.along)
    views = name_views(seal, gate, arcs, recognise)
    name = verdict(views)
    rows = read_rows(seal.clean, seal.ellipse, gate.probability, recognise)
    return SealText(
        text=name.text,
        confidence=name.confidence * min(len(name.text) / _LEAST_NAME, 1.0),
        bottom_text=rows.text,
        code=rows.code or _code_along(seal, arcs, recognise),
        alternatives=name.alternatives,
        latin=bool(name.text) and han(name.text) == 0,
        strips=tuple(view.strip for view in views if view.strip is not None),
    )


def name_views(seal: Prepared, gate: Gate, arcs: list[Arc], recognise: Recogniser) -> list[View]:
    """Readings of the arc: print removed and raw first; further starts and widths where those two differ."""
    band = writing_band(seal.ink, seal.ellipse)
    gap = widest_gap(gate.along)
    whole = 2 * np.pi

    def strip(picture: Pixels, where: Band, start: float, span: float, squeeze: float) -> Pixels:
        return unrolled(picture, seal.ellipse, where, start, span, squeeze)

    first = [strip(seal.clean, band, gap, whole, _SQUEEZE), strip(seal.raw, band, gap, whole, _SQUEEZE)]
    seen = read_seen(recognise, first, ("clean", "raw"))
    views = [view_of(read, weight, kept) for (read, kept), weight in zip(seen, (1.0, 0.6), strict=True)]
    if _agreed(views):
        return views
    further = [(strip(seal.clean, band, gap, whole, _WIDE), 0.8, "clean wide")]
    main = _name_arc(arcs)
    if main is not None:
        start, span = main.start - 0.14, min(main.span + 0.28, whole)
        further.append((strip(seal.clean, band, start, span, _SQUEEZE), 0.8, "clean arc"))
    else:
        further.append((strip(seal.clean, band, np.pi / 2, whole, _SQUEEZE), 0.8, "clean below"))
    further.append((strip(seal.raw, USUAL_BAND, gap, whole, _WIDE), 0.5, "raw wide"))
    seen = read_seen(recognise, [crop for crop, _, _ in further], [name for _, _, name in further])
    return views + [
        view_of(read, weight, kept) for (read, kept), (_, weight, _) in zip(seen, further, strict=True)
    ]


def _code_along(seal: Prepared, arcs: list[Arc], recognise: Recogniser) -> str:
    """The registration number that many seals carry along their lower edge, small, feet outwards."""
    for arc in arcs:
        below = abs(np.angle(np.exp(1j * (arc.middle - np.pi / 2))))
        if 0.3 < arc.span < 2.2 and below < 0.9:
            strip = unrolled(
                seal.clean, seal.ellipse, _CODE_BAND, arc.start - 0.1, arc.span + 0.2, 0.8, below=True
            )
            digits = re.sub(r"[^0-9A-Z]", "", recognise.read([strip])[0].text.upper())
            if sum(character.isdigit() for character in digits) >= _LEAST_DIGITS:
                return digits
    return ""


def _name_arc(arcs: list[Arc]) -> Arc | None:
    """The longest run of writing, where it leaves enough of the circle free to be worth a view of its own."""
    if not arcs or not 1.0 < arcs[0].span < 2 * np.pi - 0.5:
        return None
    return arcs[0]


def _agreed(views: list[View]) -> bool:
    return (
        len({view.text for view in views}) == 1
        and len(views[0].letters) >= 4
        and min(letter.sure for view in views for letter in view.letters) > _SURE
    )


def han(text: str) -> int:
    return sum("\u3400" <= character <= "\u9fff" for character in text)
