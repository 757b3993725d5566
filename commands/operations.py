"""Commands of whoever runs the program: ``doctor``, ``audit verify``, ``purge``."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from commands.service import DataOption, settings_in, with_database
from commands.terminal import UNREADABLE_INPUT, USAGE, say, stop

audit_app = typer.Typer(help="操作记录：核对是否被改动。", no_args_is_help=True)
_AGE = re.compile(r"(\d{1,5})d")
_SHORTEST_DAYS = 1


def doctor() -> None:
    """检查运行条件：缺什么、怎么办。"""
    from pipeline.doctor import examine

    findings = examine()
    for finding in findings:
        typer.echo(f"[{finding.state}] {finding.subject}：{finding.message}")
    if any(finding.missing for finding in findings):
        raise typer.Exit(UNREADABLE_INPUT)


@audit_app.command("verify")
def audit_verify(data: DataOption = None) -> None:
    """核对操作记录的校验链；打印条数和最后一条的校验值，请与备份记录比对。"""
    from store import audit

    database = with_database(settings_in(data))
    with database.reading() as session:
        broken, (count, digest) = audit.broken_at(session), audit.head(session)
    database.close()
    if broken is not None:
        stop(
            f"操作记录从第{broken}条起与校验值不符：有人改动、删除或插入了记录，请从备份核对。",
            UNREADABLE_INPUT,
        )
    typer.echo(f"操作记录完好：共{count}条，最后一条 {digest}")


def purge(
    older_than: Annotated[str, typer.Option("--older-than", help="多久没有变动的申报，如 365d。")],
    data: DataOption = None,
) -> None:
    """删除早已办结的申报及其材料、识别结果；操作记录保留。不可恢复，请先备份。"""
    from store.blobs import blobs_for
    from store.retention import clear_copies
    from store.retention import purge as run

    age = _AGE.fullmatch(older_than)
    if age is None or int(age[1]) < _SHORTEST_DAYS:
        stop("--older-than 请写天数，如 365d，至少 1d。", USAGE)
    settings = settings_in(data)
    database = with_database(settings)
    now = datetime.now(UTC)
    purged = run(database, blobs_for(settings), now, timedelta(days=int(age[1])), "command line")
    copies = clear_copies((settings.data / "pages", settings.data / "blob-cache"), now)
    database.close()
    typer.echo(
        f"已删除申报{purged.applications}份、材料{purged.files}个、批次{purged.batches}个、"
        f"识别结果{purged.readings}份、存储文件{purged.blobs}个。"
    )
    say(f"本机的临时副本清除{copies}个；有多台机器时，请在每台各运行一次。")
