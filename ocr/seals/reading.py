"""Read a round or oval seal: several views of its arc, kept by agreement and the recogniser's confidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from ocr.seals.arcs import Arc, widest_gap, written_arcs
from ocr.seals.gatekeeper import Gate
from ocr.seals.ink import chroma, flattened, redness, strength
from ocr.seals.recogniser import Recogniser
from ocr.seals.rows import read_rows
from ocr.seals.separation import print_mask, without_print
from ocr.seals.shapes import Ellipse, Family, Pixels, Plane
from ocr.seals.unroll import USUAL_BAND, Band, unrolled, writing_band

_LEAST_RADIUS = 110.0
"""Smaller seals are enlarged to this radius in pixels before anything else."""
_MOST_RADIUS = 220.0
_SQUEEZE = 0.62
_CODE_BAND = Band(0.03, 0.19)
_LEAST_DIGITS = 8
_SURE = 0.93


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


def _disc(
    shape: tuple[int, ...], ellipse: Ellipse
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    mask = np.zeros(shape, np.uint8)
    box = ((ellipse.x, ellipse.y), (2 * ellipse.a, 2 * ellipse.b), float(np.rad2deg(ellipse.angle)))
    cv2.ellipse(mask, box, 1, -1)
    return np.asarray(mask > 0, bool)


def read_ring(seal: Prepared, gate: Gate, recognise: Recogniser) -> SealText:
    """Read the name along the ring, what stands below the star, and the code."""
    band = writing_band(seal.ink, seal.ellipse)
    arcs = written_arcs(gate.along)
    gap = widest_gap(gate.along)
    views: list[tuple[str, float]] = []

    def look(picture: Pixels, where: Band, start: float, span: float) -> None:
        strip = unrolled(picture, seal.ellipse, where, start, span, _SQUEEZE)
        read = recognise.read([strip])[0]
        views.append((read.text, read.confidence))

    whole = 2 * np.pi
    look(seal.clean, band, gap, whole)
    look(seal.raw, band, gap, whole)
    if not _agreed(views):
        look(seal.clean, band, np.pi / 2, whole)
        main = _name_arc(arcs)
        if main is not None:
            look(seal.clean, band, main.start - 0.14, min(main.span + 0.28, whole))
        if band != USUAL_BAND:
            look(seal.clean, USUAL_BAND, gap, whole)
    name = chosen(views)
    rows = read_rows(seal.clean, seal.ellipse, gate.probability, recognise)
    code = rows.code or _code_along(seal, arcs, recognise)
    return replace(name, bottom_text=rows.text, code=code)


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


def _agreed(views: list[tuple[str, float]]) -> bool:
    texts = [unit_name(text) for text, _ in views]
    return len(set(texts)) == 1 and len(texts[0]) >= 4 and min(sure for _, sure in views) > _SURE


_EDGE_JUNK = re.compile(r"^[^\u3400-\u9fffA-Za-z(（]+|[^\u3400-\u9fffA-Za-z)）]+$")
_STARS = re.compile(r"[★☆*✩✪·•.。,，、:：;；'\"“”‘’`~\-_—|/\\\s]+")


def unit_name(raw: str) -> str:
    """The Chinese name in a raw reading: stars, dots and a code at its ends taken off."""
    text = _STARS.sub("", raw)
    text = _EDGE_JUNK.sub("", text)
    return _EDGE_JUNK.sub("", text)


def han(text: str) -> int:
    return sum("\u3400" <= character <= "\u9fff" for character in text)


def chosen(views: list[tuple[str, float]]) -> SealText:
    """The reading that the others agree with most, weighted by the recogniser's own confidence."""
    named = [(unit_name(text), sure) for text, sure in views]
    named = [(text, sure) for text, sure in named if text]
    if not named:
        return SealText()
    worth: dict[str, float] = {}
    for text, sure in named:
        agreement = sum(
            other_sure * Levenshtein.normalized_similarity(text, other) for other, other_sure in named
        )
        own = agreement / len(named) * (0.4 + 0.6 * sure) * (0.6 + 0.4 * min(han(text) / 6, 1.0))
        worth[text] = max(worth.get(text, 0.0), own)
    order = sorted(worth, key=lambda text: -worth[text])
    best = order[0]
    sure = max(sure for text, sure in named if text == best)
    same = sum(text == best for text, _ in named)
    rivals = [Levenshtein.normalized_similarity(best, text) for text, _ in named if text != best]
    nearest = float(np.mean(rivals)) if rivals else 1.0
    agreement = (same - 1 + nearest * (len(named) - same)) / max(len(named) - 1, 1)
    alone = 0.7 if same == 1 else 1.0
    return SealText(
        text=best,
        confidence=float(np.clip(sure * (0.3 + 0.7 * agreement) * alone, 0, 1)),
        alternatives=tuple(order),
        latin=han(best) == 0,
    )
