"""Words for the result of an annual assessment, and which of a printed list of choices is ticked."""

from __future__ import annotations

import re

RESULT = (
    r"(?:基本合格|基本称职|不合格|不称职|不定等次|未定等次|不确定等次|不参加考核|优秀|良好|合格|称职|优良|优)"
)
_TICKED = "☑√✓✔■●◉⊙▣☒"
_LOOSE_TICKS = "VvＶ回国图区囗"
"""What engines make of a ticked box; counts only where the other boxes are read as empty."""
_EMPTY = "□☐○◯〇口"
_LEAST_BOXES = 2
_MARKS = _TICKED + _LOOSE_TICKS + _EMPTY
_BEFORE = re.compile(rf"(?P<mark>[{_MARKS}]?)(?P<result>{RESULT})")
_AFTER = re.compile(rf"(?P<result>{RESULT})[(]?(?P<mark>[{_MARKS}]?)")


def chosen(text: str) -> tuple[str, int, int] | None:
    """The result that a text states, with its place: the only one, or the only one ticked."""
    every = _choices(text)
    results = {found["result"] for found in every}
    if not every:
        return None
    marked = [found for found in every if found["mark"]]
    ticked = [found for found in marked if found["mark"] in _TICKED]
    if not ticked and any(found["mark"] in _EMPTY for found in marked):
        ticked = [found for found in marked if found["mark"] in _LOOSE_TICKS]
    if len(ticked) == 1:
        return ticked[0]["result"], *ticked[0].span("result")
    if ticked or len(results) > 1 or (marked and all(found["mark"] in _EMPTY for found in marked)):
        return None
    return every[0]["result"], *every[0].span("result")


def unboxed(text: str) -> tuple[tuple[str, int, int], ...]:
    """Choices without the empty box that most others have: engines lose boxes that a tick runs through.

    Nothing where a tick was read, where fewer than two empty boxes were, or where it cannot be told
    whether the boxes stand before the words or after them.
    """
    before, after = list(_BEFORE.finditer(text)), list(_AFTER.finditer(text))
    boxed = [sum(bool(found["mark"]) for found in every) for every in (before, after)]
    every = before if boxed[0] > boxed[1] else after
    marks = [found["mark"] for found in every if found["mark"]]
    if boxed[0] == boxed[1] or len(marks) < _LEAST_BOXES or not all(mark in _EMPTY for mark in marks):
        return ()
    return tuple((found["result"], *found.span("result")) for found in every if not found["mark"])


def _choices(text: str) -> list[re.Match[str]]:
    """Results with their boxes, which a form prints before all of them or after all of them."""
    before, after = list(_BEFORE.finditer(text)), list(_AFTER.finditer(text))
    boxed = [sum(bool(found["mark"]) for found in every) for every in (before, after)]
    if boxed[0] == boxed[1]:
        return before if before and before[0]["mark"] else after
    return before if boxed[0] > boxed[1] else after
