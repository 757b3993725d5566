"""From remarks on a journal to findings, with the values that the wording asks for."""

from __future__ import annotations

from checks.finding import Finding, Told, finding
from domain.geometry import Where
from domain.kinds import Severity
from matching.journals import Claim, Remark, Weight

_LONGEST_REASON = 60
_NAMES = {"issn": "ISSN", "cn": "CN号"}


def journal_finding(
    remark: Remark,
    claim: Claim,
    *,
    paper: str = "",
    gravest: Severity = Severity.ERROR,
    file: str | None = None,
    where: Where | None = None,
    confidence: float = 1.0,
) -> Finding:
    """A finding of ``gravest`` for a proof on values read with confidence, else a warning or a note."""
    doubtful = bool(remark.rests_on & claim.unsure)
    graded = {Weight.PROOF: gravest, Weight.DOUBT: Severity.WARNING, Weight.NOTE: Severity.INFO}
    return finding(
        remark.code,
        sure=not doubtful,
        severity=graded[remark.weight],
        variant=remark.variant,
        values=_values(remark, paper),
        file=file,
        where=where,
        expected=remark.expected or None,
        found=remark.found,
        confidence=confidence,
    )


def _values(remark: Remark, paper: str) -> dict[str, Told]:
    return {
        "prefix": f"{paper}：" if paper else "",
        "found": remark.found,
        "expected": remark.expected,
        "number": _NAMES.get(remark.about, ""),
        "reason": f"（{_short(remark.reason)}）" if remark.reason else "",
    }


def _short(reason: str) -> str:
    """A list may give a whole paragraph as its reason; a message is one sentence."""
    return reason if len(reason) <= _LONGEST_REASON else reason[: _LONGEST_REASON - 1] + "…"
