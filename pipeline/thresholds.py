"""The thresholds that this house moved: a file in the data folder, laid under every plan."""

from __future__ import annotations

import json
import os
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from checks.thresholds import Values, of_check, problems_in
from domain.errors import SetupError

HEAD = "# Thresholds that differ from the defaults, written by `hezheng tune … --save`.\n"


def load_thresholds(path: Path) -> Values:
    """What the file says; nothing where there is none. Raises ``SetupError`` where it says what cannot be."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SetupError(f"阈值文件“{path}”无法读取（{error}），请改正或删去。") from error
    values = {check: _numbers(path, check, named) for check, named in table.items()}
    problems = problems_in(values)
    if problems:
        raise SetupError(f"阈值文件“{path}”有误：{'；'.join(problems)}。请改正或删去该行。")
    return values


def save_thresholds(path: Path, values: Values) -> None:
    """Replace the file in one step: a run beside it sees the old values or the new ones."""
    tables = [
        f"[{json.dumps(check)}]\n" + "".join(f"{name} = {value!r}\n" for name, value in sorted(named.items()))
        for check, named in sorted(values.items())
        if named
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            os.fchmod(handle, 0o644)  # workers may run as another user; nothing in it is secret
            stream.write("\n".join([HEAD, *tables]))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def told(values: Values) -> str:
    """What differs from the defaults, in words; nothing where nothing does."""
    return "；".join(
        f"{check} {name} 为 {value:g}（默认 {of_check(check)[name].default:g}）"
        for check, named in sorted(values.items())
        for name, value in sorted(named.items())
    )


def moved(values: Values, check: str, named: Mapping[str, float]) -> Values:
    """``values`` with those of one check moved."""
    return {**values, check: {**values.get(check, {}), **named}}


def _numbers(path: Path, check: str, named: object) -> Mapping[str, float]:
    if isinstance(named, dict) and all(type(value) in (int, float) for value in named.values()):
        return {name: float(value) for name, value in named.items()}
    raise SetupError(f'阈值文件“{path}”中的“{check}”应为一个表，如 ["{check}"] 下写“名称 = 数值”。')
