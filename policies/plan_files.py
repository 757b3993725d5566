"""Reads plans from TOML: one file a notice, with the requirements that hold for every plan included."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError

from domain.base import Record
from domain.errors import InputError, SetupError
from domain.plan import Plan, Requirement

R = TypeVar("R", bound=Record)
_FOLDER = Path(__file__).with_name("plans")
_SHARED_PREFIX = "general"
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
    year: int
    counted_to: date
    levels: tuple[str, ...] = ()
    routes: tuple[str, ...] = ("正常",)
    include: tuple[str, ...] = ()
    quotes: Mapping[str, Quoted] = {}
    requirements: tuple[Requirement, ...]


def plan_ids() -> tuple[str, ...]:
    """Names of the plans that are built in, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem != _SHARED_PREFIX))


@lru_cache(maxsize=32)
def load_plan(plan_id: str) -> Plan:
    """A built-in plan. Raises InputError for an unknown name, SetupError (file and key) for a bad file."""
    if plan_id not in plan_ids():
        raise InputError(
            "form.value-format",
            f"没有名为“{plan_id}”的评审计划，可用的有：{'、'.join(plan_ids())}。",
            plan_id,
        )
    return read_plan(_FOLDER / f"{plan_id}.toml")


def read_plan(path: Path) -> Plan:
    """The plan in a TOML file; files it includes are looked for beside it."""
    written = _parsed(path, PlanFile)
    if written.id != path.stem:
        raise SetupError(f"计划文件 {path.name} 的 id 应为 {path.stem}，实为 {written.id}。")
    shared = [
        requirement
        for name in written.include
        for requirement in _parsed(path.with_name(f"{name}.toml"), RequirementsFile).requirements
    ]
    unknown = set(written.quotes) - {requirement.id for requirement in shared}
    if unknown:
        raise SetupError(f"计划文件 {path.name} 的 quotes 中没有对应的要求：{'、'.join(sorted(unknown))}。")
    requirements = (*written.requirements, *(_in_own_words(one, written.quotes) for one in shared))
    ids = [requirement.id for requirement in requirements]
    repeated = sorted({one for one in ids if ids.count(one) > 1})
    if repeated:
        raise SetupError(f"计划文件 {path.name} 的要求编号重复：{'、'.join(repeated)}。")
    fields = {name: getattr(written, name) for name in Plan.model_fields if name != "requirements"}
    return Plan(**fields, requirements=requirements)


def _in_own_words(requirement: Requirement, quotes: Mapping[str, Quoted]) -> Requirement:
    own = quotes.get(requirement.id)
    return requirement.model_copy(update=own.model_dump()) if own else requirement


def _parsed(path: Path, shape: type[R]) -> R:
    """The file as a record. Raises SetupError naming file and key."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetupError(f"计划文件 {path.name} 无法读取：{error}") from error
    try:
        return shape.model_validate(table)
    except ValidationError as error:
        keys = "；".join(
            f"{_key(table, one['loc'])}：{one['msg']}" for one in error.errors(include_url=False)
        )
        raise SetupError(f"计划文件 {path.name} 有误：{keys}") from error


def _key(table: dict[str, object], place: tuple[int | str, ...]) -> str:
    """``requirements.C-CE-2.quote`` rather than ``requirements.4.quote``: the file is read by people."""
    parts = [str(part) for part in place]
    rows = table.get("requirements")
    if len(place) > 1 and place[0] == "requirements" and isinstance(place[1], int) and isinstance(rows, list):
        row = rows[place[1]]
        if isinstance(row, dict) and "id" in row:
            parts[1] = str(row["id"])
    return ".".join(parts)
