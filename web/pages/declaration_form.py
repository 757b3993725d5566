"""The declaration as a form: its parts as data, what was typed as JSON of the contract, and back.

A cell is called as its place in the declaration, ``papers.0.year``. What the form does not ask for stays as
it was declared before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from domain.declaration import Declaration

MOST_ROWS = 40
TEXT, YEAR, NUMBER, DAY, MONTH, NAMES, TICK, CHOICE, LONG, SECRET = (
    "text", "year", "number", "day", "month", "names", "tick", "choice", "long", "secret",
)  # fmt: skip
YES, NO = "yes", "no"
_SEPARATORS = re.compile(r"[;；、,，]")
_HINTS = {
    YEAR: "请填写4位年份，例如 2019。",
    NUMBER: "请填写数字，例如 62。",
    NAMES: "多人之间用分号隔开。",
    CHOICE: "请从列表中选择。",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. ``choices``: pairs of value and words; those of ``yes`` and ``no`` are truth values."""

    name: str
    label: str
    kind: str = TEXT
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Cells that belong together; ``many``: a table with as many rows as one likes."""

    name: str
    title: str
    cells: tuple[Cell, ...]
    hint: str = ""
    many: bool = True


_TRUTH = ((YES, "是"), (NO, "否"))

APPLICANT = Part(
    "applicant",
    "申报人",
    (
        Cell("applicant.name", "姓名", needed=True),
        Cell("applicant.id_number", "身份证号", SECRET),
        Cell("applicant.employer", "工作单位", hint="与公章上的单位全称一致"),
        Cell(
            "employer_kind",
            "单位性质",
            CHOICE,
            choices=(("企业", "企业"), ("事业单位", "事业单位"), ("其他", "其他")),
        ),
        Cell("applicant.current_title.name", "现任职称", hint="例如 高级工程师"),
        Cell("applicant.current_title.obtained", "取得时间", MONTH),
        Cell("category", "申报专业类别", hint="通知有分类时填写"),
        Cell("social_security_province", "社保缴纳省份", hint="例如 浙江"),
    ),
    many=False,
)
ROWS = (
    Part(
        "continuing_education",
        "继续教育学时",
        (
            Cell("year", "年度", YEAR, needed=True),
            Cell("total", "总学时", NUMBER),
            Cell("professional", "专业科目", NUMBER),
            Cell("industry_public", "行业公需", NUMBER),
            Cell("general_public", "一般公需", NUMBER),
        ),
        "每年度一行，按登记证明填写。",
    ),
    Part(
        "certificates",
        "资格证书",
        (
            Cell("name", "证书名称", hint="例如 高级工程师"),
            Cell("number", "证书编号"),
            Cell("obtained", "取得时间", MONTH),
        ),
    ),
    Part(
        "appointments",
        "聘任经历",
        (
            Cell("position", "聘任职务", hint="例如 高级工程师"),
            Cell("start", "开始日期", DAY),
            Cell("end", "结束日期", DAY, hint="仍在聘的不填"),
        ),
        "按聘书逐段填写。",
    ),
    Part(
        "assessments",
        "年度考核",
        (Cell("year", "年度", YEAR, needed=True), Cell("result", "考核结果", hint="例如 合格、优秀")),
    ),
    Part(
        "papers",
        "论文",
        (
            Cell("title", "题名", needed=True),
            Cell("authors", "作者", NAMES, hint="多人之间用分号隔开"),
            Cell("journal", "期刊名称"),
            Cell("issn", "ISSN", hint="例如 1002-848X"),
            Cell("cn", "国内统一刊号（CN）", hint="例如 11-2833/TU"),
            Cell("year", "发表年份", YEAR),
            Cell("issue", "期号", hint="例如 5"),
            Cell("pages", "起止页码", hint="例如 12-16"),
        ),
    ),
    Part(
        "education",
        "学历",
        (
            Cell("level", "学历层次", hint="例如 本科"),
            Cell("school", "毕业院校"),
            Cell("graduated", "毕业时间", MONTH),
            Cell("abroad", "国（境）外学历", TICK),
            Cell("later", "后学历（工作后取得）", TICK),
        ),
    ),
    Part(
        "projects",
        "业绩项目",
        (Cell("name", "项目名称", needed=True), Cell("collective", "集体项目", TICK)),
    ),
)
OTHERS = Part(
    "others",
    "其他",
    (
        Cell("publicity.start", "单位公示开始", DAY),
        Cell("publicity.end", "单位公示结束", DAY),
        Cell("last_review.year", "上次参评年份", YEAR, hint="没有参评过的不填"),
        Cell("last_review.passed", "上次是否通过", CHOICE, choices=_TRUTH),
        Cell("last_review.new_work", "此后有无新业绩", CHOICE, choices=((YES, "有"), (NO, "无"))),
        Cell("registration_revoked", "因“挂证”撤销注册日期", DAY, hint="没有的不填"),
    ),
    many=False,
)
STATEMENT = Cell("statement", "本人述职", LONG, hint="专业工作业绩情况，字数以通知为准。")
_SINGLE = (Cell("plan", "评审计划"), Cell("level", "申报级别"), Cell("route", "申报途径"))


def declared(form: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as a declaration. Empty cells and rows are not declared; numbers are kept as typed
    where they are none, for the declaration to refuse them.
    """
    told = dict(before)
    tops = {cell.name.split(".")[0] for part in (APPLICANT, OTHERS) for cell in part.cells}
    for name in (*tops, "statement", *(cell.name for cell in _SINGLE), *(part.name for part in ROWS)):
        told.pop(name, None)
    for cell in (*_SINGLE, *APPLICANT.cells, *OTHERS.cells, STATEMENT):
        value = _value(cell, form.get(cell.name, ""))
        if value is None and cell.kind == SECRET:
            value = value_at(before, cell.name) or None
        if value is not None:
            _put(told, cell.name.split("."), value)
    for part in ROWS:
        rows = [_row(part, index, form) for index in range(MOST_ROWS)]
        told[part.name] = [row for row in rows if row]
    told.setdefault("applicant", {})
    return {name: value for name, value in told.items() if value != []}


