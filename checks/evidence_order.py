"""F-ORDER: in one bound file the papers follow each other in the order of the notice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pydantic import Field

from checks.certainty import SURE_KIND
from checks.context import FileContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import file_check
from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity
from policies.names import KIND_NAMES

LEAST_KINDS = 3
"""Fewer kinds in a file make no bound volume."""


class Order(Parameters):
    """``order``: groups of kinds, each before the next; within a group any order will do."""

    order: tuple[tuple[EvidenceKind, ...], ...] = Field(min_length=2)


@file_check("evidence.order", ("form.value-format",), Order)
def evidence_order(context: FileContext[Order]) -> Iterator[Judgement]:
    group_of = {kind: number for number, group in enumerate(context.parameters.order) for kind in group}
    found = sorted(
        (facts for facts in context.file.document.facts if facts.kind in group_of and facts.pages),
        key=lambda facts: facts.pages[0],
    )
    if len({group_of[facts.kind] for facts in found}) < LEAST_KINDS:
        yield INAPPLICABLE
        return
    for before, after in pairwise(found):
        if group_of[after.kind] < group_of[before.kind]:
            yield finding(
                "form.value-format",
                sure=min(before.kind_confidence, after.kind_confidence) >= SURE_KIND,
                severity=Severity.INFO,
                variant="bound-order",
                values={
                    "page": after.pages[0],
                    "after": KIND_NAMES[after.kind],
                    "before": KIND_NAMES[before.kind],
                },
                where=Where(page=after.pages[0]),
                found=after.kind.value,
            )
