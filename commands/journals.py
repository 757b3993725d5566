"""``journals``: lists to import and to ask."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import USAGE, Format, FormatOption, console, stop

app = typer.Typer(help="期刊名录：导入与核对。", no_args_is_help=True)


class JournalList(StrEnum):
    REGISTER = "register"
    BLACKLIST = "blacklist"


JOURNAL_LISTS = {JournalList.REGISTER: "正规名录", JournalList.BLACKLIST: "黑名单"}


@app.command("import")
def journals_import(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="UTF-8 编码、首行为列名的 CSV 文件。")],
    kind: Annotated[JournalList, typer.Option("--list", help="register 正规名录；blacklist 黑名单。")],
) -> None:
    """导入期刊名录或黑名单，替换原有的同类名录。"""
    from domain.settings import load_settings
    from policies.journals import import_list

    version = import_list(file, kind.value, load_settings().lists)
    typer.echo(f"已导入{JOURNAL_LISTS[kind]} {version.rows} 条（{version.source}）。")


@app.command("check")
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
        stop("请给出 --title、--issn、--cn 中的至少一项，或用 --file 给出 CSV 文件。", USAGE)
    asked = read_journals(file) if file else (JournalAsked(title=title, issn=issn, cn=cn),)
    answers = [
        (answer.title, answer.flags) for answer in check_journals(asked, load_lists(load_settings().lists))
    ]
    if output is Format.JSON:
        sys.stdout.write(written(journals_document(answers)))
    else:
        print_journals(answers, console())
