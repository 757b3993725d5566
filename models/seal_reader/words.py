"""Names for seals to teach on: put together at random, and on purpose often without sense.

A reader taught on likely names alone would invent likely names. Hence strings of any characters, rare ones,
and pairs that are alike; only seeds below 5000 are used, and no word stock of the reports.
"""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

from fixtures.content import person_name
from fixtures.seal_variety import BODIES, BOTTOMS, MORE_TRADES, REGIONS, TOWNS, unit_name

ALPHABET = tuple(Path(__file__).with_name("alphabet.txt").read_text(encoding="utf-8").split("\n")[:-1])
"""What the network may read, in the order of its outputs (after the blank)."""

_HAN = tuple(character for character in ALPHABET if "\u3400" <= character <= "\u9fff")


def _in_gb2312(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


_GB2312 = tuple(character for character in _HAN if _in_gb2312(character))
FREQUENT = tuple(character for character in _GB2312 if character.encode("gb2312")[0] < 0xD8)
COMMON = FREQUENT * 2 + _GB2312
"""GB 2312, which every Chinese face can draw; its first level counts thrice."""

_STOCK = {
    kind: tuple(words.split())
    for kind, words in tomllib.loads(
        Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    ).items()
}
_ALIKE, _ROOTS, _FORMS = _STOCK["alike"], _STOCK["places"], _STOCK["forms"]
COUNTIES = _STOCK["counties"]
_KINDS = (*_STOCK["kinds"], "")
_WORKS = (*MORE_TRADES, *_STOCK["works"])
_OFFICES = (*BODIES, *_STOCK["offices"])
_PURPOSES = (
    "合同",
    "财务",
    "发票",
    "业务",
    "工程",
    "投标",
    "资料",
    "报审",
    "图纸",
    "检验",
    "人事",
    "公证",
    "",
)


def _place(rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.35:
        return rng.choice(COUNTIES)
    if chance < 0.45:
        return rng.choice(_ROOTS) + rng.choice(_KINDS)
    if chance < 0.6:
        return "".join(rng.choices(COMMON, k=2)) + rng.choice(("县", "区", "市", "镇", "乡", "村"))
    if chance < 0.7:
        return rng.choice(REGIONS) + rng.choice(_ROOTS) + "市"
    return rng.choice((*TOWNS, *REGIONS))


def _body(rng: random.Random) -> str:
    place = _place(rng) + (_place(rng) if rng.random() < 0.15 else "")
    if rng.random() < 0.35:
        return place + rng.choice(_OFFICES)
    brand = "".join(rng.choices(COMMON if rng.random() < 0.9 else _HAN, k=rng.choice((2, 2, 2, 3, 4))))
    work = rng.choice(_WORKS) + (rng.choice(_WORKS) if rng.random() < 0.3 else "")
    name = place + brand + work + rng.choice(_FORMS)
    if rng.random() < 0.12:
        name = brand + rng.choice(("(", "（")) + place.rstrip("省市县区") + ")" + work + "有限公司"
        name = name if "(" in name else name.replace(")", "）")
    return name + (_place(rng) + rng.choice(_STOCK["branches"]) if rng.random() < 0.12 else "")


def _alike(rng: random.Random, name: str) -> str:
    """A name with one or two characters put in place of ones that look like them, sense or none."""
    for _ in range(rng.choice((1, 2, 3))):
        place = rng.randrange(len(name))
        group = next((group for group in _ALIKE if name[place] in group), None) or rng.choice(_ALIKE)
        name = name[:place] + rng.choice(group) + name[place + 1 :]
    return name


def seal_name(rng: random.Random) -> str:
    """What stands along the ring: 4 to 30 characters, all of them of the alphabet."""
    chance = rng.random()
    if chance < 0.22:
        name = unit_name(rng)
    elif chance < 0.60:
        name = _body(rng)
    elif chance < 0.72:
        name = _alike(rng, _body(rng))
    elif chance < 0.94:
        source = rng.choice((COMMON, COMMON, COMMON, COMMON, _HAN))
        name = "".join(rng.choices(source, k=rng.randint(4, 20)))
        if rng.random() < 0.4:
            name += rng.choice(_FORMS)
    elif chance < 0.97:
        name = "".join(rng.choice(rng.choice(_ALIKE)) for _ in range(rng.randint(6, 16)))
    else:
        name = " ".join(rng.sample(_STOCK["letters"], rng.randint(2, 4)))
        if rng.random() < 0.5:
            name = "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=rng.randint(2, 6))) + _body(rng)
    known = "".join(character for character in name if character in _KNOWN)
    return known[:30] if len(known) >= 4 else "".join(rng.choices(COMMON, k=8))


def row_text(rng: random.Random) -> str:
    """A straight row inside the ring: what the seal is for, a year, a number."""
    chance = rng.random()
    if chance < 0.5:
        return rng.choice(BOTTOMS)
    if chance < 0.75:
        what = rng.choice(_PURPOSES)
        brand = "".join(rng.choices(COMMON, k=rng.choice((0, 0, 2))))
        return brand + what + rng.choice(("专用章", "专用章", "章"))
    if chance < 0.9:
        return "".join(rng.choices(COMMON, k=rng.randint(2, 8)))
    return rng.choice((person_name(rng), f"({rng.randint(1, 30)})", code(rng)))


def code(rng: random.Random) -> str:
    """The registration number of a seal."""
    if rng.random() < 0.2:
        return "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=18))
    return "".join(rng.choices("0123456789", k=rng.choice((10, 13, 13, 13, 14))))


_KNOWN = frozenset(ALPHABET)
