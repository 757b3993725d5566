"""How sure it is that something is a seal: the networks' words, shape, writing along it, what it says."""

from __future__ import annotations

import math

import numpy as np

from domain.kinds import SealColour
from ocr.seals.finder import Kind, Pointed
from ocr.seals.gatekeeper import Gate
from ocr.seals.ink import InkMaps
from ocr.seals.reading import SealText, han
from ocr.seals.shapes import Family, Plane, RingCandidate, sample

SURE = 0.5
"""From here on something is a seal; below, perhaps one, and a person is asked."""
LEAST_CONFIDENCE = 0.4
"""Below this it is not worth a person's look."""
_NETWORK = 1.3
_POINTED, _WRITING, _LOOKS = 1.0, 2.0, 1.2
"""What the word of the network that points, writing along the ring, and the judge of rings weigh."""
_USUAL_ARC = 0.45
_EVEN_LOOKS, _MOST_LOOKS = 0.5, 3.0
"""Log-odds of the judge that speak for neither, and the most that counts for or against."""
_UNWRITTEN_ARC, _EMPTY_RING = 0.2, -2.0
"""A dark ring with less writing along it is a printed 〇 or a figure, unless it clearly looks a seal."""
_WORTH_ASKING, _WORTH_A_GATE, _WORTH_READING = -2.8, -3.0, -2.0
_RING_FOR_FRAME = 0.85
"""Support from which a ring is believed where the network takes the thing for a frame."""
_UNREAD = -0.8
"""A name seal in seal script is read by nobody here: that speaks only a little against it."""
_CLEAN_ARC, _CLEAN_OUTSIDE, _ARC_OF_COLOUR = 0.8, 0.3, 0.8
"""A clean arc of coloured ink at an edge, and what it adds."""
_CLEAR_ARCS = 2.0
"""What arcs with letters in them add that fit one ellipse in the strip at the sheet's edge."""
_LONE_PRINT = -1.6
"""Neither frame nor two characters: a lone sign of print, a watermark's, a thumb's print in red ink."""
_READ_AS_PRINT, _READ_AS_UNFRAMED_PRINT = 0.6, -0.4
_WHOLLY_READ = 0.8
"""Certainty from which black words without a frame count: print is half read where a box cuts it."""
_MIRRORED = -4.0
"""What reads in a mirror is the stamp itself, not what it left on paper."""
_CROWDED: dict[Family, float] = {"red": 3.0, "other": 3.0, "dark": 1.5}


def worth_asking(pointed: Pointed, ring: RingCandidate) -> bool:
    """Cheap refusal before any network: curves of print that the one that points hardly believes in."""
    if pointed.kind is Kind.FRAME and ring.support < _RING_FOR_FRAME:
        return False
    return _NETWORK * _odds(pointed.score) + _shape(ring) > _WORTH_ASKING


def worth_a_gate(pointed: Pointed, ring: RingCandidate, looks: float) -> bool:
    """Refusal before the gatekeeper, who costs as much as reading. ``looks``: the judge's log-odds."""
    return _unwritten(pointed, ring, looks) > _WORTH_A_GATE


def worth_reading(pointed: Pointed, ring: RingCandidate, looks: float, gate: Gate) -> bool:
    """Refusal before the costly reading."""
    return logit(pointed, ring, looks, gate) > _WORTH_READING


def logit(pointed: Pointed, ring: RingCandidate, looks: float, gate: Gate) -> float:
    """Evidence from the networks, shape and writing alone; 0 is even odds."""
    arc = _arc(ring, gate)
    empty = _EMPTY_RING if ring.family == "dark" and arc < _UNWRITTEN_ARC else 0.0
    return _unwritten(pointed, ring, looks) + _WRITING * (arc - _USUAL_ARC) + empty


def _unwritten(pointed: Pointed, ring: RingCandidate, looks: float) -> float:
    held = min(max(looks - _EVEN_LOOKS, -_MOST_LOOKS), _MOST_LOOKS)
    return _POINTED * _odds(pointed.score) + _shape(ring) + _LOOKS * held


def seal_confidence(pointed: Pointed, ring: RingCandidate, looks: float, gate: Gate, text: SealText) -> float:
    """0-1. A name in Chinese speaks for a seal, confident letters speak for a logo."""
    evidence = logit(pointed, ring, looks, gate)
    characters = han(text.text)
    if characters >= 4:
        evidence += 3.0 * (text.confidence - 0.45) + (0.8 if characters >= 6 else 0.0)
    elif text.latin and len(text.text) >= 8:
        evidence -= 2.5
    else:
        evidence -= 1.0
    return _probability(evidence + (_MIRRORED if text.mirrored else 0.0))


def slice_confidence(
    pointed: Pointed, ring: RingCandidate | None, *, at_edge: bool, arcs: bool = False
) -> float:
    """0-1 for a piece of a seal without a reading. ``at_edge``: it lies where the sheet ends.

    ``arcs``: within the strip a ring's arcs are clear, with letters in them.
    """
    clean = ring is not None and ring.support > _CLEAN_ARC and ring.outside < _CLEAN_OUTSIDE
    arc = _ARC_OF_COLOUR if clean and ring is not None and ring.family != "dark" else 0.0
    arc = _CLEAR_ARCS if arcs else arc
    return _probability(_odds(pointed.score) + arc + (0.3 if at_edge else -1.0))


def stamp_confidence(
    pointed: Pointed,
    text_confidence: float,
    characters: int,
    framed: float,
    *,
    coloured: bool,
    worded: bool = False,
) -> float:
    """0-1 for a square or rectangle. ``framed``: share of its outline with ink, 0 without a frame.

    ``worded``: it says what stamps say and boxes in print do not.
    """
    said = 6.0 * (text_confidence - 0.75) + 0.25 * min(characters, 6) if characters >= 2 else _LONE_PRINT
    words = characters >= 2 and (coloured or text_confidence >= _WHOLLY_READ)
    said = max(said, _UNREAD) if framed or words else _LONE_PRINT
    own = bool(framed) and (coloured or worded)
    if not own:
        # Any line of print and any table's cell can be read: that says nothing of a stamp.
        said = min(said, _READ_AS_PRINT if framed or coloured else _READ_AS_UNFRAMED_PRINT)
    frame = 2.0 * (framed - 0.5) if coloured or own else 0.0
    return _probability(_NETWORK * _odds(pointed.score) + said + frame)


def _shape(ring: RingCandidate) -> float:
    return 6.0 * (ring.support - 0.8) - _CROWDED[ring.family] * ring.outside


def _arc(ring: RingCandidate, gate: Gate) -> float:
    """Share of the part of the circle that lies on the page with writing along it."""
    return min(gate.arc / max(ring.visible, 0.2), 1.0)


def _odds(score: float) -> float:
    held = min(max(score, 0.02), 0.98)
    return math.log(held / (1 - held))


def _probability(evidence: float) -> float:
    return 1 / (1 + math.exp(-evidence))


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
