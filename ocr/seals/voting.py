"""One name out of several readings of the same arc: characters vote, each with its own confidence.

Every view fails elsewhere: print hides one character in the raw view, painting it out spoils another. Views
are aligned on the best one; a character that the best view lacks is taken in where others agree on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from ocr.seals.pitch import lost_characters
from ocr.seals.recogniser import ReadLine

_KEEP = re.compile(r"[\u3400-\u9fffA-Za-z0-9()（）]")
_NAME = re.compile(r"[\u3400-\u9fffA-Za-z()（）]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_APART = 1.75
_ENDS = re.compile(
    r"(?:公司|集团|局|厅|院|委员会|委|办公室|办|中心|大学|学院|学校|协会|学会|总会|分会|工会|处|部|站|所|队|厂|社|会|政府|法院|医院|银行|支行|馆|组)$"
)
_ENDING = "有限公司"
_UNITED = 0.5
_LOST = 0.8
"""What a reading is worth for each character that its own gaps show to be missing."""
_DOUBT = 0.6
"""How much less sure a name is for each character that is missing or was only inferred."""
_MAJORITY = 0.42
"""Share of the votes, each weighed by its confidence, that adds a character the best view lacks."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A character with its confidence and place along the strip, 0-1."""

    text: str
    sure: float
    place: float


@dataclass(frozen=True, slots=True)
class View:
    """One reading, cleaned. ``weight``: what it counts in the vote."""

    letters: tuple[Letter, ...]
    weight: float = 1.0

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)

    @property
    def sure(self) -> float:
        return float(np.mean([letter.sure for letter in self.letters])) if self.letters else 0.0

    @property
    def lost(self) -> int:
        """Characters that seem to be missing between those that were read."""
        return lost_characters([letter.place for letter in self.letters])


def view_of(read: ReadLine, weight: float = 1.0) -> View:
    """A raw reading without stars, dots, the code at its ends and far-off fragments."""
    count = len(read.text)
    sures = (
        read.character_confidences if len(read.character_confidences) == count else (read.confidence,) * count
    )
    places = (
        read.positions if len(read.positions) == count else tuple((i + 0.5) / count for i in range(count))
    )
    letters = [
        Letter(text, float(sure), float(place))
        for text, sure, place in zip(read.text, sures, places, strict=True)
        if _KEEP.match(text)
    ]
    return View(tuple(_without_fragments(_without_code(letters))), weight)


def _without_code(letters: list[Letter]) -> list[Letter]:
    """Figures at either end belong to the code, not to the name."""
    start, end = 0, len(letters)
    while start < end and not _NAME.match(letters[start].text):
        start += 1
    while end > start and not _NAME.match(letters[end - 1].text):
        end -= 1
    return letters[start:end]


def _without_fragments(letters: list[Letter]) -> list[Letter]:
    """Up to four characters set apart at an end are pieces of the star, the bottom row or the code."""
    for _ in range(3):
        if len(letters) < 4:
            return letters
        places = np.array([letter.place for letter in letters])
        steps = np.diff(places)
        wide = np.flatnonzero(steps > _APART * float(np.median(steps)))
        if wide.size == 0:
            break
        last, first = int(wide[-1]) + 1, int(wide[0]) + 1
        tail, head = letters[last:], letters[:first]
        if len(tail) <= 4 and len(tail) < len(letters) / 2 and _foreign(tail, letters[:last]):
            letters = letters[:last]
        elif len(head) <= 4 and len(head) < len(letters) / 2 and _weak(head):
            letters = letters[first:]
        else:
            break
    while len(letters) > 4 and letters[-1].sure < 0.5 and _ENDS.search(_text(letters[:-1])):
        letters = letters[:-1]
    return letters


def _text(letters: Sequence[Letter]) -> str:
    return "".join(letter.text for letter in letters)


def _weak(piece: list[Letter], least: float = 0.6) -> bool:
    return float(np.mean([letter.sure for letter in piece])) < least


def _foreign(piece: list[Letter], rest: list[Letter]) -> bool:
    complete = bool(_ENDS.search(_text(rest))) and not _ENDS.search(_text(piece))
    return complete or _weak(piece, 0.75)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``confidence`` 0-1: the characters' own and how far the views agree on each."""

    text: str
    confidence: float
    alternatives: tuple[str, ...]


def worth(view: View, views: Sequence[View]) -> float:
    """How much a view is confirmed by the others, with its own confidence."""
    if not view.letters:
        return 0.0
    total = sum(other.weight for other in views)
    agreed = sum(
        other.weight * (0.3 + other.sure) * Levenshtein.normalized_similarity(view.text, other.text)
        for other in views
    )
    han = len(_HAN.findall(view.text))
    ending = 1.06 if _ENDS.search(view.text) else 1.0
    whole = _LOST**view.lost
    return (
        agreed / max(total, 1e-6) * (0.4 + 0.6 * view.sure) * (0.6 + 0.4 * min(han / 6, 1.0)) * ending * whole
    )


def verdict(views: Sequence[View]) -> Verdict:
    """The name that the views agree on best."""
    spoken = [view for view in views if view.letters]
    if not spoken:
        return Verdict("", 0.0, ())
    order = sorted(spoken, key=lambda view: -worth(view, spoken))
    text, support = _voted(order[0], spoken)
    text, completed = _completed(text)
    # The chance that all characters are right; its root, for what spoils one often spoils its neighbours.
    confidence = float(np.sqrt(np.prod(support))) * _DOUBT ** (order[0].lost + completed)
    texts = dict.fromkeys([text, *(view.text for view in order)])
    return Verdict(text, float(np.clip(confidence, 0, 1)), tuple(texts))


def _completed(text: str) -> tuple[str, bool]:
    """``…有限公`` can only go on in one way; its last character often lies under the date."""
    if text.endswith(_ENDING[:-1]):
        return text + _ENDING[-1], True
    return text, False


def _voted(best: View, views: Sequence[View]) -> tuple[str, list[float]]:
    """The best view's text after the vote, and for each character the share of the votes that it won."""
    count = len(best.letters)
    votes: list[dict[str, float]] = [{} for _ in range(count)]
    added: list[dict[str, float]] = [{} for _ in range(count + 1)]
    total = 0.0
    for view in views:
        # A view that says something else altogether has no say about single characters.
        if Levenshtein.normalized_similarity(best.text, view.text) < _UNITED:
            continue
        total += view.weight
        for change in Levenshtein.opcodes(best.text, view.text):
            letters = view.letters[change.dest_start : change.dest_end]
            if change.tag == "insert":
                sure = min(letter.sure for letter in letters) * view.weight
                _give(added[change.src_start], _text(letters), sure)
            elif change.tag in ("equal", "replace"):
                for index, letter in zip(range(change.src_start, change.src_end), letters, strict=False):
                    _give(votes[index], letter.text, letter.sure * view.weight)
    text = ""
    support: list[float] = []
    for index in range(count + 1):
        if added[index] and 0 < index < count:
            piece = _most(added[index])
            if added[index][piece] > _MAJORITY * total:
                text += piece
                support += [added[index][piece] / total] * len(piece)
        if index < count:
            character = _most(votes[index])
            text += character
            support.append(votes[index][character] / max(total, 1e-6))
    return text, support


def _give(votes: dict[str, float], text: str, weight: float) -> None:
    votes[text] = votes.get(text, 0.0) + weight


def _most(votes: dict[str, float]) -> str:
    return max(votes, key=lambda text: votes[text])
