"""``user`` and ``token``: who may come in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.service import DataOption, settings_in, with_database
from commands.terminal import USAGE, say, stop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import UserRow

user_app = typer.Typer(help="账号：添加、授权、停用。", no_args_is_help=True)
token_app = typer.Typer(help="接口令牌。", no_args_is_help=True)
ACTOR = "command line"
SHORTEST_PASSWORD = 10
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="账号名称。")]


class RoleName(StrEnum):
    APPLICANT = "applicant"
    CLERK = "clerk"
    ADMIN = "admin"


@user_app.command("add")
def user_add(
    name: NameArgument,
    role: Annotated[
        RoleName, typer.Option("--role", help="applicant 申报人；clerk 审核人员；admin 管理员。")
    ],
    password: Annotated[
        bool, typer.Option("--password", help="设置登录密码：在终端输入，或由标准输入给出。")
    ] = False,
    data: DataOption = None,
) -> None:
    """添加账号。不设密码的账号只能用令牌。"""
    from store.accounts import Role, create_user

    secret = _password() if password else ""
    with _writing(data) as session:
        row = create_user(session, _now(), name, Role(role.value), secret)
        _record(session, "user.added", row, {"role": role.value})
    say(f"已添加账号“{name}”（{role.value}）。")


@user_app.command("grant")
def user_grant(
    name: NameArgument,
    plan: Annotated[str, typer.Option("--plan", help="评审计划编号；* 表示全部。")] = "*",
    organisation: Annotated[str, typer.Option("--organisation", help="单位名称；* 表示全部。")] = "*",
    data: DataOption = None,
) -> None:
    """授权审核人员查看某个计划、某个单位的申报。"""
    from store.accounts import Role, grant

    with _writing(data) as session:
        row = _user(session, name)
        if row.role != Role.CLERK:
            stop(f"“{name}”不是审核人员（clerk），不需要授权。", USAGE)
        grant(session, row, plan, organisation)
        _record(session, "user.granted", row, {"plan": plan, "organisation": organisation})
    say(f"已授权“{name}”：计划 {plan}，单位 {organisation}。")


@user_app.command("disable")
def user_disable(name: NameArgument, data: DataOption = None) -> None:
    """停用账号：不能再登录，令牌失效；记录保留。"""
    from store.accounts import disable

    with _writing(data) as session:
        row = _user(session, name)
        disable(session, _now(), row)
        _record(session, "user.disabled", row, {})
    say(f"已停用账号“{name}”。")


@token_app.command("create")
def token_create(name: NameArgument, data: DataOption = None) -> None:
    """为账号生成一个接口令牌，只在标准输出显示这一次。"""
    from store.accounts import create_token

    with _writing(data) as session:
        row = _user(session, name)
        token = create_token(session, _now(), row)
        _record(session, "token.created", row, {})
    typer.echo(token)


@contextmanager
def _writing(data: Path | None) -> Iterator[Session]:
    database = with_database(settings_in(data))
    try:
        with database.writing() as session:
            yield session
    finally:
        database.close()


def _user(session: Session, name: str) -> UserRow:
    from sqlalchemy import select

    from store.tables import UserRow

    row = session.scalars(select(UserRow).where(UserRow.name == name)).first()
    return row if row is not None else stop(f"没有账号“{name}”。", USAGE)


def _record(session: Session, action: str, row: UserRow, details: dict[str, str]) -> None:
    from store import audit

    audit.record(session, _now(), ACTOR, action, row.id, {"user": row.name, **details})


def _password() -> str:
    if sys.stdin.isatty():
        secret = str(typer.prompt("密码", hide_input=True, confirmation_prompt="再输入一次"))
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    if len(secret) < SHORTEST_PASSWORD:
        stop(f"密码至少要有{SHORTEST_PASSWORD}个字符。", USAGE)
    return secret


def _now() -> datetime:
    return datetime.now(UTC)
