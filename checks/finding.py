"""What a check says of one thing it looked at. The runner turns findings into flags with words and quote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.geometry import Where
from domain.kinds import Severity

Told = str | int | float
"""A value that is put into the Chinese wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One flag to be. ``values`` fill the placeholders of ``policies/wording.toml`` (key: code and variant).

    ``unsure`` = the reading itself is doubtful; such a finding is always a warning and says so.
    ``file`` may stay None in a check on a file or a document: the runner knows which file it is.
    """

    code: str
    severity: Severity
    unsure: bool = False
    variant: str = ""
    values: Mapping[str, Told] = field(default_factory=dict)
    file: str | None = None
    where: Where | None = None
    expected: str | None = None
    found: str | None = None
    confidence: float = 1.0

    def __post_init__(self) -> None:
        if self.unsure and self.severity is Severity.ERROR:
            raise ValueError("a doubtful reading is never an error")


@dataclass(frozen=True, slots=True)
class Inapplicable:
    """The check had nothing to look at: no such document, nothing declared, the plan does not ask."""


Judgement = Finding | Inapplicable

INAPPLICABLE = Inapplicable()


def finding(
    code: str,
    *,
    sure: bool = True,
    severity: Severity = Severity.ERROR,
    variant: str = "",
    values: Mapping[str, Told] | None = None,
    file: str | None = None,
    where: Where | None = None,
    expected: str | None = None,
    found: str | None = None,
    confidence: float = 1.0,
) -> Finding:
    """A finding of ``severity`` where the reading is ``sure``, else a warning that is marked unsure."""
    if not sure and severity is Severity.ERROR:
        severity = Severity.WARNING
    return Finding(
        code=code,
        severity=severity,
        unsure=not sure,
        variant=variant,
        values=values or {},
        file=file,
        where=where,
        expected=expected,
        found=found,
        confidence=min(max(confidence, 0.0), 1.0),
    )
