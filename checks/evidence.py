"""Finding documents in a dossier, and knowing when one may be there though it could not be read."""

from __future__ import annotations

from collections.abc import Collection

from checks.certainty import SURE_KIND
from domain.facts import Facts, Field
from domain.geometry import Where
from domain.kinds import EvidenceKind
from domain.review import Dossier, EvidenceFile
from matching.text import bare

UNDECLARED = frozenset({None, EvidenceKind.OTHER})


def documents(dossier: Dossier, kinds: Collection[EvidenceKind]) -> tuple[tuple[EvidenceFile, Facts], ...]:
    """Every document read as one of ``kinds``, with its file; the same bytes uploaded twice count once."""
    found: list[tuple[EvidenceFile, Facts]] = []
    seen: set[str] = set()
    for file in dossier.files:
        if file.reading.sha256 in seen:
            continue
        seen.add(file.reading.sha256)
        found.extend((file, facts) for facts in file.document.facts if facts.kind in kinds)
    return tuple(found)


def may_hide(dossier: Dossier, kinds: Collection[EvidenceKind]) -> bool:
    """Whether some file may hold a document of ``kinds`` that the reading did not make out."""
    return any(_may_hide(file, kinds) for file in dossier.files)


def _may_hide(file: EvidenceFile, kinds: Collection[EvidenceKind]) -> bool:
    declared = file.declared.kind if file.declared else None
    if declared not in UNDECLARED and declared not in kinds:
        return False
    if file.reading.error is not None:
        return True
    if any(not page.quality.blank and not page.quality.legible for page in file.reading.pages):
        return True
    if any(page.problem is not None for page in file.reading.pages):
        return True
    told = [facts for facts in file.document.facts if facts.kind_confidence >= SURE_KIND]
    if declared in kinds:
        return not told
    doubtful = len(told) < len(file.document.facts) or not told
    return doubtful and file.document.kind.confidence < SURE_KIND


def place_of(field: Field | None, facts: Facts) -> Where | None:
    """Where the value stands, else the document's first page."""
    if field is not None:
        return field.where
    return Where(page=facts.pages[0]) if facts.pages else None


def says(file: EvidenceFile, facts: Facts, words: str) -> bool:
    """Whether the document's lines hold ``words`` (bare form), wherever on its pages."""
    wanted = bare(words)
    text = "".join(
        bare(line.text) for page in file.reading.pages if page.number in facts.pages for line in page.lines
    )
    return bool(wanted) and wanted in text
