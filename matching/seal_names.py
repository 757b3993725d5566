"""A declared unit's name as a seal may spell it: what must stand there and what may be left out."""

from __future__ import annotations

import re
from functools import lru_cache

from matching.regions import CITIES, PROVINCES
from matching.seal_alignment import Sign
from matching.units import normal_unit

_LEGAL = re.compile(r"有限(?=公司)")
_RANKS = "市区县省州盟旗"
_PLACES = sorted(
    {
        *(city.removesuffix("市") for city in " ".join(CITIES.values()).split() if city[-1] not in "区县"),
        *("北京", "天津", "上海", "重庆"),
    },
    key=len,
    reverse=True,
)
_CITY = re.compile(rf"({'|'.join(_PLACES)})(市?)(?![{_RANKS}])")
_PROVINCE = re.compile(rf"^({'|'.join(PROVINCES.values())})(省?)(?![市州])")
_ADDED = {"省": 2.0, "市": 2.0, "责": 0.5, "任": 0.5}
"""A rank that stands there though it was not declared is rarer than a longer legal form."""
_HEAD = 12
"""Characters in which a unit's place stands."""


@lru_cache(maxsize=4096)
def spelled(name: str) -> tuple[Sign, ...]:
    """``绍兴市甲建设有限公司``: 市 may be missing, 责任 may be there; all else must stand as it is."""
    bare_name = normal_unit(name)
    optional: set[int] = set()
    added: dict[int, str] = {}
    for match in (*_CITY.finditer(bare_name[:_HEAD]), *_PROVINCE.finditer(bare_name)):
        rank = "省" if match.re is _PROVINCE else "市"
        if match.group(2):
            optional.add(match.start(2))
        else:
            added[match.end(1)] = rank
    for match in _LEGAL.finditer(bare_name):
        added[match.end()] = "责任"
    signs: list[Sign] = []
    for place, character in enumerate(bare_name):
        signs += [Sign(one, optional=True, price=_ADDED[one]) for one in added.get(place, "")]
        signs.append(Sign(character, optional=place in optional))
    return tuple(signs)
