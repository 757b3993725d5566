"""ISSN and CN numbers: finding them on a page, and judging their form.

ISSN: seven digits and a check digit (weights 8 to 2, modulo 11). CN: ``CN RR-SSSS/class`` after
GB/T 9999.1: region (GB/T 2260 and a few extra codes), serial, class of the Chinese Library Classification.
Numbers of overseas registration dressed as CN (``CN(HK)``, ``CN-NR``, ``/G-HK``) were never Chinese ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum import issn as issn_rules

from matching.lookalikes import as_digits
from matching.regions import PROVINCES
from matching.text import fold_width_in_place, squeeze

REGIONS: dict[str, str] = {**PROVINCES, "09": "北京", "10": "北京", "30": "上海", "81": "军队系统"}
"""Region codes of a CN number. 81 is the military, not Hong Kong."""
CLASSES = frozenset("ABCDEFGHIJKNOPQRSTUVXZ")
_TECHNOLOGY = frozenset("BDEFGHJKLMNPQSUV")
"""Second letters that class T (industry) takes."""


class Form(StrEnum):
    OK = "ok"
    INVALID = "invalid"
    """Can never have been assigned."""
    REVIEW = "review"
    """Unusual, but genuine journals bear such numbers."""


class Fault(StrEnum):
    """What is amiss with a number."""

    NONE = "none"
    SHAPE = "shape"
    CHECK_DIGIT = "check-digit"
    FOREIGN_MARK = "foreign-mark"
    REGION = "region"
    SERIAL = "serial"
    NEWSPAPER = "newspaper"
    NETWORK = "network"
    NO_CLASS = "no-class"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Judged:
    """``number`` is the normal form (``1002-848X``, ``11-2833/TU``), as given where it has none."""

    form: Form
    number: str
    fault: Fault = Fault.NONE


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number in a text, at its places there. ``sure`` is false where a sign had to be guessed."""

    number: str
    raw: str
    start: int
    end: int
    sure: bool = True


_SIGN = r"[0-9OoQDlI|!ZzSsB]"
_DASH = r"[ ]?[-—–−－_~·.一][ ]?"
_ISSN = re.compile(
    rf"(?<![0-9A-Za-z])(?P<label>[I1l]SSN[ :;.,]{{0,3}})?({_SIGN}{{4}})({_DASH})"
    rf"({_SIGN}{{3}}[0-9Xx×OoQDlI|!ZzSsB])(?![0-9A-Za-z])"
)
_ISSN_TIGHT = re.compile(rf"[I1l]SSN[ :;.,]{{0,3}}({_SIGN}{{4}})({_SIGN}{{3}}[0-9Xx×])(?![0-9])")
_CN = re.compile(
    rf"(?<![0-9A-Za-z.])(?P<label>C[ ]?N[ :;.]{{0,3}}|刊号[ :;]{{0,2}})?"
    rf"(?P<region>{_SIGN}{{2}}){_DASH}(?P<serial>{_SIGN}{{4}})"
    r"(?:[ ]?[/\\|lI／][ ]?(?P<class>[A-Z][A-Z0-9]{0,3}))?(?![0-9A-Za-z]|-[0-9])"
)
_CN_FOREIGN = re.compile(
    r"(?<![0-9A-Za-z.])C[ ]?N[ :]{0,2}(?:\([A-Z]{1,3}\)|-?[ ]?NR|HK)[-0-9A-Z()/ ]{3,20}"
    r"|(?<![0-9A-Za-z.])C[ ]?N[ :]{0,2}[0-9]{2}-[0-9]{4}"
    r"(?:HK|/[A-Z0-9]{0,3}-?\(?HK\)?|/NR)[A-Z0-9/()]{0,6}"
)


def normal_issn(text: str) -> str:
    """``ISSN 1002-848x`` → ``1002-848X``; what has no such shape comes back squeezed."""
    tight = re.sub(r"^[I1l]SSN", "", squeeze(text), flags=re.IGNORECASE).strip(":;.,")
    body = re.sub(r"[-—–−_~·.一]", "", tight).replace("×", "X")
    if len(body) != 8:
        return tight
    digits = as_digits(body[:7]) + (body[7].upper() if body[7] in "Xx" else as_digits(body[7]))
    return f"{digits[:4]}-{digits[4:]}"


def judge_issn(text: str) -> Judged:
    """Judge the form of one ISSN."""
    number = normal_issn(text)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9X]", number):
        return Judged(Form.INVALID, number, Fault.SHAPE)
    if not issn_rules.is_valid(number):
        return Judged(Form.INVALID, number, Fault.CHECK_DIGIT)
    return Judged(Form.OK, number)


