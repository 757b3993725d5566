"""G-IDENT: the ID number on a document is the applicant's; masked digits fit any."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import sure, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.id_numbers import masked
from checks.identity_name import LOOSE, OWN
from checks.registry import document_check
from domain.kinds import Severity
from matching.likeness import Likeness
from matching.numbers import compare_ids, normal_id, valid_id
from matching.text import distance
from policies.names import KIND_NAMES

SHORTEST = 10
"""Fewer signs than this are a fragment of a number, which proves nothing."""


@document_check("identity.number", ("identity.id-mismatch",), Parameters, OWN | LOOSE)
def identity_number(context: DocumentContext[Parameters]) -> Iterator[Judgement]:
    read = context.facts.get("id_number")
    wanted = context.declaration.applicant.id_number
    if read is None or not wanted or len(normal_id(read.text)) < SHORTEST:
        yield INAPPLICABLE
        return
    likeness = compare_ids(wanted, read.text, read.confidence)
    if likeness is Likeness.SAME:
        return
    if not sure(read) and distance(normal_id(wanted), normal_id(read.text)) <= 1:
        return  # one digit off in a shaky reading is the reader's slip
    # A number that agrees with itself was read rightly: then it is another person's.
    another = likeness is Likeness.DIFFERENT or valid_id(read.text)
    yield finding(
        "identity.id-mismatch",
        sure=another and sure(read) and surely_of_its_kind(context.file, context.facts),
        severity=Severity.ERROR if context.facts.kind in OWN else Severity.WARNING,
        values={"kind": KIND_NAMES[context.facts.kind], "found": masked(read.text)},
        where=read.where,
        expected=masked(wanted),
        found=masked(read.text),
        confidence=read.confidence,
    )
