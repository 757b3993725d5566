"""What the commands share: exit status, options of the same meaning, words on standard error."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from domain.machine import usable_cores

if TYPE_CHECKING:
    from rich.console import Console

    from domain.screening import InputProblem

DONE, UNREADABLE_INPUT, USAGE = 0, 1, 2
"""Exit status of the contract."""


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="text 供人阅读；json 只输出一个 JSON。")]
ShowIdOption = Annotated[
    bool, typer.Option("--show-id-numbers", help="完整显示身份证号（默认隐去中间八位）。")
]
WorkersOption = Annotated[
    int, typer.Option("--workers", min=1, help="同时读取的进程数，默认等于处理器核数。")
]
CORES = usable_cores()


def console(*, error: bool = False) -> Console:
    from rich.console import Console

    console = Console(stderr=error)
    return console if console.is_terminal else Console(stderr=error, width=160)


def require_plan(plan: str, *, to_judge: bool = False) -> None:
    from policies import find_plan, plan_ids

    if plan not in plan_ids():
        stop(f"没有评审计划“{plan}”。可用的有：{'、'.join(plan_ids())}。", USAGE)
    if to_judge and find_plan(plan).draft:
        stop(f"评审计划“{plan}”还是草稿，改好并删去 draft 一行后才能用于核对。", USAGE)


def writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"无法写入报告目录“{folder}”：{error.strerror}。请换一个目录。", USAGE)
    return folder


def leave(problems: tuple[InputProblem, ...]) -> None:
    from report.terminal import print_problems

    print_problems(problems, console(error=True))
    if problems:
        raise typer.Exit(UNREADABLE_INPUT)


def say(message: str) -> None:
    typer.echo(message, err=True)


def stop(message: str, status: int) -> NoReturn:
    say(message)
    raise typer.Exit(status)
