"""居民身份证: both faces; the number as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.layout import Sheet
from fields.persons import id_of, name_of
from fields.registry import Found, KindReader, Score
from fields.stream import Stream, stream
from matching.dates import find_dates

_FRONT = (r"姓名", r"性别", r"民族", r"出生", r"住址|住[址地]", r"公民身份号?码?", r"\d{17}[\dXx]")
_BACK = (r"居民身份证", r"签发机关", r"有效期限", r"中华人民共和国")
_MOST_CHARACTERS = 260
"""A card holds little; a form that asks for the same things holds more."""
_VALID = re.compile(
    r"((?:19|20)\d\d)[.·年\-]?(\d{2})[.·月\-]?(\d{2})日?[-—–~至到]+(?:((?:19|20)\d\d)[.·年\-]?(\d{2})[.·月\-]?(\d{2})|(长期))"
)


def _score(sheet: Sheet) -> Score:
    text = sheet.text
    front = [word for word in _FRONT if re.search(word, text)]
    back = [word for word in _BACK if re.search(word, text)]
    if len(text) > _MOST_CHARACTERS:
        return Score()
    own = "公民身份号?码?" in front or {"居民身份证", "签发机关"} <= set(back)
    share = max(len(front) / len(_FRONT), len(back) / len(_BACK))
    return Score(round(0.95 * share, 4) if own and share >= 0.5 else 0.0, tuple(front + back))


def _read(sheets: tuple[Sheet, ...]) -> Found:
    """``name sex birth id_number valid_from valid_until`` (``长期`` = for good)."""
    text = stream(sheets)
    found: dict[str, Field | None] = {
        "name": name_of(sheets),
        "id_number": id_of(sheets),
        "sex": _sex(text),
        "birth": _birth(text),
    }
    return Found({name: value for name, value in (found | _validity(sheets)).items() if value is not None})


def _sex(text: Stream) -> Field | None:
    told = re.search(r"性别[:：]?([男女])", text.text)
    return text.field(told.group(1), *told.span(1), 0.97) if told else None


def _birth(text: Stream) -> Field | None:
    told = re.search(r"出生[:：]?", text.text)
    for date in find_dates(text.text):
        if told and 0 <= date.start - told.end() <= 2:
            return text.field(date.iso, date.start, date.end, 0.95)
    return None


def _validity(sheets: Sequence[Sheet]) -> dict[str, Field | None]:
    text = stream(sheets)
    told = _VALID.search(text.text)
    if not told:
        return {}
    start = f"{told[1]}-{told[2]}-{told[3]}"
    end = told[7] or f"{told[4]}-{told[5]}-{told[6]}"
    last = told.span(7) if told[7] else (told.start(4), told.end(6))
    return {
        "valid_from": text.field(start, told.start(1), told.end(3), 0.95),
        "valid_until": text.field(end, *last, 0.95),
    }


READERS = (KindReader(EvidenceKind.ID_CARD, _score, _read),)
