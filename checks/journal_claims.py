"""What an application says of each journal: as typed in, and as printed on the pages of a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from checks.certainty import SURE_KIND, SURE_VALUE
from checks.paper_bundles import Bundle, Part, bundles
from domain.facts import Field
from domain.geometry import Where
from domain.kinds import EvidenceKind
from domain.review import Dossier
from matching.issn_cn import FoundNumber, find_cns, find_issns
from matching.journal_labels import is_label
from matching.journals import Claim, titles_alike
from matching.text import bare

_BEARERS = (
    EvidenceKind.JOURNAL_COVER,
    EvidenceKind.JOURNAL_COPYRIGHT,
    EvidenceKind.JOURNAL_CONTENTS,
    EvidenceKind.PAPER_ARTICLE,
    EvidenceKind.PAPER_RETRIEVAL,
)


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    """A claim with the places of its values: keys ``title``, ``issn``, ``cn``, ``issue``."""

    claim: Claim
    paper: str
    file: str | None = None
    places: dict[str, Where] = field(default_factory=dict)
    confidence: float = 1.0


def claims(dossier: Dossier) -> Iterator[PlacedClaim]:
    """Claims of all papers, those of the pages first: a flag on a page shows more than others."""
    found = bundles(dossier)
    for bundle in found:
        for part in bundle.of(*_BEARERS):
            yield from _of_part(part, bundle)
    for bundle in found:
        paper = bundle.paper
        if paper is not None and (paper.journal or paper.issn or paper.cn):
            claim = Claim(paper.journal or None, paper.issn or None, paper.cn or None, paper.issue or None)
            yield PlacedClaim(claim, bundle.shown)


def _of_part(part: Part, bundle: Bundle) -> Iterator[PlacedClaim]:
    title, own, unsure = _title(part, bundle)
    fields = {name: one for name in ("issn", "cn", "issue") if (one := part.facts.get(name)) is not None}
    if own is not None:
        fields["title"] = own
    texts = {name: one.text for name, one in fields.items()}
    places = {name: one.where for name, one in fields.items()}
    unsure |= {name for name, one in fields.items() if one.confidence < SURE_VALUE}
    if title:
        texts["title"] = title
    for name, (number, where, confidence) in _printed(part):
        if name not in texts:
            texts[name], places[name] = number.number, where
            if not number.sure or confidence < SURE_VALUE:
                unsure.add(name)
    if not texts.keys() & {"title", "issn", "cn"}:
        return
    if part.facts.kind_confidence < SURE_KIND:
        unsure |= set(texts)
    claim = Claim(
        texts.get("title"), texts.get("issn"), texts.get("cn"), texts.get("issue"), frozenset(unsure)
    )
    confidence = min((one.confidence for one in fields.values()), default=part.facts.kind_confidence)
    yield PlacedClaim(claim, bundle.shown, part.file.path, places, confidence)


def _title(part: Part, bundle: Bundle) -> tuple[str, Field | None, set[str]]:
    """The journal's title that a page stands for, the field it was read from, and what is unsure about it.

    A cover speaks for itself; what was taken for a title elsewhere (a running head may be a column's name)
    counts only where the declaration or a cover says the same, and a page without one borrows theirs.
    """
    own = part.facts.get("journal")
    others = _other_titles(part, bundle)
    alike = [titles_alike(other, own.text) for other in others] if own is not None else []
    speaks = part.facts.kind in (EvidenceKind.JOURNAL_COVER, EvidenceKind.JOURNAL_COPYRIGHT)
    if own is None or (others and not speaks and all(one is False for one in alike)):
        borrowed = others[0] if others and _one_journal(others) else ""
        return borrowed, None, set() if own is None else {"identity"}
    if label := _label_beside(part, own):
        return f"{own.text}（{label}）", own, set()
    declared = bundle.paper.journal if bundle.paper else None
    if declared and _misread(declared, own.text):
        return declared, own, set()
    return own.text, own, set() if not others or True in alike else {"identity"}


def _other_titles(part: Part, bundle: Bundle) -> list[str]:
    """The title as declared, then as the other pages of this paper give it, covers first."""
    declared = [bundle.paper.journal] if bundle.paper and bundle.paper.journal else []
    pages = sorted(
        (other for other in bundle.of(*_BEARERS) if other.facts is not part.facts),
        key=lambda other: _BEARERS.index(other.facts.kind),
    )
    read = [field.text for other in pages if (field := other.facts.get("journal")) is not None]
    return declared + read


def _one_journal(titles: list[str]) -> bool:
    return not any(titles_alike(titles[0], other) is False for other in titles[1:])


def _misread(declared: str, read: str) -> bool:
    """The page says the declared title with a slip; a longer or shorter title may be another journal's."""
    one, other = bare(declared), bare(read)
    if one == other or len(one) != len(other):
        return False
    alike = titles_alike(declared, read)
    return alike is True or (alike is None and len(one) >= 6)


def _printed(part: Part) -> Iterator[tuple[str, tuple[FoundNumber, Where, float]]]:
    """Numbers printed on a cover or number page that bears exactly one of each and whose facts lack it."""
    if part.facts.kind not in (EvidenceKind.JOURNAL_COVER, EvidenceKind.JOURNAL_COPYRIGHT):
        return
    for name, finder in (("issn", find_issns), ("cn", find_cns)):
        found = [
            (number, Where(page=page.number, box=line.box), line.confidence)
            for page in part.pages
            for line in page.lines
            for number in finder(line.text)
        ]
        if len({number.number for number, _, _ in found}) == 1:
            yield name, found[0]


def _label_beside(part: Part, title: Field) -> str:
    """A line of its own on the cover that is nothing but a suspicious label (中文版, 教研版 …)."""
    if part.facts.kind is not EvidenceKind.JOURNAL_COVER:
        return ""
    for page in part.pages:
        for line in page.lines:
            label = is_label(line.text)
            # 上旬, 下半月 are issues of many genuine journals; an edition of its own is not.
            if (
                label.endswith(("版", "学术刊", "理论刊"))
                and label not in title.text
                and line.confidence >= SURE_VALUE
            ):
                return label
    return ""
