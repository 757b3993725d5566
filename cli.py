"""The command line: wiring only; ``commands/`` says what each does."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands import (
    accounts,
    bench,
    journals,
    operations,
    plans,
    replaying,
    screening,
    service,
    template,
    tuning,
    weights,
)
from commands.terminal import UNREADABLE_INPUT, say

app = typer.Typer(
    name="hezheng",
    help="核证：核对职称申报佐证材料，指出问题、所在位置和通知依据。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(screening.inspect)
app.command()(screening.screen)
app.command()(replaying.replay)
app.command()(tuning.tune)
app.command()(tuning.thresholds)
app.command()(template.template)
app.add_typer(plans.app, name="plans")
app.add_typer(journals.app, name="journals")
app.add_typer(weights.app, name="models")
for command in (service.serve, service.api, service.worker, service.migrate):
    app.command()(command)
app.add_typer(accounts.user_app, name="user")
app.add_typer(accounts.token_app, name="token")
app.add_typer(operations.audit_app, name="audit")
app.command()(operations.purge)
app.command()(operations.doctor)
app.add_typer(bench.app, name="bench")


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


def main() -> None:
    """Entry point of the program: what is not ready or cannot be used is said in Chinese."""
    from domain.errors import HezhengError

    try:
        app()
    except HezhengError as error:
        say(str(error))
        sys.exit(UNREADABLE_INPUT)


if __name__ == "__main__":
    main()
