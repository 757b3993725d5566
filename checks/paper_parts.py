"""Every paper comes with the parts that the notice asks for: cover, number page, contents, article."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.paper_bundles import Bundle, bundles, may_hold
from checks.registry import application_check
from domain.kinds import EvidenceKind, Severity
from matching.issn_cn import find_cns, find_issns
from policies.names import KIND_NAMES


class PaperParts(Parameters):
    """``severity`` of a part that is not there; a notice that does not spell the parts out only warns."""

    parts: tuple[EvidenceKind, ...] = (
        EvidenceKind.JOURNAL_COVER,
        EvidenceKind.JOURNAL_COPYRIGHT,
        EvidenceKind.JOURNAL_CONTENTS,
        EvidenceKind.PAPER_ARTICLE,
    )
    severity: Severity = Severity.WARNING


@application_check("paper.parts", ("paper.part-missing",), PaperParts)
def paper_parts(context: ApplicationContext[PaperParts]) -> Iterator[Judgement]:
    found = bundles(context.dossier)
    if not found:
        yield INAPPLICABLE
    for bundle in found:
        yield from _missing(bundle, context)


def _missing(bundle: Bundle, context: ApplicationContext[PaperParts]) -> Iterator[Judgement]:
    for kind in context.parameters.parts:
        if bundle.of(kind):
            continue
        doubt = False
        if kind is EvidenceKind.JOURNAL_COPYRIGHT:
            # 刊号 may be printed on the cover or the contents page instead of a page of its own.
            printed = _numbers_printed(bundle)
            if printed == 2:
                continue
            doubt = printed == 1
        yield finding(
            "paper.part-missing",
            sure=not doubt and not may_hold(bundle, context.dossier, kind),
            severity=context.parameters.severity,
            variant="number" if kind is EvidenceKind.JOURNAL_COPYRIGHT else "",
            values={"paper": bundle.shown, "part": KIND_NAMES[kind]},
            expected=KIND_NAMES[kind],
        )


def _numbers_printed(bundle: Bundle) -> int:
    """How many of ISSN and CN stand together on one page at most."""
    most = 0
    for file in bundle.files:
        for page in file.reading.pages:
            issns, cns = find_issns(page.text), find_cns(page.text)
            most = max(most, bool(issns) + bool(cns))
    for part in bundle.of(EvidenceKind.JOURNAL_COVER, EvidenceKind.JOURNAL_CONTENTS):
        most = max(most, sum(part.facts.get(name) is not None for name in ("issn", "cn")))
    return most
