"""C-CERT: a certificate from another province needs the confirmation that the notice speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.certainty import sure
from checks.context import DocumentContext, Parameters
from checks.evidence import place_of
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from domain.kinds import EvidenceKind, Severity
from matching.text import bare
from matching.units import issuer_province


class HomeProvince(Parameters):
    """``province`` in short form (浙江). ``titles``: only certificates of these matter; empty = all."""

    province: str = Field(min_length=2)
    titles: tuple[str, ...] = ()


@document_check(
    "certificate.province",
    ("certificate.needs-confirmation",),
    HomeProvince,
    frozenset({EvidenceKind.QUALIFICATION_CERTIFICATE}),
)
def certificate_province(context: DocumentContext[HomeProvince]) -> Iterator[Judgement]:
    facts, asked = context.facts, context.parameters
    title = facts.get("title")
    if title is not None and asked.titles and not any(bare(one) in bare(title.text) for one in asked.titles):
        yield INAPPLICABLE
        return
    sources = [field for name in ("province", "issuer", "number") if (field := facts.get(name)) is not None]
    told = [(field, province) for field in sources if (province := issuer_province(field.text)) is not None]
    if not told:
        yield INAPPLICABLE
        return
    if any(province == asked.province for _, province in told):
        return
    field, province = told[0]
    yield finding(
        "certificate.needs-confirmation",
        sure=sure(field),
        severity=Severity.WARNING,
        values={"province": province, "home": asked.province},
        where=place_of(field, facts),
        expected=asked.province,
        found=province,
        confidence=field.confidence,
    )
