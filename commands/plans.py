"""``plans``: the notices that are built in, and drafts of new ones."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.terminal import (
    UNREADABLE_INPUT,
    USAGE,
    Format,
    FormatOption,
    console,
    require_plan,
    say,
    stop,
    writable,
)

if TYPE_CHECKING:
    from domain.plan import Plan

app = typer.Typer(help="内置评审计划及其要求。", invoke_without_command=True)


@app.callback()
def plans(context: typer.Context, output: FormatOption = Format.TEXT) -> None:
    """列出内置评审计划。"""
    from policies import find_plan, plan_ids

    context.obj = output
    if context.invoked_subcommand is None:
        _print([find_plan(plan) for plan in plan_ids()], output, single=False)


@app.command("show")
def plans_show(
    context: typer.Context,
    plan: Annotated[str, typer.Argument(metavar="ID", help="评审计划编号。")],
    output: FormatOption = Format.TEXT,
) -> None:
    """显示一个评审计划的每条要求及通知原文。"""
    from policies import find_plan

    require_plan(plan)
    wanted = Format.JSON if Format.JSON in (output, context.obj) else Format.TEXT
    _print([find_plan(plan)], wanted, single=True)


@app.command("new")
def plans_new(
    source: Annotated[str, typer.Option("--from", metavar="ID", help="以哪个评审计划为底稿。")],
    year: Annotated[int | None, typer.Option("--year", help="新计划的年度，默认为底稿的次年。")] = None,
    new_id: Annotated[
        str | None, typer.Option("--id", help="新计划的编号，默认换掉底稿编号中的年度。")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="写到这个目录，默认数据目录下的 plans。")] = None,
) -> None:
    """以往年的计划为底稿，写出新一年的计划文件（草稿）。"""
    from domain.settings import load_settings
    from policies.plan_new import new_plan

    require_plan(source)
    path = new_plan(source, writable(out or load_settings().plans), year=year, new_id=new_id)
    say("已写出草稿，请按文件开头的说明修改，再运行 hezheng plans validate。")
    typer.echo(path)


@app.command("validate")
def plans_validate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="评审计划文件（TOML）。")],
    notice: Annotated[
        Path | None, typer.Option("--notice", help="通知全文（UTF-8 文本），核对每条原文。")
    ] = None,
) -> None:
    """检查计划文件：写错的项、缺少的原文、不可能的年度，逐条指出所在行。"""
    from pipeline.plans import validate_plan

    for given in (file, notice):
        if given is not None and not given.is_file():
            stop(f"找不到文件“{given}”，请检查路径。", USAGE)
    report = validate_plan(file, notice)
    for message in (*report.errors, *report.remarks):
        say(message)
    if report.errors:
        raise typer.Exit(UNREADABLE_INPUT)
    if report.plan is not None:
        typer.echo(f"{file.name}：{len(report.plan.requirements)} 条要求，没有错误。")


def _print(chosen: list[Plan], output: Format, *, single: bool) -> None:
    from report.json_document import plan_document, written
    from report.terminal import print_plan

    if output is Format.JSON:
        documents = [plan_document(plan) for plan in chosen]
        sys.stdout.write(written(documents[0] if single else {"plans": documents}))
        return
    for plan in chosen:
        print_plan(plan, console())
