"""Is the name on the page the applicant's?

Folded: spaces in two-character names, titles after a name, labels before it, the dot in a transliterated
name, traditional forms. *Different* needs a sure reading of another name.
"""

from __future__ import annotations

import re

from matching.likeness import SURE_READING, Likeness
from matching.text import bare, distance, is_han, only_look_alikes, substitutions

__all__ = ["Likeness", "normal_name", "same_person"]

_LABEL = re.compile(
    r"^(?:持证人|申报人|申请人|本人|被聘任人|被聘人|受聘人|参加人|学员|兹聘任|兹聘请|聘任|聘请|姓名|作者)"
)
_TITLE = re.compile(r"(?:先生|女士|同志|老师|同学|教授|高级工程师|工程师|高工|性别|男|女)$")
_LONGEST_NAME = 5
"""Han characters in a name without a dot; a longer reading has swallowed something else."""


def normal_name(text: str) -> str:
    """The bare name without label, title, space or dot; a name that is nothing but a title stays whole."""
    name = bare(text)
    label = _LABEL.match(name)
    if label and len(name) - label.end() >= 2:
        name = name[label.end() :]
    while (title := _TITLE.search(name)) and title.start() >= 2:
        name = name[: title.start()]
    return name


def same_person(expected: str, read: str, confidence: float = 1.0) -> Likeness:
    """Compare a declared name with a reading of given confidence (0-1).

    SIMILAR where the reading is empty, no name at all, part of the name, a look-alike away, or unsure.
    """
    if bare(expected) and bare(expected) == bare(read):
        return Likeness.SAME
    wanted, got = normal_name(expected), normal_name(read)
    if wanted and wanted == got:
        return Likeness.SAME
    if not wanted or not _looks_like_a_name(got, dotted="·" in read):
        return Likeness.SIMILAR
    if wanted in got or got in wanted or only_look_alikes(wanted, got):
        return Likeness.SIMILAR
    if confidence < SURE_READING and _shares_most(wanted, got):
        return Likeness.SIMILAR
    return Likeness.DIFFERENT if confidence >= SURE_READING / 2 else Likeness.SIMILAR


def _looks_like_a_name(name: str, dotted: bool) -> bool:
    if len(name) < 2:
        return False
    if all(is_han(char) for char in name):
        return dotted or len(name) <= _LONGEST_NAME
    return name.isascii() and name.isalpha()


def _shares_most(wanted: str, got: str) -> bool:
    """All but one character agree, or one was lost or invented."""
    pairs = substitutions(wanted, got)
    if pairs is not None:
        return len(pairs) <= 1
    return distance(wanted, got) <= 1
