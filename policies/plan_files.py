"""Reads plans from TOML: one file a notice, with the requirements that hold for every plan included."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError

from domain.base import Record
from domain.errors import InputError, SetupError
from domain.plan import USUAL_ROUTE, Plan, Requirement
from domain.settings import load_settings
from policies.plan_problems import Place, PlanProblem, line_of, problems_of
from policies.plan_sense import senseless

R = TypeVar("R", bound=Record)
BUILT_IN = Path(__file__).with_name("plans")
_SHARED_PREFIX = "general"
_TOML_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
DEFAULT_PLAN = "shaoxing-construction-2020"
"""The plan an application is judged by when neither its declaration nor the command line names one."""


class Quoted(Record):
    """The notice's own words for a requirement that is shared by every plan."""

    quote: str = Field(min_length=2)
    source: str = ""


class RequirementsFile(Record):
    """``general.toml``: requirements that every plan includes."""

    requirements: tuple[Requirement, ...]


class PlanFile(Record):
    """A plan as it stands in its TOML file.

    ``include`` names files of shared requirements; ``quotes`` gives this notice's own words for them.
    """

    id: str
    title: str
    notice: str
    issuer: str
    issued: date
    year: int = Field(ge=2000, le=2100)
    counted_to: date
    province: str = ""
    levels: tuple[str, ...] = ()
    routes: tuple[str, ...] = (USUAL_ROUTE,)
    draft: bool = False
    include: tuple[str, ...] = ()
    quotes: Mapping[str, Quoted] = {}
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """A plan file: the plan where it has one, and every problem with ``file 第 n 行``."""

    path: Path
    text: str
    plan: Plan | None
    problems: tuple[str, ...]

    def told(self, problem: PlanProblem) -> str:
        return _told(self.path, self.text, problem)


def plan_ids() -> tuple[str, ...]:
    """Names of the plans that are built in and of those added to the data folder, in alphabetical order."""
    found = {path.stem for folder in _folders() for path in folder.glob("*.toml")}
    return tuple(sorted(found - {_SHARED_PREFIX}))


def load_plan(plan_id: str) -> Plan:
    """The plan to judge by. Raises InputError for an unknown name or a draft, SetupError for a bad file."""
    plan = find_plan(plan_id)
    if plan.draft:
        raise InputError(
            "form.value-format",
            f"评审计划“{plan_id}”还是草稿：请逐条换成新通知的原文，再删去 draft 一行。",
            plan_id,
        )
    return plan


def find_plan(plan_id: str) -> Plan:
    """A plan to be shown, a draft too. Raises InputError for an unknown name, SetupError for a bad file."""
    path = path_of(plan_id)
    if path is None:
        raise InputError(
            "form.value-format",
            f"没有名为“{plan_id}”的评审计划，可用的有：{'、'.join(plan_ids())}。",
            plan_id,
        )
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> Plan:
    return read_plan(path)


def read_plan(path: Path) -> Plan:
    """The plan in a TOML file, a draft too. Raises SetupError naming file, line and key of every problem."""
    examined = examine(path)
    if examined.plan is None or examined.problems:
        raise SetupError("\n".join(examined.problems))
    return examined.plan


def examine(path: Path) -> Examined:
    """All that is wrong with a plan file by itself; what checks make of it is told elsewhere."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "不是 UTF-8 编码的文本"
        return Examined(path, "", None, (f"计划文件 {path.name} 无法读取：{reason}。",))
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Examined(path, text, None, (_syntax(path, error),))
    written, problems = _record(table, PlanFile)
    if written is None:
        return Examined(path, text, None, tuple(_told(path, text, one) for one in problems))
    plan, more = _assembled(path, written)
    told = [_told(path, text, one) for one in (*more, *(senseless(plan, table) if plan else ()))]
    return Examined(path, text, plan, tuple(told))


def _assembled(path: Path, written: PlanFile) -> tuple[Plan | None, list[PlanProblem]]:
    problems: list[PlanProblem] = []
    if written.id != path.stem:
        problems.append(PlanProblem(("id",), f"应与文件名相同，即“{path.stem}”，实为“{written.id}”"))
    shared: list[Requirement] = []
    for name in written.include:
        included = _included(path, name)
        if included is None:
            problems.append(PlanProblem(("include",), f"找不到要包含的文件“{name}.toml”，或其内容有误"))
        else:
            shared += included.requirements
    for unknown in sorted(set(written.quotes) - {requirement.id for requirement in shared}):
        problems.append(PlanProblem(("quotes", unknown), f"没有编号为“{unknown}”的通用要求"))
    requirements = (*written.requirements, *(_in_own_words(one, written.quotes) for one in shared))
    ids = [requirement.id for requirement in requirements]
    for repeated in sorted({one for one in ids if ids.count(one) > 1}):
        problems.append(PlanProblem(("requirements", repeated, "id"), f"编号“{repeated}”重复"))
    fields = {name: getattr(written, name) for name in Plan.model_fields if name != "requirements"}
    return Plan(**fields, requirements=requirements), problems


def _included(path: Path, name: str) -> RequirementsFile | None:
    """A file of shared requirements: beside the plan, else among those built in."""
    for folder in (path.parent, BUILT_IN):
        file = folder / f"{name}.toml"
        if file.is_file():
            try:
                return _record(tomllib.loads(file.read_text(encoding="utf-8")), RequirementsFile)[0]
            except ValueError:
                return None
    return None


def _in_own_words(requirement: Requirement, quotes: Mapping[str, Quoted]) -> Requirement:
    own = quotes.get(requirement.id)
    return requirement.model_copy(update=own.model_dump()) if own else requirement


def _record(table: dict[str, object], shape: type[R]) -> tuple[R | None, list[PlanProblem]]:
    try:
        return shape.model_validate(table), []
    except ValidationError as error:
        return None, [PlanProblem(_by_id(table, one.place), one.message) for one in problems_of(error)]


def _by_id(table: dict[str, object], place: Place) -> Place:
    """``requirements.C-CE-2.quote`` rather than ``requirements.4.quote``: the file is read by people."""
    rows = table.get("requirements")
    if len(place) > 1 and place[0] == "requirements" and isinstance(place[1], int) and isinstance(rows, list):
        row = rows[place[1]]
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            return (place[0], row["id"], *place[2:])
    return place


def _told(path: Path, text: str, problem: PlanProblem) -> str:
    return f"{path.name} 第{line_of(text, problem.place)}行：{problem.shown}。"


def _syntax(path: Path, error: tomllib.TOMLDecodeError) -> str:
    found = _TOML_LINE.search(str(error))
    where = f"第{found[1]}行第{found[2]}列" if found else "末尾"
    return f"{path.name} {where}：不是正确的 TOML 写法，请检查引号、括号和等号（{error}）。"


def _folders() -> tuple[Path, ...]:
    return (BUILT_IN, load_settings().plans)


def path_of(plan_id: str) -> Path | None:
    """A plan that is built in is never replaced by one of the same name."""
    if plan_id == _SHARED_PREFIX or not re.fullmatch(r"[\w-]+", plan_id):
        return None
    return next((file for folder in _folders() if (file := folder / f"{plan_id}.toml").is_file()), None)
