"""The words by which a clerk states that a copy agrees with its original, as recognisers give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

PHRASES = (
    "与原件核对无误",
    "与原件核对一致",
    "与原件核对相符",
    "与原件核对",
    "经核对与原件相符",
    "经核对与原件一致",
    "经核对与原件无误",
    "经核对无误",
    "经审核与原件一致",
    "经审核与原件相符",
    "经查验与原件一致",
    "复印件与原件一致",
    "复印件与原件相符",
    "复印件与原件无误",
    "复印件与原件核对无误",
    "复印件核对无误",
    "此件与原件一致",
    "此件与原件相符",
    "本件与原件一致",
    "本件与原件相符",
    "与原件一致",
    "与原件相符",
    "与原件无误",
    "与原件相同",
    "原件已核对",
    "原件已核",
    "原件已审核",
    "已核对原件",
    "已核原件",
    "已审原件",
    "已验原件",
    "原件已验",
    "核对无误",
    "核对一致",
    "核对相符",
    "核对属实",
    "核验无误",
    "核实无误",
    "审核无误",
    "查验无误",
)
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]")
# Words of rules, requests and self-declarations: there the phrase is talked about, not stated.
_TALK = re.compile(
    r"[请须应需]|必须|本人|我们|如有|否则|承诺|提供|提交|携带|要求|盖章后|签字后|方可|是否|以上|上述|申报|填写|不一致|未经"
)
_LABELS = re.compile(
    r"(?:验证|核对|核验|核实|审核|复核|经办|查验|验核|校核|核查|审验)(?:人员?|者)?(?:签名|签字|签章|（签名）|（签字）)?"
    r"|签名|签字|签章|(?:核对|验证|审核)?(?:日期|时间)|单位|盖章|公章|年|月|日"
)
_NUMERALS = "〇○零一二三四五六七八九十"
_DAY_IN_NUMERALS = re.compile(f"[{_NUMERALS}]{{2,4}}年[{_NUMERALS}]{{1,2}}月[{_NUMERALS}]{{1,3}}[日曰]?")
_MOST_AROUND = 7
_SHORT = 4
_BARE = 5


@dataclass(frozen=True, slots=True)
class FoundPhrase:
    """``text``: the phrase in its proper form. ``start``/``end``: characters of the line it stands on.

    ``wrong``: characters that had to be forgiven. ``whole``: false where only its beginning was read.
    """

    text: str
    start: int
    end: int
    wrong: int
    whole: bool = True


def find_phrase(line: str) -> FoundPhrase | None:
    """The statement in one line of text (or two joined), or None. At most one character may be misread."""
    places = [index for index, character in enumerate(line) if not _NOT_HAN.match(character)]
    han = "".join(line[index] for index in places)
    best: FoundPhrase | None = None
    for phrase in PHRASES:
        found = _fuzzy(phrase, han)
        if found is None:
            continue
        start, end, wrong = found
        worth = len(phrase) - 2.5 * wrong
        if best is None or worth > len(best.text) - 2.5 * best.wrong:
            best = FoundPhrase(phrase, places[start], places[end - 1] + 1, wrong)
    if best is None:
        best = _beginning(han, places)
    if best is None or _talked_about(line, best):
        return None
    return best


def _fuzzy(phrase: str, han: str) -> tuple[int, int, int] | None:
    """Where ``phrase`` stands in ``han`` with no more wrong than allowed: start, end, number wrong."""
    at = han.find(phrase)
    if at >= 0:
        return at, at + len(phrase), 0
    allowed = 1 if len(phrase) <= 6 else 2
    if len(frozenset(phrase).difference(han)) > allowed:  # a cheap refusal: most lines share no word with it
        return None
    if phrase in _NO_MISREADING or len(han) < len(phrase) - (1 if len(phrase) > _SHORT else 0):
        return None
    best: tuple[int, int, int] | None = None
    for size in {len(phrase), len(phrase) - (1 if len(phrase) > 5 else 0)}:
        for start in range(max(len(han) - size, 0) + 1):
            window = han[start : start + size]
            wrong = Levenshtein.distance(phrase, window, score_cutoff=allowed)
            # 与原件一起装订: the last two characters are what makes it a statement.
            if len(phrase) == _BARE and wrong and window[-2:] != phrase[-2:]:
                continue
            if wrong <= allowed and (best is None or wrong < best[2]):
                best = (start, start + len(window), wrong)
    return best


# One wrong character turns these into everyday words (原件已交, 与原件一起, 核对人员).
_NO_MISREADING = frozenset(
    {
        "原件已核",
        "已核原件",
        "已审原件",
        "已验原件",
        "原件已验",
        "与原件核对",
        "核实无误",
        "审核无误",
        "查验无误",
    }
)
_BEGINNINGS = ("复印件与原件", "经核对与原件", "与原件核对", "原件核对无")


def _beginning(han: str, places: list[int]) -> FoundPhrase | None:
    """A statement whose end lies under a seal: its beginning fills the line."""
    for beginning in _BEGINNINGS:
        if han.startswith(beginning) and len(han) <= len(beginning) + 2:
            return FoundPhrase(beginning, places[0], places[-1] + 1, 0, whole=False)
    return None


def is_talk(line: str) -> bool:
    """Words of a rule, a request or a declaration of one's own."""
    return _TALK.search(line) is not None


