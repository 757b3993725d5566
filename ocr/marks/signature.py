"""The verifier's signature: pen strokes beside the statement, read or unread, or the stamp of a name.

Everything that stands near and is neither the statement, the date nor words of the form is a candidate; a
small network tells pen from print and from blots. Print after a label may be a typed name: unsure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.marks.candidates import Candidate, labelled, unlabelled
from ocr.marks.frames import small_frames
from ocr.marks.name_stamps import Stamp, name_stamp
from ocr.marks.patch import Patch, PatchLine
from ocr.marks.pen import Hand, hand_of
from ocr.marks.phrases import may_be_name
from ocr.marks.places import Rectangle
from ocr.marks.strokes import InkGroup, Mask, inked_span, unlike

_PEN = 0.6
_PERHAPS = 0.3
_BLOT = 0.6
_OUTRIGHT = 0.95
"""Pen beyond doubt, also where the label's own print looks a little like it."""


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """``box`` in the patch. Neither box nor ``unsure``: there is none."""

    box: Rectangle | None = None
    confidence: float = 0.0
    unsure: bool = False


def find_signature(
    patch: Patch,
    phrase: Rectangle,
    lines: Sequence[PatchLine],
    loose: Sequence[InkGroup],
    ink: Mask,
    stamps: Sequence[Stamp] = (),
    day: Rectangle | None = None,
) -> FoundSignature:
    """``lines``: read beside the statement; ``loose``: ink in no line; ``stamps``: with corners."""
    frames = [frame for frame in small_frames(patch.clean) if inked_span(ink, _within(frame)) is not None]
    stamp = name_stamp(phrase, lines, (*stamps, *map(Stamp, frames)))
    if stamp is not None:
        return FoundSignature(stamp, 0.8)
    candidates = labelled(ink, lines, loose, day) + unlabelled(ink, phrase, lines, loose, day)
    best: tuple[float, FoundSignature] | None = None
    unsure = False
    for candidate in candidates:
        if inked_span(ink, candidate.box) is None:
            # Words were read, though next to no strokes are left of them: a seal was taken off there.
            unsure = unsure or may_be_name(candidate.text)
            continue
        hand = hand_of(patch.clean, candidate.box)
        told = _told(patch, ink, candidate, hand)
        unsure = unsure or told.unsure
        if told.box is None:
            continue
        worth = told.confidence + (0.5 if candidate.labelled else 0.0)
        if best is None or worth > best[0]:
            best = (worth, told)
    return best[1] if best is not None else FoundSignature(unsure=unsure)


def _told(patch: Patch, ink: Mask, candidate: Candidate, hand: Hand) -> FoundSignature:
    """What a candidate is, by its strokes, its frame and its words."""
    least = _PEN
    if candidate.label is not None:
        other = unlike(patch.clean, ink, candidate.label, candidate.box)
        if other.colour and hand.nothing < _PERHAPS and may_be_name(candidate.text):
            # A name in blue after a label in black was not typed with it, however neat the hand.
            return FoundSignature(candidate.box, 0.75)
        if other.colour or other.taller:
            least = _PERHAPS
        elif hand.pen < _OUTRIGHT and hand_of(patch.clean, candidate.label).pen > _PERHAPS:
            return FoundSignature(unsure=True)
    if hand.pen >= least and not candidate.certain:
        return FoundSignature(unsure=True)
    if hand.pen >= least:
        return FoundSignature(candidate.box, min(hand.pen, 0.97))
    if hand.nothing >= _BLOT:
        return FoundSignature(unsure=candidate.labelled and candidate.noticeable)
    name = may_be_name(candidate.text)
    if candidate.labelled or hand.pen >= _PERHAPS:
        return FoundSignature(unsure=True)
    return FoundSignature(unsure=name)


def _within(frame: Rectangle) -> Rectangle:
    """What a frame encloses, its lines left out."""
    edge = 0.16 * min(frame[2] - frame[0], frame[3] - frame[1])
    return frame[0] + edge, frame[1] + edge, frame[2] - edge, frame[3] - edge
