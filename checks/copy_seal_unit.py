"""C-COPY: the seal beside the verification mark is the employer's, by whom the original was compared."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import SURE_VALUE, well_read
from checks.context import FileContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.issuers_seal import vouching_seal
from checks.registry import file_check
from checks.seal_owner import SHORTEST_UNIT, Owner, judged
from checks.thresholds import threshold
from domain.geometry import Where
from domain.reading import PageReading, Seal
from matching.likeness import Likeness
from matching.text import bare
from matching.units import normal_unit

LEAST_READ = 0.6
"""Share of the declared name that must be left, in order, for the rest to have been lost under print."""


class SealWords(Parameters):
    guessed_text: float = threshold("copy.seal-unit", "guessed_text")
    """Below this the words of a seal are a guess: it cannot be said whose it is."""


@file_check("copy.seal-unit", ("seal.unit-mismatch", "seal.unreadable"), SealWords)
def copy_seal_unit(context: FileContext[SealWords]) -> Iterator[Judgement]:
    employer = context.declaration.applicant.employer
    file = context.file
    vouching = [
        (page, seal)
        for page in file.reading.pages
        for mark in page.marks
        if (seal := vouching_seal(page, mark, employer)) is not None
    ]
    if not employer or file.declared is None or not file.declared.copy_ or not vouching:
        yield INAPPLICABLE
        return
    for page, seal in vouching:
        doubt = _judge(page, seal, employer, context.parameters.guessed_text)
        if doubt is not None:
            yield doubt


def _judge(page: PageReading, seal: Seal, employer: str, guessed: float) -> Finding | None:
    where = Where(page=page.number, box=seal.box)
    verdict = judged(employer, seal)
    if verdict.owner is Owner.SAME:
        return None
    readings = (seal.text, *seal.alternatives)
    if verdict.owner is Owner.DIFFERENT:
        # What was seen along the arc is evidence of itself; words alone must have been read with confidence.
        lost = any(_characters_lost(employer, one) for one in readings)
        proved = verdict.seen or (seal.text_confidence >= SURE_VALUE and not lost)
        if verdict.seen or seal.text_confidence >= guessed:
            return _another(page, seal, employer, proved and well_read(page) and not seal.partial)
    elif len(bare(seal.text)) >= SHORTEST_UNIT and not verdict.otherwise:
        if verdict.words is not Likeness.DIFFERENT:
            return None
        if seal.text_confidence >= guessed:
            return _another(page, seal, employer, sure=False)
    return finding("seal.unreadable", sure=False, where=where, expected=employer, found=seal.text or None)


def _another(page: PageReading, seal: Seal, employer: str, sure: bool) -> Finding:
    return finding(
        "seal.unit-mismatch",
        sure=sure,
        values={"found": seal.text, "expected": employer},
        where=Where(page=page.number, box=seal.box),
        expected=employer,
        found=seal.text,
        confidence=seal.text_confidence,
    )


def _characters_lost(employer: str, read: str) -> bool:
    """Nothing was read that the declared name lacks: what is not there may lie under print or worn ink."""
    wanted, got = normal_unit(employer), normal_unit(read)
    rest = iter(wanted)
    return len(got) >= LEAST_READ * len(wanted) and all(character in rest for character in got)
