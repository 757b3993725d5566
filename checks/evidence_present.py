"""C-SOC, C-POST, C-CERT …: the evidence that the plan demands is there."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from checks.context import ApplicationContext, Parameters
from checks.evidence import may_hide
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check
from domain.declaration import Declaration
from domain.kinds import EvidenceKind, Severity
from matching.text import bare
from policies.names import KIND_NAMES


class When(StrEnum):
    """In which applications the evidence is demanded."""

    ALWAYS = "always"
    PUBLIC_INSTITUTION = "public_institution"
    INSURED_ELSEWHERE = "insured_elsewhere"
    PAPERS_DECLARED = "papers_declared"


class Demand(Parameters):
    """``kind`` must be there, or one of ``instead``; ``severity``: warning where it may come otherwise."""

    kind: EvidenceKind
    instead: tuple[EvidenceKind, ...] = ()
    when: When = When.ALWAYS
    home_province: str = ""
    """For ``insured_elsewhere``: the province whose insurance data the platform fetches by itself."""
    severity: Severity = Severity.ERROR


PUBLIC_INSTITUTION = "事业单位"


@application_check("evidence.present", ("evidence.missing",), Demand)
def evidence_present(context: ApplicationContext[Demand]) -> Iterator[Judgement]:
    asked, dossier = context.parameters, context.dossier
    if not _demanded(asked, context.declaration):
        yield INAPPLICABLE
        return
    kinds = frozenset({asked.kind, *asked.instead})
    held = {facts.kind for file in dossier.files for facts in file.document.facts}
    held |= {kind for file in dossier.files for kind in file.document.page_kinds}
    if held & kinds:
        return
    # A file handed in under this heading is there, whatever it turned out to be: other checks judge it.
    declared = {file.declared.kind for file in dossier.files if file.declared}
    yield finding(
        "evidence.missing",
        sure=not (declared & kinds) and not may_hide(dossier, kinds),
        severity=asked.severity,
        values={"kind": KIND_NAMES[asked.kind]},
        expected=asked.kind.value,
    )


def _demanded(asked: Demand, declaration: Declaration) -> bool:
    if asked.when is When.PUBLIC_INSTITUTION:
        return bare(declaration.employer_kind or "").startswith(PUBLIC_INSTITUTION)
    if asked.when is When.INSURED_ELSEWHERE:
        province = bare(declaration.social_security_province or "")
        return bool(province) and not province.startswith(bare(asked.home_province))
    if asked.when is When.PAPERS_DECLARED:
        return bool(declaration.papers)
    return True
