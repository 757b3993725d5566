"""``template``: an empty declarations.xlsx to be filled in for a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import USAGE, say, stop


def template(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="写到这个文件。")] = Path("declarations.xlsx"),
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")] = False,
) -> None:
    """写出一份空白的申报表数据工作簿（declarations.xlsx），供批量填写。"""
    from intake.template import write_template

    if file.exists() and not force:
        stop(f"文件“{file}”已存在，请换一个名称，或加 --force 覆盖。", USAGE)
    try:
        write_template(file)
    except OSError:
        stop(f"无法写入“{file}”，请检查目录是否存在、是否有写入权限。", USAGE)
    say("请按“填写说明”填写后，与各申报的文件夹放在一起，再运行 hezheng screen。")
    typer.echo(file)
