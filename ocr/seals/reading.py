"""Read a round or oval seal: several views of its arc, kept by agreement and the recogniser's confidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.seals.arcs import Arc, widest_gap, written_arcs
from ocr.seals.gatekeeper import Gate
from ocr.seals.ink import chroma, flattened, redness, strength
from ocr.seals.recogniser import Recogniser
from ocr.seals.rows import read_rows
from ocr.seals.separation import print_mask, without_print
from ocr.seals.shapes import Ellipse, Family, Pixels, Plane
from ocr.seals.unroll import USUAL_BAND, Band, unrolled, writing_band
from ocr.seals.voting import View, verdict, view_of

_LEAST_RADIUS = 110.0
"""Smaller seals are enlarged to this radius in pixels before anything else."""
_MOST_RADIUS = 220.0
_SQUEEZE = 0.62
_CODE_BAND = Band(0.03, 0.19)
_LEAST_DIGITS = 8
_LEAST_NAME = 4
"""Hardly a unit has a shorter name: fewer characters are a piece of one."""
_WIDE = 0.8
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class SealText:
    """What a seal says. ``confidence`` 0-1 speaks of ``text``; ``alternatives`` hold every reading, best first."""

    text: str = ""
    confidence: float = 0.0
    bottom_text: str = ""
    code: str = ""
    alternatives: tuple[str, ...] = ()
    latin: bool = False
    """Written in letters, not in Chinese characters."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A seal cut out at a good size. ``clean`` has the print painted out; ``ink`` is 0-1 without print."""

    raw: Pixels
    clean: Pixels
    ink: Plane
    ellipse: Ellipse
    printed: float
    """Share of the seal's disc that print covers."""


def prepared(picture: Pixels, ellipse: Ellipse, family: Family) -> Prepared:
    """Cut the seal out, set its size, turn the paper white, separate print from ink."""
    half_x, half_y = (extent * 1.18 + 2 for extent in ellipse.half_extent)
    left, top = max(int(ellipse.x - half_x), 0), max(int(ellipse.y - half_y), 0)
    right = min(int(ellipse.x + half_x) + 1, picture.shape[1])
    bottom = min(int(ellipse.y + half_y) + 1, picture.shape[0])
    patch = picture[top:bottom, left:right]
    factor = min(max(_LEAST_RADIUS / ellipse.radius, 1.0), 4.0)
    factor = min(factor, _MOST_RADIUS / ellipse.radius)
    if factor != 1.0:
        how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        patch = np.asarray(cv2.resize(patch, None, fx=factor, fy=factor, interpolation=how), np.uint8)
    own = ellipse.moved(-left, -top).scaled(factor)
    flat = flattened(np.ascontiguousarray(patch), step=4)
    ink = _ink(flat, family)
    ring = _ring_mask(ink, own)
    mask = print_mask(flat, ring, family)
    clean = without_print(flat, mask)
    inside = _disc(ink.shape, own)
    printed = float(mask[inside].mean()) if inside.any() else 0.0
    return Prepared(flat, clean, _ink(clean, family), own, printed)


def _ink(flat: Pixels, family: Family) -> Plane:
    if family == "red":
        return strength(redness(flat))
    if family == "other":
        return strength(chroma(flat), 22.0)
    return strength(255.0 - cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY).astype(np.float32), 40.0, 80.0)


def _ring_mask(ink: Plane, ellipse: Ellipse) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    mask = np.zeros(ink.shape, np.uint8)
    centre, axes = (ellipse.x, ellipse.y), (2 * ellipse.a, 2 * ellipse.b)
    thickness = max(round(0.05 * ellipse.radius), 2)
    cv2.ellipse(mask, (centre, axes, float(np.rad2deg(ellipse.angle))), 1, thickness)
    return np.asarray((mask > 0) & (ink > 0.5), bool)


def _disc(shape: tuple[int, ...], ellipse: Ellipse) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    mask = np.zeros(shape, np.uint8)
    box = ((ellipse.x, ellipse.y), (2 * ellipse.a, 2 * ellipse.b), float(np.rad2deg(ellipse.angle)))
    cv2.ellipse(mask, box, 1, -1)
    return np.asarray(mask > 0, bool)


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
    )


def name_views(seal: Prepared, gate: Gate, arcs: list[Arc], recognise: Recogniser) -> list[View]:
    """Readings of the arc: print removed and raw first; further starts and widths where those two differ."""
    band = writing_band(seal.ink, seal.ellipse)
    gap = widest_gap(gate.along)
    whole = 2 * np.pi

    def strip(picture: Pixels, where: Band, start: float, span: float, squeeze: float) -> Pixels:
        return unrolled(picture, seal.ellipse, where, start, span, squeeze)

    first = [strip(seal.clean, band, gap, whole, _SQUEEZE), strip(seal.raw, band, gap, whole, _SQUEEZE)]
    views = [view_of(read, weight) for read, weight in zip(recognise.read(first), (1.0, 0.6), strict=True)]
    if _agreed(views):
        return views
    further = [(strip(seal.clean, band, gap, whole, _WIDE), 0.8)]
    main = _name_arc(arcs)
    if main is not None:
        start, span = main.start - 0.14, min(main.span + 0.28, whole)
        further.append((strip(seal.clean, band, start, span, _SQUEEZE), 0.8))
    else:
        further.append((strip(seal.clean, band, np.pi / 2, whole, _SQUEEZE), 0.8))
    further.append((strip(seal.raw, USUAL_BAND, gap, whole, _WIDE), 0.5))
    reads = recognise.read([crop for crop, _ in further])
    return views + [view_of(read, weight) for read, (_, weight) in zip(reads, further, strict=True)]


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
