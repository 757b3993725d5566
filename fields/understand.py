"""From a reading to a document: the kind of every page, the documents in the file, their facts.

What a page says decides its kind; what the applicant declared only breaks ties, since a check asks
whether the two agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.declaration import DeclaredEvidence
from domain.facts import Document, Facts, KindGuess
from domain.kinds import PAPER_PARTS, EvidenceKind
from domain.reading import PageReading, Reading
from fields.layout import Sheet, lay_out
from fields.photo import photo_confidence
from fields.registry import Found, KindReader, Score, readers

LEAST_SCORE = 0.3
"""Below this a page tells no kind."""
TITLED = 0.6
"""Below this no title was read: what the words then speak for is no clear content."""
TIE = 0.1
"""Kinds this close are a tie, which the declared kind breaks."""
_UNTOLD = 0.2
"""Confidence of a kind that only the applicant's word speaks for."""
_FEW_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class PageKind:
    """``told``: the page itself says its kind; else it is declared or guessed."""

    kind: EvidenceKind
    confidence: float
    told: bool


def understand(reading: Reading, declared: DeclaredEvidence | None = None) -> Document:
    """Kinds, documents and facts of one file.

    A file without pages, or with pages that say nothing, has the declared kind (else ``other``) at a
    low confidence, so that a check can tell "says something else" from "cannot be read".
    """
    hint = declared.kind if declared else None
    photo = photo_confidence(reading, hint)
    if photo:
        return _photo(reading, photo)
    sheets = tuple(lay_out(page) for page in reading.pages)
    kinds = _page_kinds(sheets, hint)
    facts = tuple(_facts(group, kinds) for group in _documents(sheets, kinds))
    return Document(
        kind=_whole(facts, hint), page_kinds=tuple(kinds[sheet.number].kind for sheet in sheets), facts=facts
    )


def _photo(reading: Reading, sure: float) -> Document:
    kind = EvidenceKind.ID_PHOTO
    pages = tuple(page.number for page in reading.pages)
    return Document(
        kind=KindGuess(name=kind, confidence=sure),
        page_kinds=(kind,) * len(pages),
        facts=(Facts(kind=kind, kind_confidence=sure, pages=pages),),
    )


def _page_kinds(sheets: tuple[Sheet, ...], hint: EvidenceKind | None) -> dict[int, PageKind]:
    kinds: dict[int, PageKind] = {}
    before: Sheet | None = None
    for sheet in sheets:
        kind = page_kind(sheet, hint)
        if not kind.told and before is not None:
            kind = _continued(before, sheet, kinds[before.number]) or kind
        kinds[sheet.number] = kind
        before = sheet
    return kinds


def _continued(before: Sheet, sheet: Sheet, kind: PageKind) -> PageKind | None:
    """The kind of the page before, where this page goes on with its document."""
    reader = readers().get(kind.kind)
    if kind.told and reader and reader.continues(before, sheet):
        return PageKind(kind.kind, 0.8 * kind.confidence, told=True)
    return None


def page_kind(sheet: Sheet, hint: EvidenceKind | None = None) -> PageKind:
    """The kind that the page's own words speak for; ``hint`` only breaks a tie."""
    scores = {kind: reader.score(sheet) for kind, reader in readers().items()}
    best = max(scores, key=lambda kind: scores[kind].value, default=EvidenceKind.OTHER)
    score = scores.get(best, Score()).value
    if score < LEAST_SCORE:
        return PageKind(_unnamed(hint), _UNTOLD * (1.0 if _says_little(sheet) else 0.5), told=False)
    if hint in scores and scores[hint].value >= LEAST_SCORE:
        best = hint if score < TITLED or score - scores[hint].value <= TIE else best
    rivals = [each.value for kind, each in scores.items() if kind is not best]
    lead = scores[best].value - max(rivals, default=0.0)
    sure = scores[best].value * (0.75 + 0.25 * min(max(lead, 0.0) / 0.3, 1.0))
    return PageKind(best, min(sure * (0.5 + 0.5 * sheet.confidence), 1.0), told=True)


def _unnamed(hint: EvidenceKind | None) -> EvidenceKind:
    return hint if hint and hint is not EvidenceKind.PAPER else EvidenceKind.OTHER


def _says_little(sheet: Sheet) -> bool:
    page: PageReading = sheet.page
    return (
        page.problem is not None
        or not page.quality.legible
        or sum(len(span.flat) for span in sheet.spans) < _FEW_CHARACTERS
    )


def _documents(sheets: tuple[Sheet, ...], kinds: dict[int, PageKind]) -> list[tuple[Sheet, ...]]:
    """Runs of consecutive pages that make one document each."""
    groups: list[list[Sheet]] = []
    for sheet in sheets:
        kind = kinds[sheet.number].kind
        same = bool(groups) and kinds[groups[-1][-1].number].kind is kind
        reader = readers().get(kind)
        if same and not (reader and reader.begins(sheet)):
            groups[-1].append(sheet)
        else:
            groups.append([sheet])
    return [tuple(group) for group in groups]


def _facts(group: tuple[Sheet, ...], kinds: dict[int, PageKind]) -> Facts:
    kind = kinds[group[0].number].kind
    reader: KindReader | None = readers().get(kind)
    found = reader.read(group) if reader else Found()
    return Facts(
        kind=kind,
        kind_confidence=max(kinds[sheet.number].confidence for sheet in group),
        pages=tuple(sheet.number for sheet in group),
        fields=found.fields,
        rows=found.rows,
    )


def _whole(facts: tuple[Facts, ...], hint: EvidenceKind | None) -> KindGuess:
    """The kind of the file: of most of its pages; several parts of a paper make a ``paper``."""
    if not facts:
        return KindGuess(name=hint or EvidenceKind.OTHER, confidence=0.0)
    kinds = {each.kind for each in facts}
    if len(kinds) > 1 and kinds <= PAPER_PARTS | {EvidenceKind.OTHER} and len(kinds & PAPER_PARTS) > 1:
        sure = sum(each.kind_confidence * len(each.pages) for each in facts)
        return KindGuess(name=EvidenceKind.PAPER, confidence=sure / sum(len(each.pages) for each in facts))
    share = {
        kind: sum(each.kind_confidence * len(each.pages) for each in facts if each.kind is kind)
        for kind in kinds
    }
    best = max(sorted(share), key=lambda kind: (round(share[kind], 6), kind is hint))
    return KindGuess(name=best, confidence=max(each.kind_confidence for each in facts if each.kind is best))
