"""``bench``: what this machine can do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import CORES, USAGE, Format, FormatOption, WorkersOption, say, stop

app = typer.Typer(help="测量本机的处理能力。", no_args_is_help=True)

_DEMO = Path(__file__).parents[1] / "fixtures" / "demo"
_FEWEST = 3


@app.callback()
def _bench() -> None:
    """测量本机的处理能力。"""


@app.command("capacity")
def capacity(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="放有典型佐证材料的目录，默认用随源代码提供的示例批次。"),
    ] = None,
    pages: Annotated[int, typer.Option("--files", min=_FEWEST, help="读多少个文件来测量。")] = 40,
    workers: WorkersOption = CORES,
    batch: Annotated[int, typer.Option("--batch", min=1, help="要在一夜之间读完的页数。")] = 100_000,
    hours: Annotated[float, typer.Option("--hours", min=0.1, help="一夜有几小时。")] = 10.0,
    output: FormatOption = Format.TEXT,
) -> None:
    """实测本机每小时能读多少页，并推算一夜读完一批材料需要几台同样的机器。"""
    from domain.settings import Limits
    from pipeline.capacity import evidence_in, machines_for, reached, slope_of, spread
    from pipeline.real_tools import reading_tools

    source = folder or _DEMO
    files = evidence_in(source) if source.is_dir() else []
    if not files:
        stop(f"目录“{source}”中没有可读的材料（图片或 PDF），请指定一个放有典型材料的目录。", USAGE)
    points = []
    for point in reached(spread(files, pages), reading_tools, workers=workers, limits=Limits()):
        points.append(point)
        say(f"已读 {point.pages} 页，{point.seconds:.0f} 秒")
    if len({point.pages for point in points}) < 2:
        stop(f"目录“{source}”中的文件都读不出页面，无法测量。请换一个目录。", USAGE)
    line = slope_of(points)
    last = points[-1]
    figures = {
        "pages": last.pages,
        "workers": workers,
        "seconds_a_page": round(line.seconds, 3),
        "processor_seconds_a_page": round(last.processor / last.pages, 3),
        "start_seconds": round(line.start, 1),
        "off": round(line.off, 3),
        "pages_an_hour": round(3600 / line.seconds),
        "pages_an_hour_a_core": round(3600 / line.seconds / CORES),
        "largest_worker_mb": round(last.largest),
        "batch": batch,
        "hours": hours,
        "machines": machines_for(batch, hours, line.seconds),
    }
    if output is Format.JSON:
        typer.echo(json.dumps(figures, ensure_ascii=False))
        return
    typer.echo(
        f"{workers} 个进程读了 {last.pages} 页：每页 {line.seconds:.2f} 秒（启动另需 {line.start:.1f} 秒，"
        f"偏离直线不超过 {line.off:.0%}），每页用处理器 {last.processor / last.pages:.2f} 秒。"
    )
    typer.echo(
        f"每小时 {figures['pages_an_hour']} 页，每核每小时 {figures['pages_an_hour_a_core']} 页；"
        f"单个进程最多占用内存 {figures['largest_worker_mb']} MB。"
    )
    typer.echo(f"{hours:g} 小时读完 {batch} 页，需要这样的机器 {figures['machines']} 台。")
