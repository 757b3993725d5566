"""C-COPY: a photocopy bears “核对无误”, the verifier's signature, the date and the unit's seal beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.certainty import SURE_VALUE, all_well_read, pages_of, well_read
from checks.context import FileContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.issuers_seal import vouching_seal
from checks.registry import file_check
from checks.seal_owner import Owner, judged
from checks.thresholds import threshold
from domain.geometry import Box, Where
from domain.kinds import EvidenceKind, SealColour, Severity
from domain.reading import Line, PageReading, Seal, VerificationMark
from domain.review import EvidenceFile
from matching.text import bare

_HINTS = ("核对", "无误", "原件", "相符", "一致", "属实", "验证")
"""Words of verification: a line with one of them may be a mark that was not made out."""
_LABEL = re.compile(r"(?:验证|核对|核验)人(?:签[名字])?|(?:验证|核对|核验)?(?:日期|时间)")
BESIDE = 1.5
"""A statement stands within so many widths of the seal that goes with it."""


class Verification(Parameters):
    sure_mark: float = threshold("copy.verification", "sure_mark")
    """Below this the statement was half read or half hidden: what stands beside it may be hidden as well."""


@file_check(
    "copy.verification",
    ("copy.mark-missing", "copy.signature-missing", "copy.date-missing", "copy.seal-missing"),
    Verification,
)
def copy_verification(context: FileContext[Verification]) -> Iterator[Judgement]:
    file = context.file
    if file.declared is None or not file.declared.copy_ or not file.reading.pages:
        yield INAPPLICABLE
        return
    employer = context.declaration.applicant.employer
    marked = {page.number for page in file.reading.pages if page.marks}
    if not marked:
        yield _no_mark(file.reading.pages, employer)
        return
    for pages in _documents(file):
        marks = [(page, mark) for page in pages for mark in page.marks]
        if marks:
            page, mark = max(marks, key=lambda one: _completeness(one[1]))
            yield from _parts(page, mark, employer, context.parameters)
        else:
            # Clerks may mark a bundle once, on its cover: a document of it without a mark is for a person.
            yield finding(
                "copy.mark-missing",
                severity=Severity.WARNING,
                variant="in-bundle",
                values={"page": pages[0].number},
                where=Where(page=pages[0].number),
            )


def _documents(file: EvidenceFile) -> list[tuple[PageReading, ...]]:
    """The pages of each document of the file; the whole file where it holds one document or none is known."""
    documents = [pages for facts in file.document.facts if (pages := pages_of(file, facts))]
    paper = file.declared is not None and file.declared.kind is EvidenceKind.PAPER
    if len(documents) < 2 or paper:
        return [file.reading.pages]
    return documents


def _no_mark(pages: tuple[PageReading, ...], employer: str | None) -> Finding:
    """Surely none only where no word of it was read and none may hide about a fresh seal."""
    hint = any(_speaks_of_it(line) for page in pages for line in page.lines)
    hidden = any(_may_hide_words(page, seal) for page in pages for seal in _fresh_seals(page, employer))
    return finding(
        "copy.mark-missing",
        sure=all_well_read(pages) and not hint and not hidden,
        where=Where(page=pages[0].number),
        expected="核对无误",
    )


def _speaks_of_it(line: Line) -> bool:
    """A word of verification. The printed label of an empty place to sign is none."""
    text = bare(line.text)
    return any(word in text for word in _HINTS) and not _LABEL.fullmatch(text)


def _may_hide_words(page: PageReading, seal: Seal) -> bool:
    """Words may lie beneath the seal, or something was written beside it that was not made out."""
    if seal.text_confidence < SURE_VALUE:
        return True
    about = Box.clipped(
        seal.box.left - BESIDE * seal.box.width,
        seal.box.top - seal.box.height,
        seal.box.right + BESIDE * seal.box.width,
        seal.box.bottom + seal.box.height / 2,
    )
    return any(line.confidence < SURE_VALUE for line in page.lines if about.contains(line.box.centre))


def _completeness(mark: VerificationMark) -> tuple[int, float]:
    parts = (mark.signature, mark.date or mark.date_box, mark.seal)
    return (sum(part is not None for part in parts), mark.confidence)


def _parts(
    page: PageReading, mark: VerificationMark, employer: str | None, bounds: Verification
) -> Iterator[Finding]:
    readable = mark.confidence >= bounds.sure_mark and well_read(page)
    where = Where(page=page.number, box=mark.box)
    if mark.signature is None:
        sure = readable and not mark.signature_unsure
        yield finding("copy.signature-missing", sure=sure, where=where, confidence=mark.confidence)
    if mark.date is None:
        sure = readable and not mark.date_unsure and mark.date_box is None
        yield finding("copy.date-missing", sure=sure, where=where, confidence=mark.confidence)
    if vouching_seal(page, mark, employer) is None:
        sure = readable and not _employers_seal(page, employer)
        yield finding("copy.seal-missing", sure=sure, where=where, confidence=mark.confidence)


def _employers_seal(page: PageReading, employer: str | None) -> bool:
    """The employer's seal, or one that may be his, stands on the page though not where it was looked for."""
    return any(_may_be_of(employer, seal) for seal in page.seals)


def _fresh_seals(page: PageReading, employer: str | None) -> tuple[Seal, ...]:
    """Seals in ink, not in toner, that may be the employer's."""
    fresh = (seal for seal in page.seals if seal.colour is not SealColour.BLACK)
    return tuple(seal for seal in fresh if _may_be_of(employer, seal))


def _may_be_of(employer: str | None, seal: Seal) -> bool:
    if not seal.text or not employer:
        return not seal.text
    return judged(employer, seal).owner is Owner.SAME
