"""Chinese and romanised personal names in author lines, also where an engine lost the spaces between them.

A name is a surname from the list and one or two further characters. Words of titles that begin with a
surname's character (施工, 高层, 方法 …) are kept out by a list of such words, not by guesswork.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fields.paper_words import TITLE_ENDS, TITLE_WORDS

_FREQUENT = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_LESS_FREQUENT = (
    "俞章鲁施樊葛傅翁季倪殷岳齐伍梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翟隋植"
    "甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠"
    "连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥"
    "保和蔺水云昌凤酆皮康元平尚温储宣贲郏杭洪诸崔钮嵇邢滑荣羊惠麴家芮羿靳汲邴松富乌焦巴弓隗山秋伊暴钭厉戎祖束幸韶蓟宿怀蒲"
    "从鄂索咸籍赖乔阴胥苍双闻莘翟贡劳逄申扶堵郦雍璩濮寿通扈尉冒别阎充慕茹向易慎戈庾终暨居衡步耿满弘国文寇广禄阙东殳沃利蔚"
    "越夔隆师巩厍聂晁勾敖融冷訾阚那空毋乜养须丰巢蒯相红游竺权逯后代沐肇占展母闪肆战信原佘但晋祥植战牛申尤麻初门安常湛"
)
_COMPOUND = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "长孙",
        "宇文",
        "司徒",
        "夏侯",
        "端木",
        "百里",
        "南宫",
        "西门",
        "东郭",
        "呼延",
        "轩辕",
        "拓跋",
        "独孤",
        "闻人",
        "申屠",
    ]
)
_NO_GIVEN_NAME = frozenset("的与及其在对究析筑某等或并者们吗呢了把被让")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_LATIN_NAME = re.compile(
    r"(?:[A-Z]{2,}(?:[ -]?[A-Z]{2,})?,? ?[A-Z][a-z]+(?:[ '’-]?[A-Za-z]?[a-z]+)?"
    r"|[A-Z][a-z]+(?:-[A-Za-z]?[a-z]+)?(?: [A-Z]\.?){0,2} [A-Z][A-Za-z][a-z'’-]*)"
)
_SEPARATORS = re.compile(r"[\s,，、;；/／|｜\d*＊∗⁎†‡#△▲☆★①-⑳¹²³⁴-⁹]+")
_MARKS_BEFORE = re.compile(r"^(?:作者[:：]?|文[/／|｜:：]|[◎□○●■◆◇△▲※/／|｜·•—\-–_:：\s]+)+")
_BRACKETS = re.compile(r"^[(（\[【〔<《]\s*(.+?)\s*[)）\]】〕>》]$")
_UNIT_BRACKET = re.compile(r"\s*[(（][^()（）]*(?:公司|大学|学院|[院局所站]|中心|集团)[^()（）]{0,12}[)）]$")
"""The employer behind an author's name."""
_NOTE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_PER_NAME = 0.3
"""What one more name costs when a run is cut: fewer, longer names are likelier."""
_LEAST = -2.4
"""A rarer surname with two characters given still passes; a rare one with one character does not alone."""


class Split(NamedTuple):
    """A text whose end is a list of names. ``sure`` 0-1: 1 = marked off, lower = told by the names' shape."""

    head: str
    names: tuple[str, ...]
    sure: float


@lru_cache(maxsize=16384)
def _name_score(word: str) -> float | None:
    """How likely a run of 2-4 Chinese characters is one person's name (log scale, about 0 … -3)."""
    if word in TITLE_WORDS or word[:2] in TITLE_WORDS or set(word[1:]) & _NO_GIVEN_NAME or "之" in word[1:-1]:
        return None
    if word[:2] in _COMPOUND and len(word) in (3, 4):
        return -0.3
    if len(word) not in (2, 3):
        return None
    if word[0] in _FREQUENT:
        rarity = 0.0 if _FREQUENT.index(word[0]) < 40 else -0.4
    elif word[0] in _LESS_FREQUENT:
        rarity = -2.0
    else:
        return None
    named_after_a_word = -1.0 if word[1:] in TITLE_WORDS else 0.0  # 王建设, 李文明 are people nevertheless
    swallowed = -0.4 if len(word) == 3 and word[2] in _FREQUENT[:60] else 0.0  # 韩梅朱强: 韩梅, 朱强
    return rarity + swallowed + named_after_a_word + (-0.1 if len(word) == 3 else -0.6)


@lru_cache(maxsize=8192)
def run_of_names(text: str) -> tuple[tuple[str, ...], float] | None:
    """Cut a run of Chinese characters without spaces into names; the mean score tells how likely it is."""
    if not 2 <= len(text) <= 40 or not _HAN_RUN.fullmatch(text):
        return None
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(text)
    for end in range(2, len(text) + 1):
        for size in (2, 3, 4):
            before = best[end - size] if end >= size else None
            score = _name_score(text[end - size : end]) if before is not None else None
            if before is None or score is None:
                continue
            total = before[0] + score - _PER_NAME
            held = best[end]
            if held is None or total > held[0]:
                best[end] = (total, (*before[1], text[end - size : end]))
    found = best[-1]
    if found is None:
        return None
    return found[1], (found[0] + _PER_NAME * len(found[1])) / len(found[1])


def one_name(text: str) -> bool:
    """A lone Chinese name of an ordinary shape."""
    score = _name_score(text)
    return score is not None and score >= _LEAST - 0.3


