"""``replay``: an old batch judged by other rules, out of what was read of it. Nothing is read or written."""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.service import DataOption, settings_in, with_database
from commands.terminal import (
    USAGE,
    Format,
    FormatOption,
    ShowIdOption,
    console,
    leave,
    require_plan,
    stop,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.plan import Plan
    from domain.review import JournalLists
    from domain.settings import Settings
    from pipeline.replaying import OldBatch
    from store.database import Database

BATCH_HELP = "screen --out 写出的目录，或服务中批次的编号。"


def replay(
    batch: Annotated[str, typer.Argument(metavar="BATCH", help=BATCH_HELP)],
    plan: Annotated[
        str | None, typer.Option("--plan", help="按这个评审计划（编号或 TOML 文件）核对，默认不变。")
    ] = None,
    lists: Annotated[
        Path | None,
        typer.Option(
            "--lists", help="按这个目录的期刊名录核对（已导入的，或 register.csv、blacklist.csv）。"
        ),
    ] = None,
    weights: Annotated[
        str | None, typer.Option("--weights", help="用这个版本的识别结果（版本号的开头），默认用最新的。")
    ] = None,
    output: FormatOption = Format.TEXT,
    data: DataOption = None,
    show_id_numbers: ShowIdOption = False,
) -> None:
    """用保存的识别结果重新核对旧批次（不重新识别），逐人列出结论和问题的变化。"""
    from dataclasses import replace

    from checks.thresholds import with_thresholds
    from pipeline.real_tools import judging_tools
    from pipeline.replaying import replay as run
    from pipeline.replaying import with_plan
    from pipeline.thresholds import load_thresholds
    from pipeline.thresholds import told as told_thresholds
    from report.json_document import written
    from report.privacy import Privacy
    from report.replay import print_replay, replay_document

    settings = settings_in(data)
    values = load_thresholds(settings.thresholds)
    judging = judging_tools()
    if lists is not None:
        judging = replace(judging, lists=_lists_in(lists, judging.lists))
    name = None
    if plan is not None:
        chosen = _plan_file(Path(plan)) if plan.endswith(".toml") else None
        if chosen is None:
            require_plan(plan, to_judge=True)
        else:
            judging = with_plan(judging, with_thresholds(chosen, values))
        name = chosen.id if chosen is not None else plan
    with old_batch(batch, settings, weights) as found:
        told = run(found, judging, name)
    if house := told_thresholds(values):
        notes = (*told.notes, f"本单位改动过的阈值：{house}。")
        told = told.model_copy(update={"notes": notes})
    privacy = Privacy(show_id_numbers=show_id_numbers)
    if output is Format.JSON:
        sys.stdout.write(written(replay_document(told, privacy)))
    else:
        print_replay(told, privacy, console())
    leave(told.problems)


@contextmanager
def old_batch(batch: str, settings: Settings, weights: str | None = None) -> Iterator[OldBatch]:
    """The batch whose readings are kept in a folder or in the store, while its store is open."""
    from domain.settings import Limits
    from pipeline.work.versions import reader_version

    if Path(batch).is_dir():
        yield _in_folder(Path(batch), reader_version(Limits()), weights)
        return
    from pipeline.stored_batch import stored_batch

    with open_store(settings) as database:
        if database is None:
            stop(f"找不到“{batch}”：没有这个目录，数据目录里也没有服务的数据库。", USAGE)
        yield stored_batch(database, batch, reader_version(settings.limits), weights)


def remember(folder: Path) -> None:
    """The batch just screened is the last one; a data folder that cannot be written to forgets it."""
    from domain.settings import load_settings

    path = load_settings().last_batch
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{folder.resolve()}\n", encoding="utf-8")


def last_batch(settings: Settings, database: Database | None) -> str | None:
    """The batch that was screened or uploaded last: a report's folder, or a number of the service."""
    from datetime import UTC, datetime

    from pipeline.kept_batch import NAME
    from store.kept_readings import last_batch as last_stored

    found: list[tuple[datetime, str]] = []
    with suppress(OSError):
        folder = Path(settings.last_batch.read_text(encoding="utf-8").strip())
        found.append((datetime.fromtimestamp((folder / NAME).stat().st_mtime, UTC), str(folder)))
    if database is not None:
        with database.reading() as session:
            stored = last_stored(session)
        if stored is not None:
            found.append((stored[1], stored[0]))
    return max(found)[1] if found else None


@contextmanager
def open_store(settings: Settings) -> Iterator[Database | None]:
    """The service's store; ``None`` where this data folder never had one."""
    if not settings.database and not (settings.data / "hezheng.db").is_file():
        yield None
        return
    database = with_database(settings)
    try:
        yield database
    finally:
        database.close()


def _in_folder(folder: Path, present: str, weights: str | None) -> OldBatch:
    from pipeline.kept_batch import kept
    from pipeline.replaying import BatchInFolder

    batch = kept(folder)
    if weights is not None and not batch.head.reader.startswith(weights):
        stop(f"“{folder}”里只有版本 {batch.head.reader[:12]} 的识别结果，没有版本 {weights} 的。", USAGE)
    return BatchInFolder(folder, batch, present)


def _plan_file(path: Path) -> Plan:
    from pipeline.plans import validate_plan

    if not path.is_file():
        stop(f"找不到评审计划文件“{path}”，请检查路径。", USAGE)
    report = validate_plan(path)
    if report.plan is None or report.errors:
        stop("\n".join(report.errors) or f"“{path}”不是评审计划。", USAGE)
    if report.plan.draft:
        stop(f"评审计划“{report.plan.id}”还是草稿，改好并删去 draft 一行后才能用于核对。", USAGE)
    return report.plan


def _lists_in(folder: Path, house: JournalLists) -> JournalLists:
    """Lists as they were imported, or as CSV still to be imported: tried, not kept.

    What the folder lacks is as the house has it.
    """
    from policies.journals import ListKind, import_list, load_lists

    stored = [kind for kind in ListKind if (folder / f"{kind.value}.jsonl").is_file()]
    tables = [kind for kind in ListKind if kind not in stored and (folder / f"{kind.value}.csv").is_file()]
    if not stored and not tables:
        stop(f"“{folder}”里没有期刊名录：应有已导入的名录，或 register.csv、blacklist.csv。", USAGE)
    found = {f"{kind.value}_rows": getattr(load_lists(folder), f"{kind.value}_rows") for kind in stored}
    with tempfile.TemporaryDirectory() as scratch:
        for kind in tables:
            import_list(folder / f"{kind.value}.csv", kind, Path(scratch))
            found[f"{kind.value}_rows"] = getattr(load_lists(Path(scratch)), f"{kind.value}_rows")
    return house.model_copy(update=found)
