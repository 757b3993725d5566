"""What is wrong with a plan file: in Chinese, at which key, on which line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

Place = tuple[int | str, ...]

_WORDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识的项，请检查拼写",
    "string_type": "应为文字（写在引号里）",
    "string_too_short": "内容为空或太短",
    "string_pattern_mismatch": "格式不对，应如“C-CE-2”：大写字母和数字，用短横连接",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "date_type": "应为日期，如 2020-12-31（不加引号）",
    "date_parsing": "应为日期，如 2020-12-31",
    "date_from_datetime_parsing": "应为日期，如 2020-12-31",
    "tuple_type": "应为列表（写在方括号里）",
    "frozen_set_type": "应为列表（写在方括号里）",
    "mapping_type": "应为一组“名称 = 值”",
    "dict_type": "应为一组“名称 = 值”",
    "model_type": "应为一组“名称 = 值”",
    "too_short": "内容太少",
}
_BOUNDS = {
    "greater_than": ("gt", "应大于"),
    "greater_than_equal": ("ge", "不应小于"),
    "less_than": ("lt", "应小于"),
    "less_than_equal": ("le", "不应大于"),
}
_TABLE = re.compile(r"^\s*\[(\[)?\s*([^\]]+?)\s*\]")


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """``place``: keys from the top of the file; a requirement by its id, else by its number."""

    place: Place
    message: str

    @property
    def shown(self) -> str:
        return f"{'.'.join(str(part) for part in self.place)}：{self.message}" if self.place else self.message


def problems_of(error: ValidationError, before: Place = ()) -> list[PlanProblem]:
    """Every problem of a record that could not be made."""
    return [
        PlanProblem((*before, *one["loc"]), _message(one["type"], one.get("ctx", {}), str(one["msg"])))
        for one in error.errors(include_url=False)
    ]


def _message(kind: str, context: dict[str, object], english: str) -> str:
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return f"{words}{context.get(key)}"
    if kind in ("literal_error", "enum"):
        return f"不是可用的值，可用的有：{str(context.get('expected', '')).replace(' or ', '、')}"
    return _WORDS.get(kind, f"内容不对（{english}）")


def line_of(text: str, place: Place) -> int:
    """Line (from 1) of a key in the text of a plan; the nearest heading above where the key is absent."""
    lines = text.splitlines()
    if len(place) >= 2 and place[0] == "requirements":
        first, last = _requirement(lines, place[1])
        return _within(lines, first, last, place[2:])
    if len(place) >= 2 and place[0] == "quotes":
        heading = [number for number, line in enumerate(lines) if _heading(line) == f"quotes.{place[1]}"]
        first = heading[0] if heading else 0
        return _within(lines, first, _next_heading(lines, first), place[2:])
    return _within(lines, 0, _next_heading(lines, -1), place)


def _heading(line: str) -> str | None:
    found = _TABLE.match(line)
    return found[2].replace('"', "") if found else None


def _next_heading(lines: Sequence[str], after: int) -> int:
    return next(
        (number for number in range(after + 1, len(lines)) if _heading(lines[number]) is not None), len(lines)
    )


def _requirement(lines: Sequence[str], named: int | str) -> tuple[int, int]:
    """First line and the line after the last of one ``[[requirements]]``."""
    starts = [number for number, line in enumerate(lines) if _heading(line) == "requirements"]
    ends = [*starts[1:], len(lines)]
    own = re.compile(rf'^\s*id\s*=\s*["\']{re.escape(str(named))}["\']')
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        if place == named or any(own.match(line) for line in lines[first:last]):
            return first, last
    return 0, len(lines)


def _within(lines: Sequence[str], first: int, last: int, keys: Place) -> int:
    """Follow the keys downwards; ``checks`` and a number mean the n-th use of a check."""
    at = first
    for before, key in zip((None, *keys), keys, strict=False):
        if isinstance(key, int):
            if before != "checks":
                continue
            pattern, nth = re.compile(r"\bcheck\s*="), key
        else:
            pattern, nth = re.compile(rf'(?:^|[\s{{,"\']){re.escape(key)}["\']?\s*='), 0
        found = [number for number in range(at, last) for _ in pattern.finditer(_code(lines[number]))]
        if len(found) <= nth:
            break
        at = found[nth]
    return at + 1


def _code(line: str) -> str:
    """The line without what is only said in it: a comment, the inside of quotation marks."""
    return re.sub(r'"(?:[^"\\]|\\.)*"(?!\s*=)', '""', line).split("#")[0]