def author_list(text: str) -> tuple[str, ...]:
    """The names, where the whole text is a list of names (labels, superscripts, 等 dropped); else ``()``."""
    body = _MARKS_BEFORE.sub("", text.strip())
    inside = _BRACKETS.match(body)
    body = inside.group(1) if inside else _NOTE.sub(" ", body)
    body = re.sub(r"(?:等|et al\.?|整理|译|摄影)\s*$", "", body.strip(" .。…:："))
    if not body:
        return ()
    if not _HAN_RUN.search(body):
        return _latin_names(body)
    tokens = _lone_characters_joined([token for token in _SEPARATORS.split(body) if token])
    names: list[str] = []
    strange = 0
    for token in tokens:
        found = _token_names(token)
        if found:
            names += found
        elif re.fullmatch(f"[{_HAN}]{{2,3}}", token) and token not in TITLE_WORDS:
            names.append(token)
            strange += 1
        elif not re.fullmatch(r"[A-Za-z,.]{1,2}", token):
            return ()
    return tuple(names) if len(names) - strange > strange or (names and not strange) else ()


def _token_names(token: str) -> tuple[str, ...]:
    dotted = token.strip("·.")
    if "·" in dotted:
        parts = [part for part in dotted.split("·") if part]
        if all(one_name(part) for part in parts):
            return tuple(parts)
        return (dotted,) if re.fullmatch(f"[{_HAN}]{{2,6}}(?:·[{_HAN}]{{2,6}}){{1,2}}", dotted) else ()
    found = run_of_names(dotted)
    if found and (len(found[0]) > 1 or found[1] >= _LEAST - 0.3):
        return found[0]
    return ()


def _lone_characters_joined(tokens: list[str]) -> list[str]:
    """“王 明” stands spread out so that it is as wide as a name of three characters."""
    joined: list[str] = []
    place = 0
    while place < len(tokens):
        pair = tokens[place : place + 2]
        if len(pair) == 2 and all(re.fullmatch(f"[{_HAN}]", token) for token in pair):
            joined.append("".join(pair))
            place += 2
        else:
            joined.append(tokens[place])
            place += 1
    return joined


def _latin_names(text: str) -> tuple[str, ...]:
    body = re.sub(r"[\d*†‡#]+(?:\s*,\s*[\d*†‡#]+)*", "", text)
    parts = [part.strip() for part in re.split(r"[,;，；、&]| and ", body) if part.strip()]
    if parts and all(_LATIN_NAME.fullmatch(part) for part in parts):
        return tuple(parts)
    return ()


def names_at_end(text: str) -> Split | None:
    """Part a title from the names after it. ``None`` where the end does not look like names."""
    body = text.rstrip(" .。…·,，、;；/／|｜")
    body = _UNIT_BRACKET.sub("", body)
    bracket = re.search(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]$", body)
    if bracket and (inside := author_list(bracket.group(1))):
        return Split(body[: bracket.start()].rstrip(), inside, 0.95)
    latin = re.search(
        r"(?:[\s,;/]|(?<=[a-z\u4e00-\u9fff]))"
        r"((?:[A-Z]{2,} ?[A-Z][a-z]+(?:[-' ]?[a-z]+)?(?:\s*[,;，]\s*)?)+)$",
        body,
    )
    if latin and (inside := _latin_names(latin.group(1))):
        return Split(body[: latin.start()].rstrip(" ,;/"), inside, 0.85)
    marked = _marked_off(body)
    glued = _glued(marked.head if marked else body, after=bool(marked))
    if marked and glued and (marked.sure < 0.9 or glued.sure >= 0.85):
        return Split(glued.head, glued.names + marked.names, min(glued.sure, marked.sure))
    return marked or glued


def _marked_off(body: str) -> Split | None:
    """Names at the end that separators mark off. Less sure after a comma: a name may be glued before it."""
    pieces = list(re.finditer(r"[^\s,，、;；/／|｜]+", body))
    start, count = len(pieces), 0
    while start > 1:
        token = pieces[start - 1].group()
        alone = (
            start >= 2
            and re.fullmatch(f"[{_HAN}]", token)
            and re.fullmatch(f"[{_HAN}]", pieces[start - 2].group())
        )
        step = 2 if alone else 1
        run = "".join(piece.group() for piece in pieces[start - step : start])
        if start - step < 1 or not _token_names(re.sub(r"[\d*]+$", "", run)):
            break
        start, count = start - step, count + 1
    if not count:
        return None
    head = body[: pieces[start].start()]
    names = author_list(body[pieces[start].start() :])
    if not names or len(head.strip()) < 4:
        return None
    comma = head.rstrip() != head.rstrip().rstrip(",，、;；")
    return Split(head.rstrip(" ,，、;；/／|｜"), names, 0.6 if comma else 0.9)


def _glued(body: str, after: bool) -> Split | None:
    """Names right at the end of a title, told by their shape and the title's last word."""
    run = re.search(f"[{_HAN}]+$", body)
    if not run:
        return None
    best: tuple[float, Split] | None = None
    for size in range(2, min(len(run.group()), 24) + 1):
        head, tail = body[:-size], body[-size:]
        found = run_of_names(tail)
        if found is None or len(head.strip()) < 4:
            continue
        names, mean = found
        ends = head.endswith(TITLE_ENDS) or bool(re.search(r"[)）】\]”\"》A-Za-z\d?？!！]$", head))
        score = sum(1.0 for _ in names) * (1.2 + mean) + (2.5 if ends else 0.0) + (0.5 if after else 0.0)
        sure = 0.85 if ends and mean > -1.3 else 0.7 if ends or (after and mean > -0.8) else 0.5
        if mean < _LEAST or (not ends and mean < -0.7 and not after):
            continue
        if best is None or score > best[0]:
            best = (score, Split(head.rstrip(), names, sure))
    return best[1] if best else None