def find_issns(text: str) -> tuple[FoundNumber, ...]:
    """ISSNs in a text. Without the letters ISSN before it, a number counts only if its check digit holds."""
    folded = fold_width_in_place(text)
    found = []
    for pattern in (_ISSN, _ISSN_TIGHT):
        for match in pattern.finditer(folded):
            labelled = pattern is _ISSN_TIGHT or match["label"] is not None
            number = normal_issn(match.group(0))
            good = judge_issn(number).form is Form.OK
            if not labelled and (not good or _years(number)):
                continue
            guessed = any(sign in "OoQDlI|!ZzSsB" for sign in "".join(match.groups()[-3:]))
            raw = text[match.start() : match.end()]
            found.append(FoundNumber(number, raw, match.start(), match.end(), labelled and not guessed))
    return tuple(sorted(found, key=lambda one: one.start))


def _years(number: str) -> bool:
    """``2016-2019``: two years, not an ISSN."""
    return all(part[:2] in ("19", "20") and part.isdigit() for part in number.split("-"))


def normal_cn(text: str) -> str:
    """``CN 11—2833 / TU`` → ``11-2833/TU``; what has no such shape comes back squeezed, without its CN."""
    tight = re.sub(r"^(?:国内统一)?(?:连续出版物号|刊号)?:?(?:CN)?[:;.]?", "", squeeze(text).upper())
    shaped = re.fullmatch(
        rf"({_SIGN}{{2}})[-—–−_~·.一]({_SIGN}{{4}})(?:[/\\|]?([A-Z][A-Z0-9]{{0,3}}))?", tight
    )
    if shaped is None:
        return tight
    region, serial, class_ = shaped.groups()
    return f"{as_digits(region)}-{as_digits(serial)}" + (f"/{class_}" if class_ else "")


def cn_key(text: str) -> str:
    """Region and serial alone (``11-2833``): the class adds nothing to identity."""
    return normal_cn(text).split("/")[0]


def judge_cn(text: str) -> Judged:
    """Judge the form of one CN number."""
    number = normal_cn(text)
    if re.search(r"HK|NR|\(H\)|\([A-Z]{1,3}\)", number):
        return Judged(Form.INVALID, number, Fault.FOREIGN_MARK)
    shaped = re.fullmatch(r"([0-9]{2})-([0-9]{4})(?:/([A-Z][A-Z0-9]{0,3}))?", number)
    if shaped is None:
        return Judged(Form.INVALID, number, Fault.SHAPE)
    region, serial, class_ = shaped.groups()
    if region not in REGIONS:
        return Judged(Form.INVALID, number, Fault.REGION)
    if serial == "0000":
        return Judged(Form.INVALID, number, Fault.SERIAL)
    if int(serial) < 1000:
        return Judged(Form.REVIEW, number, Fault.NEWSPAPER)
    if 6000 <= int(serial) < 9000:
        return Judged(Form.REVIEW, number, Fault.NETWORK)
    if class_ is None:
        return Judged(Form.REVIEW, number, Fault.NO_CLASS)
    return Judged(Form.OK, number) if _known_class(class_) else Judged(Form.REVIEW, number, Fault.CLASS)


def _known_class(class_: str) -> bool:
    letters = class_.rstrip("0123456789")
    if letters not in CLASSES and not (len(letters) == 2 and letters[0] == "T" and letters[1] in _TECHNOLOGY):
        return False
    return len(class_) - len(letters) <= 2


def find_cns(text: str) -> tuple[FoundNumber, ...]:
    """CN numbers in a text, false ones too; without CN before it a number counts only with its class."""
    folded = fold_width_in_place(text)
    found = []
    for match in _CN_FOREIGN.finditer(folded):
        raw = text[match.start() : match.end()].strip()
        found.append(FoundNumber(normal_cn(raw), raw, match.start(), match.end()))
    for match in _CN.finditer(folded):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        if match["label"] is None and match["class"] is None:
            continue
        slash = re.search(r"[|lI\\]\s?[A-Z0-9]+$", match.group(0)) if match["class"] else None
        guessed = slash or any(sign in "OoQDlI|!ZzSsB" for sign in match["region"] + match["serial"])
        number = normal_cn(
            f"{match['region']}-{match['serial']}" + (f"/{match['class']}" if match["class"] else "")
        )
        found.append(
            FoundNumber(number, text[match.start() : match.end()], match.start(), match.end(), not guessed)
        )
    return tuple(sorted(found, key=lambda one: one.start))
