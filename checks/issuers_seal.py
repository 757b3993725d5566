"""Which seals of a page are the issuer's own: on a grey copy his photocopied seal may lie beside the mark."""

from __future__ import annotations

from checks.seal_owner import SHORTEST_UNIT, Owner, judged
from domain.kinds import SealColour
from domain.reading import PageReading, Seal, VerificationMark
from matching.likeness import Likeness
from matching.text import bare, best_within
from matching.units import compare_units

_NAMED = 0.85
"""Likeness of the seal's words and a line's: characters beneath a seal are misread now and then."""


def is_photocopied_issuers(page: PageReading, seal: Seal, employer: str | None) -> bool:
    """A grey seal of another unit than ``employer``, whose name the document itself bears in print."""
    if seal.colour is not SealColour.BLACK or not employer or len(bare(seal.text)) < SHORTEST_UNIT:
        return False
    readings = [text for text in (seal.text, *seal.alternatives) if text]
    if any(compare_units(employer, text) is not Likeness.DIFFERENT for text in readings):
        return False
    if judged(employer, seal).owner is Owner.SAME:
        return False
    return any(best_within(seal.text, line.text) >= _NAMED for line in page.lines)


def vouching_seal(page: PageReading, mark: VerificationMark, employer: str | None) -> Seal | None:
    """The seal that belongs to a verification mark; None where there is none or it is the issuer's."""
    if mark.seal is None or mark.seal >= len(page.seals):
        return None
    seal = page.seals[mark.seal]
    return None if is_photocopied_issuers(page, seal, employer) else seal
