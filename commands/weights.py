"""``models``: weights to fetch and to verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.terminal import UNREADABLE_INPUT, stop

if TYPE_CHECKING:
    from models import WeightReport

app = typer.Typer(help="识别模型：获取与校验。", no_args_is_help=True)


@app.command("fetch")
def models_fetch(
    source: Annotated[Path | None, typer.Option("--from", help="放有软件包的文件夹（无网络时）。")] = None,
) -> None:
    """获取识别模型，并按清单校验。"""
    import models
    from domain.settings import load_settings

    _print(models.fetch(load_settings().models, source))


@app.command("verify")
def models_verify() -> None:
    """校验识别模型是否齐全、未被改动。"""
    import models
    from domain.settings import load_settings

    _print(models.verify(load_settings().models))


def _print(reports: tuple[WeightReport, ...]) -> None:
    from models import WeightState

    words = {WeightState.PRESENT: "正常", WeightState.MISSING: "缺少", WeightState.DAMAGED: "已损坏"}
    for report in reports:
        typer.echo(f"[{words[report.state]}] {report.name}：{report.description}  {report.path}")
    if any(report.state is not WeightState.PRESENT for report in reports):
        stop("模型不齐全，请运行 hezheng models fetch。", UNREADABLE_INPUT)
