"""Labels and issues that a genuine journal never had.

One CN number is one journal, one title, one edition (期刊出版形式规范): a monthly has no issue for part
of a month, and nothing may be added to a registered title. By such labels a false journal is printed
under a genuine number.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from matching.text import squeeze

_LABEL = re.compile(
    r"^(?P<base>.{2,}?)[(\[·.\-—:]?(?P<label>中文版|教研版|教学版|学术版|学术刊|学术卷|理论版|理论刊|"
    r"综合版|科研版|论文版|专业版|工程技术版|教育教学版|下半月版?|上半月版?|[上中下]旬刊?|[上中下]半月刊?)[)\]]?》?$"
)
_PART = re.compile(r"[(（]?(?P<part>[上中下])(?:旬|半月)?刊?[)）]?$|(?P<long>[上中下](?:旬|半月))")
_ISSUES_A_YEAR = {
    "周刊": 53, "旬刊": 37, "双周": 27, "半月": 25, "半月刊": 25, "月刊": 13, "双月": 7, "双月刊": 7,
    "季刊": 5, "四月一期": 4, "半年": 3, "半年刊": 3, "年刊": 2,
}  # fmt: skip
"""Most issues that a year may number: one more than the frequency says, for a double or extra issue."""
_IN_PARTS = frozenset({"周刊", "旬刊", "双周", "半月", "半月刊"})


def label_of(title: str) -> tuple[str, str]:
    """Title without its label, and the label (``""`` where it bears none of the suspicious ones)."""
    match = _LABEL.match(squeeze(title).strip("《》"))
    return (match["base"], match["label"]) if match else (title, "")


def part_issue(issue: str, frequencies: Collection[str]) -> str:
    """The issue where it names a part of a month (``3月(中)``, ``8下``) that these frequencies lack."""
    if not any(frequencies) or any(one in _IN_PARTS for one in frequencies):
        return ""
    return issue if _PART.search(squeeze(issue)) else ""


def impossible_issue(issue: str, frequencies: Collection[str]) -> bool:
    """Whether the plain issue number is higher than any of these frequencies allows in a year."""
    limits = [_ISSUES_A_YEAR[one] for one in frequencies if one in _ISSUES_A_YEAR]
    plain = squeeze(issue)
    if not limits or len(limits) < len(frequencies) or not plain.isdigit():
        return False
    return max(limits) < int(plain) < 100


def is_label(line: str) -> str:
    """The label, where a line of a cover is nothing but one of the suspicious labels."""
    text = squeeze(line).strip("()[]·.—-")
    _, label = label_of(f"某刊{text}")
    return label if label == text else ""
