"""C-TRUE, F-RETR, F-EDU: a paper that somebody must sign is signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from checks.certainty import all_well_read, pages_of, sure, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity
from policies.names import KIND_NAMES


class SignedKinds(Parameters):
    """``kinds`` that ``signer`` must sign; ``code``: which of the two the plan's row names."""

    kinds: frozenset[EvidenceKind] = Field(min_length=1)
    signer: str = Field(min_length=2)
    code: Literal["copy.signature-missing", "evidence.missing"] = "evidence.missing"
    severity: Severity = Severity.ERROR


@document_check(
    "evidence.signed",
    ("copy.signature-missing", "evidence.missing"),
    SignedKinds,
    frozenset(EvidenceKind),
)
def evidence_signed(context: DocumentContext[SignedKinds]) -> Iterator[Judgement]:
    facts, asked = context.facts, context.parameters
    pages = pages_of(context.file, facts)
    if facts.kind not in asked.kinds or not pages:
        yield INAPPLICABLE
        return
    signed = facts.get("signed")
    if (signed is not None and signed.value is True) or any(
        mark.signature is not None for page in pages for mark in page.marks
    ):
        return
    unsure_mark = any(mark.signature_unsure for page in pages for mark in page.marks)
    yield finding(
        asked.code,
        # A signature may stand anywhere: where no place for it was found, its absence cannot be told.
        sure=signed is not None
        and sure(signed)
        and not unsure_mark
        and all_well_read(pages)
        and surely_of_its_kind(context.file, facts),
        severity=asked.severity,
        variant="unsigned",
        values={"kind": KIND_NAMES[facts.kind], "signer": asked.signer},
        where=signed.where if signed is not None else Where(page=pages[-1].number),
        expected=asked.signer,
    )
