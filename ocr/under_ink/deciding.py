"""One text out of several readings of one line: as it is, and with the ink taken off in one way or two.

Where the readings as it is and without ink say the same, it is sure. Where they do not, the likeliest text
stays, but unsure: its confidence never comes near what counts as read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from matching.text import bare
from ocr.recognition import Recognised

DISAGREEING = 0.8
"""Factor on the confidence of a line that reads differently with and without the ink."""
_SAME_LINE = 0.5
_RAW, _RAW_ALONE = 0.6, 1.0
"""Ink misleads more than its removal: a reading of the line as it is counts this much in a vote. Ink without
colour can only be taken off in one way, a guess where it is as black as print: there both count the same."""


@dataclass(frozen=True, slots=True)
class Decided:
    """``agreed``: the readings with and without the ink say the same."""

    text: str
    confidence: float
    agreed: bool


def decided(raw: Recognised, cleaned: Sequence[Recognised]) -> Decided:
    """``cleaned``: readings without the ink, the most trusted first; at least one."""
    best = cleaned[0]
    if bare(raw.text) == bare(best.text):
        better = max((raw, best), key=lambda one: one.confidence)
        return Decided(better.text, min(better.confidence, _as_weakest_allows((raw, best))), True)
    if not any(bare(one.text) for one in cleaned):
        return Decided(raw.text, raw.confidence * DISAGREEING, False)
    votes: dict[str, float] = defaultdict(float)
    for reading, weight in _weighed(raw, cleaned):
        votes[bare(reading.text)] += weight * reading.confidence
    most = max(votes, key=lambda text: votes[text])
    chosen = next(one for one in (*cleaned, raw) if bare(one.text) == most)
    said = sum(bare(one.text) == most for one in (*cleaned, raw))
    if said == 1 and len(cleaned) > 1:
        return Decided(_voted(chosen, _weighed(raw, cleaned)), chosen.confidence * DISAGREEING, False)
    return Decided(chosen.text, chosen.confidence * DISAGREEING, False)


def _weighed(raw: Recognised, cleaned: Sequence[Recognised]) -> list[tuple[Recognised, float]]:
    said = [(one, 1.0) for one in cleaned if bare(one.text)]
    return [*said, (raw, _RAW if len(cleaned) > 1 else _RAW_ALONE)]


def _as_weakest_allows(readings: Sequence[Recognised]) -> float:
    """A line is no surer than halfway to its weakest character, in the reading that saw it better."""
    weakest = [min(one.character_confidences) for one in readings if one.character_confidences]
    return 0.5 + 0.5 * max(weakest, default=1.0)


def _voted(best: Recognised, views: Sequence[tuple[Recognised, float]]) -> str:
    """Character by character, each view with its confidence; what only some views see follows the best."""
    votes: list[dict[str, float]] = [defaultdict(float) for _ in best.text]
    for view, weight in views:
        if Levenshtein.normalized_similarity(best.text, view.text) < _SAME_LINE:
            continue
        sure = view.character_confidences or (view.confidence,) * len(view.text)
        for change in Levenshtein.opcodes(best.text, view.text):
            if change.tag not in ("equal", "replace"):
                continue
            for here in range(change.src_start, change.src_end):
                there = min(change.dest_start + here - change.src_start, change.dest_end - 1)
                votes[here][view.text[there]] += weight * sure[there]
    return "".join(
        max(found, key=found.__getitem__) if found else letter
        for letter, found in zip(best.text, votes, strict=True)
    )
