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
        title = _title_of(bundle)
        for part in bundle.of(*_BEARERS):
            yield from _of_part(part, bundle, title)
    for bundle in found:
        paper = bundle.paper
        if paper is not None and (paper.journal or paper.issn or paper.cn):
            claim = Claim(paper.journal or None, paper.issn or None, paper.cn or None, paper.issue or None)
            yield PlacedClaim(claim, bundle.shown)


def _title_of(bundle: Bundle) -> Field | None:
    """The journal's title as its pages agree on it, for a page that bears none; None where they differ."""
    titles = [part.facts.get("journal") for part in bundle.of(*_BEARERS)]
    told = sorted((one for one in titles if one is not None), key=lambda one: -one.confidence)
    if not told or any(titles_alike(told[0].text, one.text) is False for one in told):
        return None
    return told[0]


def _of_part(part: Part, bundle: Bundle, borrowed: Field | None) -> Iterator[PlacedClaim]:
    own = part.facts.get("journal")
    title = own or borrowed
    issn, cn, issue = (part.facts.get(name) for name in ("issn", "cn", "issue"))
    values = {"title": title, "issn": issn, "cn": cn, "issue": issue}
    texts = {name: one.text for name, one in values.items() if one is not None}
    places = {name: one.where for name, one in values.items() if one is not None}
    if own is None:
        places.pop("title", None)  # it stands on another page
    unsure = {name for name, one in values.items() if one is not None and one.confidence < SURE_VALUE}
    for name, found in _printed(part):
        if name not in texts:
            texts[name], places[name] = found[0].number, found[1]
            if not found[0].sure or found[2] < SURE_VALUE:
                unsure.add(name)
    if own is not None and (label := _label_beside(part, own)):
        texts["title"] = f"{own.text}（{label}）"
    if not texts.keys() & {"title", "issn", "cn"}:
        return
    if part.facts.kind_confidence < SURE_KIND:
        unsure |= set(texts)
    claim = Claim(
        texts.get("title"), texts.get("issn"), texts.get("cn"), texts.get("issue"), frozenset(unsure)
    )
    confidence = min(
        (one.confidence for one in values.values() if one is not None), default=part.facts.kind_confidence
    )
    yield PlacedClaim(claim, bundle.shown, part.file.path, places, confidence)


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
