"""真实性保证书: who commits himself, whether he signed, and when."""

from __future__ import annotations

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.labels import words
from fields.layout import Sheet
from fields.persons import name_of
from fields.registry import Found
from fields.signatures import signatures
from fields.values import labelled, person_name

_PRINTED = words("申报人姓名 承诺人姓名 姓名 申报人")
_SIGNERS = r"承诺|保证|申报|声明|本人|签名|签字"


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name employer signed date`` (the day of the signature, ``issue_date`` as well)."""
    signed = signatures(sheets, _SIGNERS)
    # The applicant signs last, where a form has other places to sign as well.
    own = next(
        (each for each in reversed(signed) if each.signature is not None), signed[-1] if signed else None
    )
    fields: dict[str, Field | None] = {"signed": own.signed if own else None}
    if own is not None and own.date is not None:
        fields |= {"issue_date": own.date, "date": own.date}
    name = labelled(sheets, _PRINTED, person_name) or name_of(sheets)
    if own is not None and name is not None and own.signature is not None and name.raw == own.signature.text:
        name = name.model_copy(update={"confidence": 0.6 * name.confidence})  # handwriting is read badly
    return found(sheets, fields | {"name": name})


TOLD = Told(
    EvidenceKind.TRUTHFULNESS_COMMITMENT,
    r"(?:真实性?|诚信|个人|申报|单位).{0,8}(?:保证书|承诺书?|声明)|承诺书$|保证书$|诚信(?:申报|承诺)|真实性",
    (r"承诺|保证", r"真实|属实|准确", r"弄虚作假|责任|后果|法律", r"签名|签字|承诺人|保证人"),
    (
        (r"(?:本人)?(?:郑重)?(?:承诺|保证|声明)", 0.25),
        (r"真实(?:、|，)?(?:准确|有效|可靠|完整|无误)|均(?:属实|真实)|真实性", 0.2),
        (r"(?:弄虚作假|虚假|不实).{0,30}(?:责任|取消|处理|后果)", 0.25),
        (r"(?:承诺|保证|声明)人", 0.25),
    ),
    r"评审表|花名册|推荐表",
)
READERS = (reader(TOLD, read),)