def wrong(told: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with each cell, by its name; empty where all of it can be declared."""
    try:
        Declaration.model_validate(told)
    except ValidationError as error:
        return {
            name: _said(name, item["type"])
            for item in error.errors(include_url=False)
            if (name := ".".join(map(str, item["loc"])))
        }
    return {}


def shown(told: Mapping[str, Any], more_rows: str = "") -> dict[str, list[Mapping[str, Any]]]:
    """The rows of every table as the form shows them: what is declared, and an empty one where wanted."""
    return {part.name: [*told.get(part.name, []), *([{}] if part.name == more_rows else [])] for part in ROWS}


def value_at(told: Mapping[str, Any], place: str) -> Any:
    """The value at ``applicant.current_title.name``, ``""`` where there is none."""
    found: Any = told
    for step in place.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return "" if found is None else found


def _row(part: Part, index: int, form: Mapping[str, str]) -> dict[str, Any]:
    row = {}
    for cell in part.cells:
        value = _value(cell, form.get(f"{part.name}.{index}.{cell.name}", ""))
        if value is not None:
            row[cell.name] = value
    return row


def _value(cell: Cell, untrusted: str) -> Any:
    """``None`` for what was left empty."""
    text = untrusted.replace("\r\n", "\n").strip()
    if not text:
        return None
    if cell.kind == TICK or cell.choices == _TRUTH or {YES, NO} == {value for value, _ in cell.choices}:
        return text == YES
    if cell.kind == YEAR:
        return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else text
    if cell.kind == NUMBER:
        return float(text) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text, re.ASCII) else text
    if cell.kind == NAMES:
        return [name for one in _SEPARATORS.split(text) if (name := one.strip())]
    return text


def _put(told: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        told = told.setdefault(step, {})
    told[steps[-1]] = value


def _said(name: str, error: str) -> str:
    cell = _cell(name)
    if cell is None:
        return "这一项的格式不对，请改正。"
    if error in ("missing", "string_too_short"):
        return f"请填写{cell.label}。"
    return _HINTS.get(cell.kind, f"{cell.label}的格式不对，请改正。")


def _cell(name: str) -> Cell | None:
    parts = {part.name: part for part in ROWS}
    top, _, rest = name.partition(".")
    cells = parts[top].cells if top in parts else (*_SINGLE, *APPLICANT.cells, *OTHERS.cells, STATEMENT)
    wanted = rest.partition(".")[2] if top in parts else name
    return next((cell for cell in cells if cell.name == wanted), None)
