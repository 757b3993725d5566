"""G-DUP: the same picture does not serve as two different proofs of one application.

Such a flag is about two files, hence it sits with the application.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import application_check
from checks.thresholds import threshold
from domain.kinds import PAPER_PARTS, EvidenceKind, Severity
from domain.review import EvidenceFile
from matching.text import bare, similarity

ENOUGH_TEXT = 80
"""Characters (bare) below which two pages may agree by chance: a cover, a form's heading."""

Texts = Mapping[str, tuple["PageText", ...]]

_SHAREABLE = PAPER_PARTS | {EvidenceKind.PAPER}
"""Two papers of one issue share its cover and contents page."""


class Likeness(Parameters):
    nearly_all: float = threshold("duplicate.within", "nearly_all")
    """Two readings of one picture agree this far even after it was saved again."""


@application_check("duplicate.within", ("duplicate.within-application",), Likeness)
def duplicate_within(context: ApplicationContext[Likeness]) -> Iterator[Judgement]:
    # What could not be read has no digest of its own to compare.
    files = tuple(file for file in context.dossier.files if file.reading.error is None)
    if len(files) < 2:
        yield INAPPLICABLE
        return
    texts = {file.path: _texts(file) for file in files}
    for first, second in combinations(files, 2):
        if first.reading.sha256 == second.reading.sha256:
            yield _same_bytes(first, second)
        elif not (_shareable(first) and _shareable(second)):
            yield from _same_page(first, second, texts, context.parameters.nearly_all)


def _same_bytes(first: EvidenceFile, second: EvidenceFile) -> Finding:
    """One picture under two headings is an error; merely sent twice, or shared by papers, a warning."""
    differs = _claim(first) != _claim(second) and None not in (first.declared, second.declared)
    return finding(
        "duplicate.within-application",
        severity=Severity.ERROR if differs and not _shareable(first) else Severity.WARNING,
        values={"first": first.path, "second": second.path},
        found=f"{first.path}, {second.path}",
    )


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's words in bare form, and its digits: records of two years differ in those alone."""

    number: int
    words: str
    digits: str


def _texts(file: EvidenceFile) -> tuple[PageText, ...]:
    """The pages that hold enough text to be told apart."""
    texts = []
    for page in file.reading.pages:
        words = bare(page.text)
        if len(words) >= ENOUGH_TEXT:
            digits = "".join(character for character in words if character.isdigit())
            texts.append(PageText(page.number, words, digits))
    return tuple(texts)


def _same_page(
    first: EvidenceFile, second: EvidenceFile, texts: Texts, nearly_all: float
) -> Iterator[Finding]:
    for page in texts[second.path]:
        twin = next((one for one in texts[first.path] if _agree(one, page, nearly_all)), None)
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


def _agree(one: PageText, other: PageText, nearly_all: float) -> bool:
    """The same words and, sign for sign, the same digits."""
    shorter, longer = sorted((len(one.words), len(other.words)))
    if shorter < nearly_all * longer or one.digits != other.digits:
        return False
    return similarity(one.words, other.words) >= nearly_all


def _claim(file: EvidenceFile) -> tuple[EvidenceKind | None, str | None]:
    return (file.declared.kind, file.declared.about) if file.declared else (None, None)


def _shareable(file: EvidenceFile) -> bool:
    declared = file.declared.kind if file.declared else None
    return (declared or file.document.kind.name) in _SHAREABLE
