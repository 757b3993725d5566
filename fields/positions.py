"""Professional titles and posts as they are written in certificates and letters: 高级工程师, 技术负责人 …"""

from __future__ import annotations

import re

from domain.facts import Value

POSITION = (
    r"(?:(?:正高级|教授级|研究员级|副高级|高级|中级|初级|助理|主任|主管|首席|总|副总|一级|二级|三级|注册|"
    r"[\u3400-\u9fff]{0,6}(?:监理|造价|建造|测绘|规划|设计|岩土|安全|林业|环境|环保))*"
    r"(?:工程师|经济师|会计师|审计师|统计师|建筑师|规划师|建造师|造价师|农艺师|畜牧师|兽医师|实验师|"
    r"工艺美术师|设计师|技师|讲师|政工师|馆员|编辑|记者|医师|药师|技师)|"
    r"(?:正高级|高级|助理)?(?:讲师|教师|编辑|馆员)|工程?技术员|技术员|助教|副?教授|(?:副|助理)?研究员|"
    r"(?:教授级|正)?高工)"
)
_POSITION = re.compile(POSITION)
_PREFIXES = re.compile(
    r"^[\u3400-\u9fff]{0,6}?(?=(?:监理|造价|建造|测绘|规划|设计|岩土|安全|林业|环境|环保))"
)
_POST = re.compile(
    r"[\u3400-\u9fff]{0,12}?(?:总工程师|负责人|经理|主任|所长|院长|科长|处长|部长|组长|主管|专工|岗位?)"
)


def position(text: str) -> tuple[Value, int, int] | None:
    """The professional title in a text (高级工程师)."""
    found = _POSITION.search(text)
    return (found.group(), found.start(), found.end()) if found else None


def position_or_post(text: str) -> tuple[Value, int, int] | None:
    """The professional title, else a post (技术负责人) where that is all that stands there."""
    named = position(text)
    if named:
        return named
    found = _POST.match(text)
    return (found.group(), found.start(), found.end()) if found else None
