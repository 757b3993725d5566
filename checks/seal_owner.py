"""Whose seal it is: by what was seen along its arc where that was kept, else by the words that were read."""

from __future__ import annotations

from dataclasses import dataclass

from domain.reading import Seal
from matching.likeness import Likeness
from matching.seal_units import Opinion, Owner, whose_seal
from matching.text import bare
from matching.units import compare_units

__all__ = ["Judged", "Owner", "judged"]

SHORTEST_UNIT = 4
"""Characters of the shortest name that tells one unit from another."""


@dataclass(frozen=True, slots=True)
class Judged:
    """``owner`` of a seal against a declared unit; ``words``: what the free reading alone says of it."""

    owner: Owner
    words: Likeness
    opinion: Opinion | None

    @property
    def seen(self) -> bool:
        """It was judged by what was seen along the arc."""
        return self.opinion is not None

    @property
    def otherwise(self) -> bool:
        """Not proved another's, but one character speaks for another: a person should look."""
        return self.opinion is not None and self.opinion.reason == "read otherwise"


def judged(employer: str, seal: Seal) -> Judged:
    """Compare a seal with a unit's name. A reading that agrees with the name is never overruled."""
    words = _words(employer, seal)
    opinion = whose_seal(employer, seal)
    if opinion is None:
        return Judged(_FROM_WORDS[words], words, None)
    if opinion.owner is Owner.DIFFERENT and words is Likeness.SAME:
        return Judged(Owner.CANNOT_TELL, words, opinion)
    return Judged(opinion.owner, words, opinion)


_FROM_WORDS = {
    Likeness.SAME: Owner.SAME,
    Likeness.SIMILAR: Owner.CANNOT_TELL,
    Likeness.DIFFERENT: Owner.DIFFERENT,
}


def _words(employer: str, seal: Seal) -> Likeness:
    """The likest of all readings; none that is long enough to tell units apart leaves it open."""
    readings = [text for text in (seal.text, *seal.alternatives) if len(bare(text)) >= SHORTEST_UNIT]
    found = {compare_units(employer, text, seal.text_confidence) for text in readings}
    for likeness in (Likeness.SAME, Likeness.SIMILAR, Likeness.DIFFERENT):
        if likeness in found:
            return likeness
    return Likeness.SIMILAR
