"""Print beneath a seal: read again with the ink taken away; a seal's own fragments are no lines of the page.

Where the two readings disagree the line stays, but unsure: its confidence is lowered.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from domain.geometry import Box
from domain.kinds import SealColour
from domain.reading import Line, Seal
from matching.text import bare, best_within
from ocr.detection import Corners, LineDetector, crop
from ocr.lines import corners_of, line_of
from ocr.recognition import LineRecogniser, Picture, Recognised
from ocr.seals import lines_inside, without_ink
from ocr.seals.overlay import lines_crossed

WELL_READ = 0.9
POORLY_READ = 0.8
DISAGREEING = 0.8
"""Factor on the confidence of a line that reads differently with and without the ink."""
SAME_LINE = 0.3
SEALS_OWN = 0.6
MUCH_TALLER = 1.6
MARGIN_X, MARGIN_Y = 1.6, 0.5
"""How far around a seal its lines are looked for anew, in widths and heights of the seal: on the page as
it is, a line that touches the ring runs together with the ring's own writing and is lost as a whole."""
BESIDE_READ = 0.6
"""Confidence from which a line found anew is kept where it lies beside the seal, not under it."""


def read_under_ink(
    picture: Picture,
    lines: Sequence[Line],
    seals: Sequence[Seal],
    detector: LineDetector,
    recogniser: LineRecogniser,
) -> tuple[Line, ...]:
    """The page's lines: those touched by seals read anew, fragments of seals dropped, hidden ones added."""
    if not seals:
        return tuple(lines)
    cleaned = without_ink(picture, seals)
    inside, crossed = set(lines_inside(lines, seals)), set(lines_crossed(lines, seals))
    touched = sorted(inside | crossed)
    again = recogniser.read([crop(cleaned, corners_of(lines[index], picture)) for index in touched])
    settled: dict[int, Line | None] = {
        index: _settled(lines[index], reading, index in inside, seals)
        for index, reading in zip(touched, again, strict=True)
    }
    kept = [settled.get(index, line) for index, line in enumerate(lines)]
    found = [quad for area in _surroundings(seals) for quad in _found_in(cleaned, area, detector)]
    known = [line for line in kept if line is not None and not _runs_together(line, found, picture)]
    return (*known, *_hidden(cleaned, known, found, seals, recogniser))


def _settled(line: Line, again: Recognised, inside: bool, seals: Sequence[Seal]) -> Line | None:
    """What a line says after both readings; None for a fragment of a seal's own writing."""
    if inside and _is_fragment(line, again, seals):
        return None
    raw, clean = bare(line.text), bare(again.text)
    if raw == clean or not clean:
        factor = 1.0 if raw == clean else DISAGREEING
        confidence = max(line.confidence, again.confidence) if raw == clean else line.confidence * factor
        return line.model_copy(update={"confidence": confidence, "under_seal": True})
    if again.confidence >= line.confidence:
        sure = again.confidence >= WELL_READ and line.confidence < POORLY_READ
        return line.model_copy(
            update={
                "text": again.text.strip(),
                "raw": again.text,
                "confidence": again.confidence * (1.0 if sure else DISAGREEING),
                "under_seal": True,
            }
        )
    return line.model_copy(update={"confidence": line.confidence * DISAGREEING, "under_seal": True})


def _is_fragment(line: Line, again: Recognised, seals: Sequence[Seal]) -> bool:
    """Writing of the seal itself: it goes with the ink, or it is what the seal says."""
    own = [seal for seal in seals if _share_inside(line.box, seal.box) > 0.5]
    said = "".join(bare(seal.text + seal.bottom_text + seal.code) for seal in own)
    raw = bare(line.text)
    if raw and raw in said:
        return True
    if all(seal.colour == SealColour.BLACK for seal in own):
        return line.confidence < POORLY_READ
    return again.confidence < 0.6 or not bare(again.text)


def _runs_together(line: Line, found: Sequence[Corners], picture: Picture) -> bool:
    """A box that swallowed several lines with the ring between them: without the ink they stand apart."""
    if not line.under_seal:
        return False
    height = _line_height(corners_of(line, picture))
    inside = [
        quad
        for quad in found
        if _share_inside(_box(quad, picture), line.box) > 0.5 and height > MUCH_TALLER * _line_height(quad)
    ]
    return bool(inside)


def _hidden(
    cleaned: Picture,
    known: Sequence[Line],
    found: Sequence[Corners],
    seals: Sequence[Seal],
    recogniser: LineRecogniser,
) -> list[Line]:
    """Lines that only show once the ink is gone, under the seals and where they touch them."""
    taken = [line.box for line in known]
    fresh: list[Corners] = []
    for corners in found:
        box = _box(corners, cleaned)
        if not any(_same(box, other) for other in taken):
            taken.append(box)
            fresh.append(corners)
    readings = recogniser.read([crop(cleaned, corners) for corners in fresh])
    lines = [line_of(reading, corners, cleaned) for reading, corners in zip(readings, fresh, strict=True)]
    return [kept for line in lines if (kept := _kept(line, seals)) is not None]


def _kept(line: Line, seals: Sequence[Seal]) -> Line | None:
    """A line found anew, as sure as its place allows; None where it is too poorly read to be one."""
    over = [seal for seal in seals if _share_inside(line.box, seal.box) >= 0.5]
    if len(bare(line.text)) < 2 or line.confidence < (WELL_READ if over else BESIDE_READ):
        return None
    if not over:
        return line
    if any(seal.colour == SealColour.BLACK and _says(seal, line.text) for seal in over):
        return None
    return line.model_copy(update={"under_seal": True, "confidence": line.confidence * DISAGREEING})


def _says(seal: Seal, text: str) -> bool:
    """Words of the seal itself. Of a coloured one they went with the ink: the issuer's name may be printed
    beneath its own seal."""
    return best_within(text, seal.text + seal.bottom_text + seal.code) > SEALS_OWN


def _surroundings(seals: Sequence[Seal]) -> list[Box]:
    """Areas around the seals, those that overlap taken together."""
    areas: list[Box] = []
    for seal in seals:
        area = seal.box.grown(MARGIN_X * seal.box.width, MARGIN_Y * seal.box.height)
        touching = [other for other in areas if other.intersection(area) > 0]
        areas = [other for other in areas if other not in touching]
        areas.append(Box.around([area, *touching]))
    return areas


def _found_in(cleaned: Picture, area: Box, detector: LineDetector) -> list[Corners]:
    height, width = cleaned.shape[:2]
    left, top = int(area.left * width), int(area.top * height)
    patch = cleaned[top : int(area.bottom * height), left : int(area.right * width)]
    if min(patch.shape[:2]) < 32:
        return []
    shift = np.array([left, top], np.float32)
    return [corners + shift for corners in detector.find(np.ascontiguousarray(patch))]


def _box(corners: Corners, picture: Picture) -> Box:
    return line_of(Recognised("", 0.0), corners, picture).box


def _line_height(corners: Corners) -> float:
    return float(np.linalg.norm(corners[3] - corners[0]))


def _share_inside(box: Box, area: Box) -> float:
    return box.intersection(area) / box.area if box.area > 0 else 0.0


def _same(box: Box, other: Box) -> bool:
    smaller = min(box.area, other.area)
    return smaller > 0 and box.intersection(other) / smaller > SAME_LINE
