"""How likely a run of Chinese characters is a person's name, or several without a space between.

A name is a surname from the list and one or two further characters. Words of titles that begin with a
surname's character (施工, 高层, 方法 …) are kept out by a list of such words, not by guesswork.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fields.paper_words import TITLE_WORDS

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
_COMPOUND = (
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 夏侯 端木 百里 南宫 西门 东郭 "
    "呼延 轩辕 拓跋 独孤 闻人 申屠"
)
_NO_GIVEN_NAME = frozenset("的与及其在对究析筑某等或并者们吗呢了把被让")
HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
HAN_RUN = re.compile(f"[{HAN}]+")
_PER_NAME = 0.3
"""What one more name costs when a run is cut: fewer, longer names are likelier."""
LEAST = -2.4
"""A rarer surname with two characters given still passes; a rare one with one character does not alone."""


@lru_cache(maxsize=16384)
def _name_score(word: str) -> float | None:
    """How likely a run of 2-4 Chinese characters is one person's name (log scale, about 0 … -3)."""
    if word in TITLE_WORDS or word[:2] in TITLE_WORDS or set(word[1:]) & _NO_GIVEN_NAME:
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
    joined = -0.8 if "之" in word[1:-1] else 0.0  # 王之涣 is a name, and 江之春 may end a title
    swallowed = -0.4 if len(word) == 3 and word[2] in _FREQUENT[:60] else 0.0  # 韩梅朱强: 韩梅, 朱强
    return rarity + swallowed + joined + named_after_a_word + (-0.1 if len(word) == 3 else -0.6)


@lru_cache(maxsize=8192)
def run_of_names(text: str) -> tuple[tuple[str, ...], float] | None:
    """Cut a run of Chinese characters without spaces into names; the mean score tells how likely it is."""
    if not 2 <= len(text) <= 40 or not HAN_RUN.fullmatch(text):
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


def begins_as_name(text: str) -> bool:
    """Two or three characters, the first a surname, whatever word they may make."""
    return len(text) in (2, 3) and text[0] in _FREQUENT + _LESS_FREQUENT and bool(HAN_RUN.fullmatch(text))


def one_name(text: str) -> bool:
    """A lone Chinese name of an ordinary shape."""
    score = _name_score(text)
    return score is not None and score >= LEAST - 0.3
