"""``inspect`` and ``screen``: files and folders read here and now, with no service."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import (
    CORES,
    USAGE,
    Format,
    FormatOption,
    ShowIdOption,
    WorkersOption,
    console,
    leave,
    require_plan,
    say,
    stop,
    writable,
)


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

    with ProgressLine(console(error=True)) as progress:
        inspection = run(files, reading_tools, understand, workers=workers, progress=progress)
    if output is Format.JSON:
        sys.stdout.write(written(inspection_document(inspection)))
    else:
        print_inspection(inspection, console())
    leave(inspection.problems)


def screen(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="申报文件夹，或装有多个申报文件夹的目录。")],
    plan: Annotated[str | None, typer.Option("--plan", help="评审计划，默认用申报表数据中的。")] = None,
    output: FormatOption = Format.TEXT,
    out: Annotated[Path | None, typer.Option("--out", help="报告写到这个目录。")] = None,
    workers: WorkersOption = CORES,
    show_id_numbers: ShowIdOption = False,
) -> None:
    """核对 DIR 下的每一份申报，给出问题、位置、依据和处理建议。"""
    from commands.replaying import remember
    from domain.errors import InputError
    from domain.screening import PagePictures
    from domain.settings import Limits
    from intake.applications import Batch, find_applications
    from pipeline.kept_batch import keep
    from pipeline.real_tools import judging_tools, reading_tools
    from pipeline.screening import judge_batch, read_applications
    from pipeline.work.versions import reader_version
    from report.folder import write_reports
    from report.json_document import screening_document, written
    from report.privacy import Privacy
    from report.terminal import ProgressLine, print_screening

    judging = judging_tools()
    if plan is not None:
        require_plan(plan, to_judge=True)
    if not folder.is_dir():
        stop(f"找不到文件夹“{folder}”，请检查路径。", USAGE)
    batch = find_applications(folder)
    if not batch.applications and not batch.problems:
        message = f"“{folder}”下没有申报：每个申报文件夹里应有 declaration.json。"
        batch = Batch((), (InputError("file.unreadable", message, str(folder)),))
    pictures = PagePictures(folder=writable(out) / "pages") if out else None
    with ProgressLine(console(error=True)) as progress:
        read = read_applications(batch, reading_tools, workers=workers, pictures=pictures, progress=progress)
    screening = judge_batch(read, batch, judging, plan)
    privacy = Privacy(show_id_numbers=show_id_numbers)
    if out is not None and pictures is not None:
        report = write_reports(screening, pictures, out, privacy, judging.load_plan)
        keep(out, read, screening, plan, reader_version(Limits()))
        remember(out)
        say(f"报告已写入：{report}")
    if output is Format.JSON:
        sys.stdout.write(written(screening_document(screening, privacy)))
    else:
        print_screening(screening, privacy, console())
    leave(screening.problems)