def _talked_about(line: str, found: FoundPhrase) -> bool:
    around = line[: found.start] + line[found.end :]
    if _TALK.search(around):
        return True
    rest = _NOT_HAN.sub("", _LABELS.sub("", _DAY_IN_NUMERALS.sub("", around)))
    # A name of up to four characters and a date may stand on the same line.
    return len(rest) > _MOST_AROUND


_SIGNER = re.compile(
    r"^[(（]?(?P<label>(?:原件)?(?:验证|核对|核验|核实|审核|复核|经办|查验|验核|校核|核查|审验|验证核对)"
    r"(?:人员?|者)?(?:[(（]?(?:签名|签字|签章)[)）]?)?|签名|签字|签章)[)）]?[\s:：;；.·,，]*(?P<rest>.*)$"
)
_DAY = re.compile(r"^(?P<label>(?:核对|验证|审核)?(?:日\s*期|时间))[\s:：;；.·,，]*(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and what was read after it; ``at`` = where that begins, as a share of the line's characters."""

    label: str
    rest: str
    at: float


def signer_label(line: str) -> Labelled | None:
    """``验证人：张三`` → the label and the name; None for other lines, as 核对日期."""
    return None if _DAY.match(line) else _labelled(_SIGNER, line)


def day_label(line: str) -> Labelled | None:
    """``日期：2020.8.5`` → the label and the date as read."""
    return _labelled(_DAY, line)


def _labelled(pattern: re.Pattern[str], line: str) -> Labelled | None:
    match = pattern.match(line)
    if match is None:
        return None
    if pattern is _SIGNER and find_phrase(line) is not None:
        return None
    at = _width(line[: match.start("rest")]) / max(_width(line), 1.0)
    return Labelled(match["label"], match["rest"], at)


def _width(text: str) -> float:
    """Printed width in Han characters."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.5 for character in text)


_PERSON = re.compile(r"^[\u3400-\u9fff]{2,4}$|^[\u3400-\u9fff]{1,4}[·•][\u3400-\u9fff]{1,6}$")
_NO_NAME = re.compile(
    r"^(?:日期|时间|单位|公章|盖章|签名|签字|签章|姓名|年月日?|月日|年度?|合格|优秀|称职|不合格|基本称职|同意|备注|属实|情况属实|以上|考核结果"
    r"|.*(?:公司|专用章|专用|有限|中心|部门|委员会|学会|协会|集团|局|厅|编号|日期))$"
)


def may_be_name(text: str) -> bool:
    """Two to four Chinese characters that are no everyday word of a form."""
    tight = re.sub(r"\s", "", text)
    return bool(_PERSON.match(tight)) and not (_NO_NAME.match(tight) or _of_a_statement(tight))


def is_form_word(text: str) -> bool:
    """An everyday word of forms, a unit's name, or a piece of a statement: nobody's signature."""
    tight = re.sub(r"[\s:：;；.。,，、()（）]", "", text)
    return _NO_NAME.match(tight) is not None or _of_a_statement(tight)


def _of_a_statement(text: str) -> bool:
    """The first row of a stamp of two (复印件, 与原件一致), or what a seal leaves of one."""
    return len(text) > 1 and any(text in phrase for phrase in PHRASES)
