"""C-CERT: a certificate from another province needs the confirmation that the notice speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import sure
from checks.context import DocumentContext, Parameters
from checks.evidence import place_of
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from domain.kinds import EvidenceKind, Severity
from matching.text import bare
from matching.units import issuer_province


class HomeProvince(Parameters):
    """``titles``: only certificates of these matter; empty = all. The home province is the plan's."""

    titles: tuple[str, ...] = ()


@document_check(
    "certificate.province",
    ("certificate.needs-confirmation",),
    HomeProvince,
    frozenset({EvidenceKind.QUALIFICATION_CERTIFICATE}),
)
def certificate_province(context: DocumentContext[HomeProvince]) -> Iterator[Judgement]:
    facts, asked, home = context.facts, context.parameters, context.plan.province
    title = facts.get("title")
    if title is not None and asked.titles and not any(bare(one) in bare(title.text) for one in asked.titles):
        yield INAPPLICABLE
        return
    sources = [field for name in ("province", "issuer", "number") if (field := facts.get(name)) is not None]
    told = [(field, province) for field in sources if (province := issuer_province(field.text)) is not None]
    if not told or not home:
        yield INAPPLICABLE
        return
    if any(province == home for _, province in told):
        return
    field, province = told[0]
    yield finding(
        "certificate.needs-confirmation",
        sure=sure(field),
        severity=Severity.WARNING,
        values={"province": province, "home": home},
        where=place_of(field, facts),
        expected=home,
        found=province,
        confidence=field.confidence,
    )
