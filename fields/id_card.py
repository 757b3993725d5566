"""居民身份证: both faces; the number as printed."""

from __future__ import annotations

import re

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.layout import Sheet
from fields.persons import id_of, name_of
from fields.registry import Found, KindReader, Score

_FRONT = (r"姓名", r"性别", r"民族", r"出生", r"住址|住[址地]", r"公民身份号?码?", r"\d{17}[\dXx]")
_BACK = (r"居民身份证", r"签发机关", r"有效期限", r"中华人民共和国")
_MOST_CHARACTERS = 260
"""A card holds little; a form that asks for the same things holds more."""


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
    found: dict[str, Field | None] = {"name": name_of(sheets), "id_number": id_of(sheets)}
    return Found({name: value for name, value in found.items() if value is not None})


READERS = (KindReader(EvidenceKind.ID_CARD, _score, _read),)
