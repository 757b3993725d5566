"""C-SOC, C-POST, C-CERT …: the evidence that the plan demands is there."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import ApplicationContext, Parameters
from checks.evidence import may_hide
from checks.finding import Judgement, finding
from checks.registry import application_check
from domain.kinds import EvidenceKind, Severity
from policies.names import KIND_NAMES


class Demand(Parameters):
    """``kind`` must be there, or one of ``instead``; ``severity``: warning where it may come otherwise.

    ``called``: what the notice calls it, where that is more than the name of ``kind``.
    """

    kind: EvidenceKind
    instead: tuple[EvidenceKind, ...] = ()
    called: str = ""
    severity: Severity = Severity.ERROR


@application_check("evidence.present", ("evidence.missing",), Demand)
def evidence_present(context: ApplicationContext[Demand]) -> Iterator[Judgement]:
    asked, dossier = context.parameters, context.dossier
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
        values={"kind": asked.called or KIND_NAMES[asked.kind]},
        expected=asked.kind.value,
    )
