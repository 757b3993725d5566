"""Words for the result of an annual assessment, and which of a printed list of choices is ticked."""

from __future__ import annotations

import re

RESULT = (
    r"(?:基本合格|基本称职|不合格|不称职|不定等次|未定等次|不确定等次|不参加考核|优秀|良好|合格|称职|优良|优)"
)
_RESULT = re.compile(RESULT)
_TICKED = "☑√✓✔■●◉⊙▣☒"
_LOOSE_TICKS = "VvＶ回国图区囗"
"""What engines make of a ticked box; counts only where the other boxes are read as empty."""
_EMPTY = "□☐○◯〇口"
_MARKED = re.compile(rf"([{_TICKED}{_LOOSE_TICKS}{_EMPTY}]?)({RESULT})([{_TICKED}]?)")


def chosen(text: str) -> tuple[str, int, int] | None:
    """The result that a text states, with its place: the only one, or the only one ticked."""
    every = list(_MARKED.finditer(text))
    if not every:
        return None
    if len(every) == 1:
        only = every[0]
        if only.group(1) and only.group(1) in _EMPTY and only.group(1) != "口":
            return None
        return only.group(2), *only.span(2)
    ticked = [found for found in every if _is_ticked(found, _TICKED)]
    if not ticked and any(found.group(1) and found.group(1) in _EMPTY for found in every):
        ticked = [found for found in every if found.group(1) and found.group(1) in _LOOSE_TICKS]
    if len(ticked) == 1:
        return ticked[0].group(2), *ticked[0].span(2)
    if len({found.group(2) for found in every}) == 1:
        return every[0].group(2), *every[0].span(2)
    return None


def _is_ticked(found: re.Match[str], marks: str) -> bool:
    before, after = found.group(1), found.group(3)
    return bool((before and before in marks) or (after and after in marks))
