"""F-SEAL, F-RETR, F-EDU: the employer has put his seal on what he looked through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.certainty import SURE_VALUE, all_well_read, pages_of, surely_of_its_kind
from checks.context import FileContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import file_check
from checks.seal_owner import Owner, judged
from checks.thresholds import threshold
from domain.facts import Facts
from domain.geometry import Where
from domain.kinds import PAPER_PARTS, EvidenceKind, SealColour, Severity
from domain.reading import PageReading, Seal
from domain.review import EvidenceFile
from matching.likeness import Likeness
from matching.text import bare, best_within
from policies.names import KIND_NAMES

SHORTEST_UNIT = 4
"""Characters of the shortest name that tells one unit from another."""
_PRINTED = 0.85
"""A seal whose name the page also bears in print is the issuer's own, on the original."""
Placed = tuple[PageReading, Seal]


class EmployersSeal(Parameters):
    """``kinds`` that the employer must stamp, by themselves every kind but the photo.

    ``copies_only``: only what was handed in as a copy.
    """

    kinds: frozenset[EvidenceKind] = frozenset(EvidenceKind) - {EvidenceKind.ID_PHOTO}
    copies_only: bool = False
    severity: Severity = Severity.ERROR
    sure_seal: float = threshold("employer.seal", "sure_seal")


@file_check("employer.seal", ("seal.missing", "seal.unit-mismatch", "seal.unreadable"), EmployersSeal)
def employer_seal(context: FileContext[EmployersSeal]) -> Iterator[Judgement]:
    file, asked = context.file, context.parameters
    employer = context.declaration.applicant.employer
    told = [facts for facts in file.document.facts if facts.kind in asked.kinds]
    if not told or (asked.copies_only and not (file.declared and file.declared.copy_)):
        yield INAPPLICABLE
        return
    for documents in _stamped_together(told):
        pages = tuple(page for facts in documents for page in pages_of(file, facts))
        if pages:
            doubt = _judge(file, documents[0], pages, employer, asked)
            if doubt is not None:
                yield doubt


def _stamped_together(told: Sequence[Facts]) -> list[list[Facts]]:
    """The parts of a paper in one file are stamped once; every other document by itself."""
    parts = [facts for facts in told if facts.kind in PAPER_PARTS]
    others = [[facts] for facts in told if facts.kind not in PAPER_PARTS]
    return [*([parts] if parts else []), *others]


def _judge(
    file: EvidenceFile,
    facts: Facts,
    pages: Sequence[PageReading],
    employer: str | None,
    asked: EmployersSeal,
) -> Finding | None:
    seals: list[Placed] = [(page, seal) for page in pages for seal in page.seals]
    plain = [(page, seal) for page, seal in seals if seal.confidence >= asked.sure_seal]
    if any(not employer or _may_be(employer, seal) for _, seal in plain):
        return None
    certain = all_well_read(pages) and surely_of_its_kind(file, facts)
    kind = KIND_NAMES[facts.kind]
    unread = next((one for one in plain if employer and not _others(employer, one[1])), None)
    if unread is not None:
        page, seal = unread
        return finding(
            "seal.unreadable",
            sure=False,
            variant="issuer",
            values={"kind": kind},
            where=Where(page=page.number, box=seal.box),
            expected=employer,
            found=seal.text or None,
        )
    fresh = next((one for one in plain if not _issuers(*one)), None)
    if fresh is not None:
        page, seal = fresh
        return finding(
            "seal.unit-mismatch",
            sure=certain and _told(employer or "", seal) and not seal.partial,
            severity=asked.severity,
            variant="employer",
            values={"kind": kind, "found": seal.text, "expected": employer or ""},
            where=Where(page=page.number, box=seal.box),
            expected=employer,
            found=seal.text,
            confidence=seal.text_confidence,
        )
    return finding(
        "seal.missing",
        # A faint shape, or a seal whose words are half read, may yet be the one that is looked for.
        sure=certain and len(plain) == len(seals) and all(_told(employer or "", seal) for _, seal in plain),
        severity=asked.severity,
        variant="employer",
        values={"kind": kind},
        where=Where(page=pages[0].number),
        expected=employer,
        confidence=facts.kind_confidence,
    )


def _may_be(employer: str, seal: Seal) -> bool:
    verdict = judged(employer, seal)
    if verdict.owner is Owner.SAME:
        return True
    long_enough = len(bare(seal.text)) >= SHORTEST_UNIT and not verdict.otherwise
    return verdict.owner is Owner.CANNOT_TELL and long_enough and verdict.words is not Likeness.DIFFERENT


def _others(employer: str, seal: Seal) -> bool:
    return judged(employer, seal).owner is Owner.DIFFERENT


def _told(employer: str, seal: Seal) -> bool:
    """What was seen along the arc tells of itself; words alone must have been read with confidence."""
    return judged(employer, seal).seen or seal.text_confidence >= SURE_VALUE


def _issuers(page: PageReading, seal: Seal) -> bool:
    """Photocopied from the original, or of a unit that the page itself names in print."""
    if seal.colour is SealColour.BLACK:
        return True
    return any(best_within(seal.text, line.text) >= _PRINTED for line in page.lines)
