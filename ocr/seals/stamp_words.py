"""What square and rectangular stamps say, and hardly anything else that stands in a box of its own."""

from __future__ import annotations

import re

_STRONG = re.compile(
    "专用章|公章|印章|业务章|审核章|校对章|骑缝|[收付验核办转]讫|作废|注销|收文|发文|来文|与原件|原件已|复印无效|正本|副本"
)
"""Words of offices and their stamps."""
_SIGNED = re.compile("[\u3400-\u9fff]{2,}(?:印|章)$")
"""A name seal, or a unit's: it ends with the word for what it is."""
_WEAK = re.compile(
    "已(?:审|核|查|校|检|验|登记|归档|存档|备案|盖章|受理|办结)|(?:核对|审核|核验|查验)无误|归档|存档|受控|绝密|机密|急件"
)
"""Words of stamps that stand in the boxes of flow charts as well."""
_UNIT = re.compile(
    "[\u3400-\u9fff]{3,}(?:公司|集团|委员会|办公室|管理局|监督站|服务站|中心|学院|大学|学校|医院|银行|法院|检察院|研究所|研究院"
    "|事务所|设计院|协会|工会|总会|政府|公证处)"
    "|[\u3400-\u9fff]{4,}(?:局|站|所|院|厅|处|会|校|厂|馆|社|部|队)$"
)
"""The name of a unit, which stands in the boxes of charts and forms as well."""


def stamp_words(text: str, *, tilted: bool) -> bool:
    """Whether the text is that of a stamp. ``tilted``: its frame leans as nothing printed does."""
    return bool(
        _STRONG.search(text)
        or _SIGNED.search(text)
        or (tilted and (_WEAK.search(text) or _UNIT.search(text)))
    )
