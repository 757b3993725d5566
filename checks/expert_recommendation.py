"""E-SELF: two experts of the highest title recommend the applicant, each with signature and date."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.certainty import all_well_read, pages_of, sure, surely_of_its_kind
from checks.context import ApplicationContext, Parameters
from checks.evidence import documents
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import application_check
from domain.facts import Facts, Row
from domain.kinds import EvidenceKind, Severity
from domain.review import EvidenceFile
from matching.text import bare

RECOMMENDATIONS = frozenset({EvidenceKind.EXPERT_RECOMMENDATION})
Placed = tuple[EvidenceFile, Facts, Row]


class Experts(Parameters):
    """``experts``: how many must recommend; ``titles``: words of which an expert's title holds one."""

    experts: int = Field(default=2, ge=1)
    titles: tuple[str, ...] = ("正高", "教授", "研究员")
    below: tuple[str, ...] = ("副教授", "副研究员", "副高")
    """Titles that hold one of those words and are none."""


@application_check("expert.recommendation", ("evidence.missing",), Experts)
def expert_recommendation(context: ApplicationContext[Experts]) -> Iterator[Judgement]:
    papers = documents(context.dossier, RECOMMENDATIONS)
    if not papers:
        yield INAPPLICABLE  # evidence.present speaks of the whole
        return
    experts = [(file, facts, row) for file, facts in papers for row in facts.rows_of("expert")]
    asked = context.parameters
    if len(experts) < asked.experts:
        file, facts = papers[0]
        yield finding(
            "evidence.missing",
            sure=bool(experts)
            and all(_well(each, told) and surely_of_its_kind(each, told) for each, told in papers),
            variant="experts",
            values={"required": asked.experts, "found": len(experts)},
            file=file.path,
            expected=str(asked.experts),
            found=str(len(experts)),
            confidence=facts.kind_confidence,
        )
    for number, placed in enumerate(experts, start=1):
        yield from _expert(placed, number, asked)


def _expert(placed: Placed, number: int, asked: Experts) -> Iterator[Finding]:
    file, facts, row = placed
    signed, date, title = row.get("signed"), row.get("date"), row.get("title")
    certain = _well(file, facts) and surely_of_its_kind(file, facts)
    if signed is not None and signed.value is False:
        yield _lacking(placed, number, "签名", certain and sure(signed))
    if date is None:
        # A date written by hand is often not read: only beside a place that is surely empty is it missing.
        empty = signed is not None and signed.value is False and sure(signed)
        yield _lacking(placed, number, "日期", certain and empty)
    if title is not None and not _high(title.text, asked):
        yield finding(
            "evidence.missing",
            sure=False,
            severity=Severity.WARNING,
            variant="expert-title",
            values={"number": number, "found": title.text},
            file=file.path,
            where=title.where,
            found=title.text,
            confidence=title.confidence,
        )


def _high(title: str, asked: Experts) -> bool:
    text = bare(title)
    return any(one in text for one in asked.titles) and not any(one in text for one in asked.below)


def _lacking(placed: Placed, number: int, part: str, certain: bool) -> Finding:
    file, _, row = placed
    return finding(
        "evidence.missing",
        sure=certain,
        variant="expert-part",
        values={"number": number, "part": part},
        file=file.path,
        where=row.where,
        expected=part,
    )


def _well(file: EvidenceFile, facts: Facts) -> bool:
    return all_well_read(pages_of(file, facts))
