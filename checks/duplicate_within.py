"""G-DUP: the same picture does not serve as two different proofs of one application.

Such a flag is about two files, hence it sits with the application.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import application_check
from domain.kinds import PAPER_PARTS, EvidenceKind, Severity
from domain.reading import PageReading
from domain.review import EvidenceFile
from matching.text import bare, similarity

ENOUGH_TEXT = 80
"""Characters (bare) below which two pages may agree by chance: a cover, a form's heading."""
NEARLY_ALL = 0.98
"""Two readings of one picture agree this far even after it was saved again."""

_SHAREABLE = PAPER_PARTS | {EvidenceKind.PAPER}
"""Two papers of one issue share its cover and contents page."""


@application_check("duplicate.within", ("duplicate.within-application",), Parameters)
def duplicate_within(context: ApplicationContext[Parameters]) -> Iterator[Judgement]:
    files = context.dossier.files
    if len(files) < 2:
        yield INAPPLICABLE
        return
    for first, second in combinations(files, 2):
        if first.reading.sha256 == second.reading.sha256:
            yield _same_bytes(first, second)
        elif not (_shareable(first) and _shareable(second)):
            yield from _same_page(first, second)


def _same_bytes(first: EvidenceFile, second: EvidenceFile) -> Finding:
    """One picture under two headings is an error; merely sent twice, or shared by papers, a warning."""
    differs = _claim(first) != _claim(second) and None not in (first.declared, second.declared)
    return finding(
        "duplicate.within-application",
        severity=Severity.ERROR if differs and not _shareable(first) else Severity.WARNING,
        values={"first": first.path, "second": second.path},
        found=f"{first.path}, {second.path}",
    )


def _same_page(first: EvidenceFile, second: EvidenceFile) -> Iterator[Finding]:
    for page in second.reading.pages:
        twin = next((one for one in first.reading.pages if _agree(one, page)), None)
        if twin is not None:
            yield finding(
                "duplicate.within-application",
                sure=False,
                variant="alike",
                values={
                    "first": first.path,
                    "first_page": twin.number,
                    "second": second.path,
                    "page": page.number,
                },
                found=f"{first.path} p.{twin.number}, {second.path} p.{page.number}",
                confidence=0.8,
            )


def _agree(one: PageReading, other: PageReading) -> bool:
    """The same words and, sign for sign, the same digits: records of two years differ in those alone."""
    first, second = bare(one.text), bare(other.text)
    shorter, longer = sorted((len(first), len(second)))
    if shorter < ENOUGH_TEXT or shorter < NEARLY_ALL * longer or _digits(first) != _digits(second):
        return False
    return similarity(first, second) >= NEARLY_ALL


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _claim(file: EvidenceFile) -> tuple[EvidenceKind | None, str | None]:
    return (file.declared.kind, file.declared.about) if file.declared else (None, None)


def _shareable(file: EvidenceFile) -> bool:
    declared = file.declared.kind if file.declared else None
    return (declared or file.document.kind.name) in _SHAREABLE
