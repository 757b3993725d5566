"""Where the notice asks for it: the database page (知网, 万方, 维普) of the paper."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import well_read
from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.paper_bundles import Bundle, Part, best_on_page, bundles, may_hold
from checks.registry import application_check
from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity
from matching.journals import titles_alike
from matching.papers import FOUND, PERHAPS
from policies.names import KIND_NAMES


class Retrieval(Parameters):
    """``kinds`` that must be there for every paper."""

    kinds: tuple[EvidenceKind, ...] = (EvidenceKind.PAPER_RETRIEVAL,)
    severity: Severity = Severity.ERROR


@application_check("paper.retrieval", ("paper.no-retrieval",), Retrieval)
def paper_retrieval(context: ApplicationContext[Retrieval]) -> Iterator[Judgement]:
    found = bundles(context.dossier)
    if not found:
        yield INAPPLICABLE
    for bundle in found:
        for kind in context.parameters.kinds:
            pages = bundle.of(kind)
            if not pages:
                yield finding(
                    "paper.no-retrieval",
                    sure=not may_hold(bundle, context.dossier, kind),
                    severity=context.parameters.severity,
                    values={"paper": bundle.shown, "part": KIND_NAMES[kind]},
                    expected=KIND_NAMES[kind],
                )
            elif not any(_names(part, bundle) for part in pages):
                yield _of_another(pages, bundle, context)


def _names(part: Part, bundle: Bundle) -> bool:
    """Whether the page finds this paper, or (a page about the journal) this journal."""
    if part.facts.kind is EvidenceKind.JOURNAL_QUERY:
        journal = part.facts.get("journal")
        declared = bundle.paper.journal if bundle.paper else None
        if declared is None or (journal is not None and titles_alike(declared, journal.text) is not False):
            return True
        return any(best_on_page(declared, page)[0] >= FOUND for page in part.pages)
    return not bundle.title or _score(part, bundle) >= FOUND


def _score(part: Part, bundle: Bundle) -> float:
    return max((best_on_page(bundle.title, page)[0] for page in part.pages), default=0.0)


def _of_another(pages: tuple[Part, ...], bundle: Bundle, context: ApplicationContext[Retrieval]) -> Judgement:
    part = pages[0]
    return finding(
        "paper.no-retrieval",
        sure=all(well_read(page) for one in pages for page in one.pages)
        and max(_score(one, bundle) for one in pages) < PERHAPS,
        severity=context.parameters.severity,
        variant="another",
        values={"paper": bundle.shown, "part": KIND_NAMES[part.facts.kind]},
        file=part.file.path,
        where=Where(page=part.facts.pages[0]),
        expected=bundle.title,
        confidence=part.facts.kind_confidence,
    )
