"""How sure it is that a ring is a seal: shape, writing along the ring, and what the writing says."""

from __future__ import annotations

import numpy as np

from domain.kinds import SealColour
from ocr.seals.gatekeeper import Gate
from ocr.seals.ink import InkMaps
from ocr.seals.reading import SealText, han
from ocr.seals.shapes import Family, Plane, RingCandidate, sample

LEAST_ARC = 0.42
"""Share of the circle with writing. Drawn circles and emblems stay below, real seals begin at 0.44."""
_CLEAN_SUPPORT, _CLEAN_OUTSIDE, _COVERED_ARC = 0.85, 0.25, 0.25
"""A clean ring with half of its writing lost: the usual seal across the corner of a photograph."""
_COVERED_HAN, _COVERED_SURE = 4, 0.7
_UNUSUAL: dict[Family, float] = {"red": 0.0, "other": 0.8, "dark": 0.8}
LEAST_CONFIDENCE = 0.5
"""Below this a ring is not worth a person's look."""


def worth_reading(ring: RingCandidate, gate: Gate) -> bool:
    """Cheap refusal before the costly reading."""
    return (gate.arc >= LEAST_ARC or _partly_covered(ring, gate)) and logit(ring, gate) > -1.2


def _partly_covered(ring: RingCandidate, gate: Gate) -> bool:
    """Too little writing for a seal in the open, on a ring that is too clean to be refused unread."""
    return (
        _COVERED_ARC <= gate.arc < LEAST_ARC
        and ring.support > _CLEAN_SUPPORT
        and ring.outside < _CLEAN_OUTSIDE
    )


def logit(ring: RingCandidate, gate: Gate) -> float:
    """Evidence from shape and writing alone; 0 is even odds."""
    crowded = 2.5 if ring.family == "dark" else 5.0
    evidence = 7.0 * (gate.arc - 0.5) + 12.0 * (ring.support - 0.8) - crowded * ring.outside
    return float(evidence - _UNUSUAL[ring.family] - 1.5 * (1 - ring.visible))


def seal_confidence(ring: RingCandidate, gate: Gate, text: SealText) -> float:
    """0-1. A name in Chinese speaks for a seal, confident letters speak for a logo."""
    evidence = logit(ring, gate) + 0.7
    characters = han(text.text)
    if gate.arc < LEAST_ARC and (characters < _COVERED_HAN or text.confidence < _COVERED_SURE):
        return 0.0  # Nothing but a Chinese name along it tells a covered seal from a drawn circle.
    if characters >= 4:
        evidence += 2.2 * text.confidence + (0.8 if characters >= 6 else 0.0)
    elif text.latin and len(text.text) >= 8:
        evidence -= 4.5
    else:
        evidence -= 1.8
    return float(1 / (1 + np.exp(-evidence)))


def colour_of(maps: InkMaps, ring: RingCandidate) -> SealColour:
    """The colour of the ink on the ring, by its hue."""
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False).astype(np.float32)
    rho = np.linspace(0.95, 1.05, 7, dtype=np.float32)
    x, y = ring.ellipse.points(angles[:, None], rho[None, :])
    strength = np.asarray(sample(maps.of(ring.family), x, y), np.float32)
    colours = np.asarray(sample(maps.flat, x, y), np.float32)
    picked = colours[strength > max(0.4, float(np.percentile(strength, 70)) * 0.8)]
    if ring.family == "dark" or len(picked) == 0:
        return SealColour.BLACK
    return named_colour(np.median(picked, axis=0))


def named_colour(rgb: Plane) -> SealColour:
    """Red, blue, black or other for a mean ink colour on white paper (3 values, 0-255)."""
    red, green, blue = (float(value) for value in rgb)
    highest, lowest = max(red, green, blue), min(red, green, blue)
    if highest - lowest < 16:
        return SealColour.BLACK
    if highest == red:
        hue = 60 * (((green - blue) / (highest - lowest)) % 6)
    elif highest == green:
        hue = 60 * ((blue - red) / (highest - lowest) + 2)
    else:
        hue = 60 * ((red - green) / (highest - lowest) + 4)
    if hue >= 300 or hue <= 32:
        return SealColour.RED
    if 185 <= hue <= 275:
        return SealColour.BLUE
    return SealColour.OTHER
