"""A new year's plan from an old one: years and dates moved on, the words still those of the old notice."""

from __future__ import annotations

import re
from pathlib import Path

from domain.errors import InputError
from domain.plan import Plan
from policies.plan_files import path_of, read_plan
from policies.plan_sense import EARLIEST_BACK

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUOTED = re.compile(r"^\s*(?:quote|source)\s*=|^\s*#")
"""Lines that hold the old notice's own words, or a remark: these are for a person to replace."""
_HEAD = """\
# 草稿：由 {old} 复制，年度和日期已顺延 {step} 年，仅供参考。请按新通知逐项修改：
#   1. 改好下面的 title、notice、issuer、issued 和各项 deadline；
#   2. 把每个 quote 换成新通知的原文，source 写明出处；条件有变的，改 checks 里的数值；
#   3. 运行 hezheng plans validate 本文件 --notice 新通知.txt，直到没有错误；
#   4. 删去下面 draft = true 一行，才能用于核对。
"""


def new_plan(source: str, folder: Path, *, year: int | None = None, new_id: str | None = None) -> Path:
    """Write the draft of a new plan into ``folder``; year by default the next after the source's.

    Raises InputError where there is no such source, or a file of the new name lies there already.
    """
    path = path_of(source)
    if path is None:
        raise InputError("form.value-format", f"没有名为“{source}”的评审计划。", source)
    old = read_plan(path)
    wanted = old.year + 1 if year is None else year
    own_year = _YEAR.search(source)
    name = new_id or (_YEAR.sub(str(wanted), source) if own_year else f"{source}-{wanted}")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise InputError("form.value-format", f"计划编号“{name}”只能用小写字母、数字和短横。", name)
    target = folder / f"{name}.toml"
    if path_of(name) is not None or target.exists():
        raise InputError("form.value-format", f"已有名为“{name}”的评审计划，请换一个编号。", name)
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(_moved_on(path.read_text(encoding="utf-8"), old, name, wanted), encoding="utf-8")
    return target


def _moved_on(text: str, old: Plan, name: str, year: int) -> str:
    step = year - old.year
    lines = [_line(line, old, step) for line in text.splitlines() if not re.match(r"\s*draft\s*=", line)]
    place = next(number for number, line in enumerate(lines) if re.match(r"\s*id\s*=", line))
    lines[place : place + 1] = [f'id = "{name}"', "draft = true"]
    return _HEAD.format(old=old.id, step=step) + "\n".join(lines) + "\n"


def _line(line: str, old: Plan, step: int) -> str:
    if _QUOTED.match(line):
        return line

    def moved(found: re.Match[str]) -> str:
        year = int(found[0])
        # 2001 and other years of long ago are rules, not dates of this round.
        return str(year + step) if old.year - EARLIEST_BACK <= year <= old.year + 1 else found[0]

    return _YEAR.sub(moved, line)
