"""Does the seal (or the line) name the declared unit? What is folded and why:

- ``有限责任公司`` and ``有限公司``: the same legal form, written either way;
- brackets: ``（绍兴）`` is set with, without or in half-width brackets;
- the department or kind of seal after the name (人事处, 人事专用章): it is the unit that speaks.

What is never folded: numbers (一公司/二公司), directions, ranks of place (区/县), by which rivals differ.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz.distance import LCSseq, Levenshtein

from matching.likeness import SURE_READING, Likeness
from matching.lookalikes import look_alike
from matching.regions import CITIES, PROVINCES, SHORT_NAMES
from matching.text import bare, only_look_alikes

__all__ = ["Likeness", "compare_units", "issuer_province", "normal_unit", "sister_units"]

_DEPARTMENT = re.compile(
    r"(?:(?:(?:组织人事|人力资源|人事教育|人事劳资|劳动人事|政治人事|人事|劳资|政工)(?:管理)?(?:部门|部|处|科|室|股)?"
    r"|(?:党政综合|综合管理|行政管理|组织|政治|综合|行政|继续教育|培训|技术|职称|档案|财务|教育)(?:管理)?(?:部|处|科|室|股)"
    r"|(?:党政|党委|行政|综合)?办公室|党委|党总支|党支部)?"
    r"(?:(?:人事|业务|合同|财务|继续教育|学时|资格审查|职称评审|职称|档案|技术|行政|核对|证明)?专用章|公章|印章|盖章|章)?[0-9]{0,2})$"
)
_CODE = re.compile(r"[0-9]{6,}$")
_RANKED = (
    frozenset("一二三四五六七八九十0123456789"),
    frozenset("东南西北中"),
    frozenset("区县市镇乡省州盟旗村"),
    frozenset("上下左右前后内外"),
    frozenset("局厅部委处科站所院校系"),
    frozenset("大小新老"),
    frozenset("甲乙丙丁"),
)
_NUMBER_PREFIX = re.compile(rf"([{''.join(SHORT_NAMES)}])(?=[a-z0-9人职高中正副建工省字])")
"""``浙G33…``, ``苏高职字…``: the short name of a province at the head of a number."""
_LEGAL = re.compile(r"(?:股份|集团)*有限公司.*$|(?:分)?公司$")
_PLACE = re.compile(r"^(?:[^省]{2,3}省|[^区]{2,6}自治区)?(?:[^市]{2,4}市)?(?:[^区县]{1,3}[区县])?")


def normal_unit(text: str) -> str:
    """Bare name of the unit itself, without department, kind of seal, or the seal's number."""
    name = _CODE.sub("", bare(text)).replace("有限责任公司", "有限公司")
    tail = _DEPARTMENT.search(name)
    return name[: tail.start()] if tail and tail.start() >= 4 else name


def compare_units(expected: str, read: str, confidence: float = 1.0) -> Likeness:
    """Compare a declared unit with a reading of given confidence (0-1).

    SIMILAR: the reading is empty, a fragment, holds the name inside a longer one (parent, branch),
    or differs by what a recogniser may do to a name of this length (one slip in six characters).
    """
    whole_expected, whole_read = bare(expected), bare(read)
    if whole_expected and whole_expected == whole_read:
        return Likeness.SAME
    wanted, got = normal_unit(expected), normal_unit(read)
    if wanted and wanted == got:
        return Likeness.SAME
    if not wanted or len(got) < 2:
        return Likeness.SIMILAR
    if _fragment(wanted, got):
        return Likeness.SIMILAR
    if sister_units(wanted, got):
        return Likeness.DIFFERENT if confidence >= SURE_READING else Likeness.SIMILAR
    if _slips(wanted, got) or (confidence < SURE_READING and _core_shared(wanted, got)):
        return Likeness.SIMILAR
    return Likeness.DIFFERENT


def _fragment(wanted: str, got: str) -> bool:
    return (got in wanted and len(got) >= 3) or (wanted in got and len(wanted) >= 3)


def sister_units(wanted: str, got: str) -> bool:
    """Bare names that differ only where sister units do, each such character exchanged for its own kind."""
    if len(wanted) != len(got):
        return False
    pairs = [(left, right) for left, right in zip(wanted, got, strict=True) if left != right]
    return all(any(left in kind and right in kind for kind in _RANKED) for left, right in pairs)


def _slips(wanted: str, got: str) -> bool:
    """A difference that misreading alone explains: look-alikes, or scattered slips, one to six characters."""
    length = max(len(wanted), len(got))
    allowed = length // 6
    if only_look_alikes(wanted, got):
        return Levenshtein.distance(wanted, got) <= max(allowed, 1)
    edits = Levenshtein.editops(wanted, got)
    unlike = [
        edit.src_pos
        for edit in edits
        if not (edit.tag == "replace" and look_alike(wanted[edit.src_pos], got[edit.dest_pos]))
    ]
    if len(edits) > allowed:
        return False
    # Two neighbouring characters both replaced by unlike ones are another word, not two slips.
    return not any(later - earlier <= 1 for earlier, later in pairwise(unlike))


def _core_shared(wanted: str, got: str) -> bool:
    """Of an unsure reading, most of what is left beside place and legal form stands in the name, in order.

    But for its own word: 恒岳 for 博阳 before a trade that both share is another firm of that trade.
    """
    core_wanted, core_got = _core(wanted), _core(got)
    if len(core_got) < 2 or len(core_wanted) < 2:
        return True
    shared = LCSseq.similarity(core_wanted, core_got)
    if shared / min(len(core_got), len(core_wanted)) <= 0.5:
        return False
    return len(core_wanted) != len(core_got) or not _own_word_differs(core_wanted, core_got)


def _own_word_differs(wanted: str, got: str) -> bool:
    """Both first characters of the core are others, and none of them looks like what it stands for."""
    return all(
        left != right and not look_alike(left, right) for left, right in zip(wanted[:2], got, strict=False)
    )


def _core(name: str) -> str:
    return _LEGAL.sub("", _PLACE.sub("", name))


def issuer_province(text: str) -> str | None:
    """Province (short form, ``浙江``) of a unit's name or a certificate number; None = cannot tell."""
    name = bare(text)
    for province in PROVINCES.values():
        if province in name[:12]:
            return province
    found = [
        (name.index(city), -len(city), province)
        for province, cities in CITIES.items()
        for city in cities.split()
        if city in name
    ]
    if found:
        return min(found)[2]
    short = _NUMBER_PREFIX.match(name)
    return SHORT_NAMES[short.group(1)] if short else None
