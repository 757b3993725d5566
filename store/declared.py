"""What a database would refuse of a declaration, told before it is asked: columns have an end, PostgreSQL
keeps no NUL and no number without end, UTF-8 no half character."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_LONGEST = {
    ("plan",): ("评审计划", 80),
    ("applicant", "name"): ("姓名", 80),
    ("applicant", "employer"): ("工作单位", 200),
}
_LONGEST_ABOUT = 80
NOT_PLAIN = "申报表数据中有无法保存的字符或数字（如空字符、无穷大）"


def too_long(declared: Mapping[str, Any]) -> dict[str, str]:
    """What is too long, by the field's name: what to tell of it."""
    found: dict[str, str] = {}
    for place, (word, most) in _LONGEST.items():
        value: Any = declared
        for step in place:
            value = (value or {}).get(step)
        if len(value or "") > most:
            found[".".join(place)] = f"{word}过长，最多{most}个字"
    for number, entry in enumerate(declared.get("evidence") or ()):
        if len(entry.get("about") or "") > _LONGEST_ABOUT:
            found[f"evidence.{number}.about"] = f"第{number + 1}项材料的“about”过长，最多{_LONGEST_ABOUT}个字"
    return found


def fault(declared: Mapping[str, Any]) -> str:
    """Why no database would keep it, in words for whoever declared it; ``""`` where all do."""
    told = [*too_long(declared).values(), *([] if is_plain(declared) else [NOT_PLAIN])]
    return "；".join(told) + "。请改正后重新提交。" if told else ""


def is_plain(declared: Mapping[str, Any]) -> bool:
    """Whether every character and number in it can be kept."""
    try:
        text = json.dumps(declared, ensure_ascii=False, allow_nan=False)
        return "\\u0000" not in text and bool(text.encode())
    except (ValueError, UnicodeEncodeError):
        return False
