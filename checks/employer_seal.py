"""F-SEAL, F-RETR, F-EDU: the employer has put his seal on what he looked through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.certainty import SURE_VALUE, all_well_read, pages_of, surely_of_its_kind
from checks.context import FileContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import file_check
from checks.seal_present import SURE_SEAL
from domain.facts import Facts
from domain.geometry import Where
from domain.kinds import PAPER_PARTS, EvidenceKind, Severity
from domain.reading import PageReading, Seal
from domain.review import EvidenceFile
from matching.likeness import Likeness
from matching.text import bare, best_within
from matching.units import compare_units
from policies.names import KIND_NAMES

GUESSED_TEXT = 0.5
"""Below this the words of a seal are a guess: it cannot be said whose it is."""
SHORTEST_UNIT = 4
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
        doubt = _judge(file, documents[0], pages, employer, asked.severity) if pages else None
        if doubt is not None:
            yield doubt


def _stamped_together(told: Sequence[Facts]) -> list[list[Facts]]:
    """The parts of a paper in one file are stamped once; every other document by itself."""
    parts = [facts for facts in told if facts.kind in PAPER_PARTS]
    others = [[facts] for facts in told if facts.kind not in PAPER_PARTS]
    return [*([parts] if parts else []), *others]


def _judge(
    file: EvidenceFile, facts: Facts, pages: Sequence[PageReading], employer: str | None, severity: Severity
) -> Finding | None:
    seals = [(page, seal) for page in pages for seal in page.seals]
    plain = [(page, seal) for page, seal in seals if seal.confidence >= SURE_SEAL]
    if any(_may_be(employer, seal) for _, seal in plain):
        return None
    certain = all_well_read(pages) and surely_of_its_kind(file, facts)
    unread = [(page, seal) for page, seal in plain if _unread(seal)]
    others = [(page, seal) for page, seal in plain if not _issuers(page, seal)]
    kind = KIND_NAMES[facts.kind]
    if unread:
        page, seal = unread[0]
        return finding(
            "seal.unreadable",
            sure=False,
            variant="issuer",
            values={"kind": kind},
            where=Where(page=page.number, box=seal.box),
            expected=employer,
            found=seal.text or None,
        )
    if others:
        page, seal = others[0]
        return finding(
            "seal.unit-mismatch",
            sure=certain and seal.text_confidence >= SURE_VALUE and not seal.partial,
            severity=severity,
            variant="employer",
            values={"kind": kind, "found": seal.text, "expected": employer or ""},
            where=Where(page=page.number, box=seal.box),
            expected=employer,
            found=seal.text,
            confidence=seal.text_confidence,
        )
    return finding(
        "seal.missing",
        sure=certain and len(plain) == len(seals),
        severity=severity,
        variant="employer",
        values={"kind": kind},
        where=Where(page=pages[0].number),
        expected=employer,
        confidence=facts.kind_confidence,
    )


def _may_be(employer: str | None, seal: Seal) -> bool:
    """The employer's by any of its readings; where he is not declared, any seal will do."""
    if not employer:
        return True
    readings = [text for text in (seal.text, *seal.alternatives) if len(bare(text)) >= SHORTEST_UNIT]
    return any(
        compare_units(employer, text, seal.text_confidence) is not Likeness.DIFFERENT for text in readings
    )


def _unread(seal: Seal) -> bool:
    return len(bare(seal.text)) < SHORTEST_UNIT or seal.text_confidence < GUESSED_TEXT


def _issuers(page: PageReading, seal: Seal) -> bool:
    return any(best_within(seal.text, line.text) >= _PRINTED for line in page.lines)
