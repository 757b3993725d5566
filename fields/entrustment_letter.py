"""委托评审函: who entrusts whom with the review of which applicant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.issuance import issuer_of
from fields.layout import Sheet
from fields.organisations import ends_as_unit
from fields.persons import employer_of, name_of
from fields.positions import position
from fields.registry import Found
from fields.stream import Stream, stream
from fields.values import field

_ENTRUSTED = re.compile(
    r"委托(?:贵|你|你们)?(?:单位|处|会|委)?((?:[\u3400-\u9fff]{4,40}?)(?:评审委员会|评委会|厅|局|中心|协会|学会|公司|办公室))"
)
_PERSON = re.compile(
    r"(?:我单位|我局|我市|我区|我县|本单位|单位|职工|员工|现有|兹有|将|为)([\u3400-\u9fff]{2,4}?)(?:同志|等\d{0,3}[名位人])"
)
_APPLIED = re.compile(r"(?:申报|评审|评定|参评|晋升)")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name employer entrusted_to title issuer issue_date``."""
    text = stream(sheets)
    issuer = issuer_of(sheets)
    own: dict[str, Field | None] = {
        "name": _person(text) or name_of(sheets),
        "entrusted_to": _addressee(sheets) or _entrusted(text),
        "title": _title(text),
        "issuer": issuer,
        "employer": employer_of(sheets),
    }
    return found(sheets, own)


def _person(text: Stream) -> Field | None:
    told = _PERSON.search(text.text)
    return text.field(told.group(1), *told.span(1), 0.9) if told else None


def _addressee(sheets: Sequence[Sheet]) -> Field | None:
    """The line that greets the addressee: a unit's name and a colon."""
    for sheet in sheets:
        for span in sheet.spans:
            text = span.flat
            if text.endswith((":", "：")) and ends_as_unit(text[:-1]) and 5 <= len(text) <= 40:
                return field(text[:-1], span.flat_part(0, len(text) - 1), 0.95)
    return None


def _entrusted(text: Stream) -> Field | None:
    told = _ENTRUSTED.search(text.text)
    return text.field(told.group(1), *told.span(1), 0.88) if told else None


def _title(text: Stream) -> Field | None:
    """The title that is applied for: the first one named after 申报 or 评审."""
    for at in _APPLIED.finditer(text.text):
        told = position(text.text[at.end() : at.end() + 24])
        if told:
            return text.field(told[0], at.end() + told[1], at.end() + told[2], 0.9)
    return None


TOLD = Told(
    EvidenceKind.ENTRUSTMENT_LETTER,
    r"委托(?:评审)?(?:函|书|协议|证明)|委托评审|委托(?:代为)?评审(?:的)?(?:函|证明)",
    (r"委托", r"评审|代为|代理", r"人力资源|人力社保|职称|评委会|评审委员会"),
    (
        (r"委托(?:贵|你)|特(?:此)?委托|现委托|予以委托", 0.4),
        (r"(?:代为|代理|予以|进行)评审|委托评审", 0.35),
        (r"请予(?:以)?(?:接洽|支持|评审|办理)|此函|特此函达|函请", 0.2),
    ),
    r"评审表|花名册|公示",
)
READERS = (reader(TOLD, read),)
