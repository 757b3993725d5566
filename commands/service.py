"""``serve``, ``api``, ``worker``, ``migrate``: the processes of the service."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.terminal import UNREADABLE_INPUT, USAGE, say, stop

if TYPE_CHECKING:
    from domain.settings import Settings
    from store.database import Database

HostOption = Annotated[str, typer.Option("--host", help="监听的地址；0.0.0.0 表示所有网卡。")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="监听的端口。")]
DataOption = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="数据目录，默认由 HEZHENG_DATA 指定。")
]
ProcessesOption = Annotated[
    int,
    typer.Option("--processes", min=1, max=64, help="接口进程数；同时使用的人很多、处理器又有空闲时增加。"),
]
LOCAL, PORT = "127.0.0.1", 8000


def serve(
    host: HostOption = LOCAL,
    port: PortOption = PORT,
    data: DataOption = None,
    processes: ProcessesOption = 1,
) -> None:
    """在一台机器上启动全部服务：接口、网页和一个读取进程，自带数据库和队列。"""
    from commands.supervisor import WORKER_NICENESS, Part, Supervisor
    from pipeline.logs import set_up_logs

    settings = settings_in(data)
    _require_weights(settings)
    set_up_logs()
    _lay_out(settings)
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - only to be shown
    parts = (
        Part("api", ["-m", "cli", "api", *api_words(host, port, processes)]),
        Part("worker", ["-m", "cli", "worker"], niceness=WORKER_NICENESS),
    )
    supervisor = Supervisor(parts, lambda: _answers(f"{address}/healthz"), lambda: _greet(settings, address))
    raise typer.Exit(supervisor.run())


def api_words(host: str, port: int, processes: int) -> list[str]:
    return ["--host", host, "--port", str(port), "--processes", str(processes)]


def api(
    host: HostOption = LOCAL,
    port: PortOption = PORT,
    data: DataOption = None,
    processes: ProcessesOption = 1,
) -> None:
    """只启动接口和网页（多台机器时用）。"""
    from importlib import import_module

    from pipeline.logs import set_up_logs

    settings = settings_in(data)
    set_up_logs()
    with_database(settings).close()
    raise typer.Exit(import_module("api").run(settings, host, port, processes) or 0)


def worker(
    queues: Annotated[
        str, typer.Option("--queues", help="处理哪些队列，用逗号分开，先后即次序；默认全部。")
    ] = "",
    concurrency: Annotated[
        int, typer.Option("--concurrency", min=0, help="进程数，默认与处理器核数相同。")
    ] = 0,
    data: DataOption = None,
) -> None:
    """只启动读取进程（多台机器时用，数量不限）。"""
    from importlib import import_module

    from pipeline.logs import set_up_logs
    from store.applications import BATCHES, UPLOADS

    settings = settings_in(data)
    named = tuple(queue for queue in queues.split(",") if queue)
    unknown = [queue for queue in named if queue not in (UPLOADS, BATCHES)]
    if unknown:
        stop(f"没有队列“{'、'.join(unknown)}”。可用的有：{UPLOADS}、{BATCHES}。", USAGE)
    set_up_logs()
    with_database(settings).close()
    raise typer.Exit(import_module("worker").run(settings, named, concurrency))


def migrate(data: DataOption = None) -> None:
    """建立数据库和存储，或更新到本版本的结构；升级程序后先运行一次。"""
    from store.blobs import blobs_for

    settings = settings_in(data)
    _lay_out(settings)
    blobs_for(settings).prepare()
    typer.echo("数据库已是最新。")


def _lay_out(settings: Settings) -> None:
    """The tables of the store and of the bell, before several processes use them."""
    from pipeline.bell import bell_for

    with_database(settings, to_migrate=True).close()
    bell_for(settings).lay_out()


def settings_in(data: Path | None) -> Settings:
    """The settings, of the data folder ``data`` where it is given; child processes see the same."""
    from domain.settings import load_settings

    if data is not None:
        os.environ["HEZHENG_DATA"] = str(data.resolve())
    settings = load_settings()
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"无法写入数据目录“{settings.data}”：{error.strerror}。请换一个目录。", USAGE)
    return settings


def with_database(settings: Settings, *, to_migrate: bool = False) -> Database:
    """The database, up to date, or the program ends with what to do about it."""
    from sqlalchemy.exc import SQLAlchemyError

    from store.database import Database
    from store.migrating import is_current, migrate

    database = Database(settings.database_url)
    try:
        if to_migrate:
            migrate(database)
        elif not is_current(database):
            stop("数据库还没有建立，或不是本版本的结构。请先运行 hezheng migrate。", UNREADABLE_INPUT)
    except SQLAlchemyError as error:
        stop(
            f"无法使用数据库（{type(error).__name__}）。请检查设置 database 和数据库服务。", UNREADABLE_INPUT
        )
    return database


def _require_weights(settings: Settings) -> None:
    """Better not to start than to fail with the first upload."""
    import models

    if any(one.state is not models.WeightState.PRESENT for one in models.verify(settings.models)):
        stop("识别模型不齐全，请先运行 hezheng models fetch。", UNREADABLE_INPUT)


def _answers(address: str) -> bool:
    from urllib.error import URLError
    from urllib.request import urlopen

    try:
        with urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _greet(settings: Settings, address: str) -> None:
    from sqlalchemy import func, select

    from store.tables import UserRow

    typer.echo(f"核证已启动：{address}")
    sys.stdout.flush()
    database = with_database(settings)
    with database.reading() as session:
        if not session.scalar(select(func.count()).select_from(UserRow)):
            say("还没有账号。请在另一个终端运行：hezheng user add 名称 --role admin --password")
    database.close()
