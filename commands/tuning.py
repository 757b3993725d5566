"""``tune`` and ``thresholds``: the numbers on which checks turn, tried before anything is saved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from commands.replaying import BATCH_HELP, last_batch, old_batch, open_store
from commands.service import DataOption, settings_in
from commands.terminal import USAGE, Format, FormatOption, ShowIdOption, console, leave, say, stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.thresholds import Values
    from domain.settings import Settings
    from domain.tuning import Trial
    from store.database import Database


def thresholds(
    check: Annotated[str | None, typer.Argument(metavar="CHECK", help="只列这一项检查的阈值。")] = None,
    output: FormatOption = Format.TEXT,
    data: DataOption = None,
) -> None:
    """列出可调的阈值：含义、现值、允许范围、实测误报和漏查、经办人驳回的次数。"""
    from checks.thresholds import THRESHOLDS
    from pipeline.measurements import measurements
    from pipeline.thresholds import load_thresholds
    from pipeline.tuning import decided_by_check
    from report.json_document import written
    from report.thresholds import print_thresholds, thresholds_document

    if check is not None:
        _known(check)
    settings = settings_in(data)
    values = load_thresholds(settings.thresholds)
    with open_store(settings) as database:
        decided = decided_by_check(database) if database is not None else None
    shown = [one for one in THRESHOLDS if check in (None, one.check)]
    if output is Format.JSON:
        sys.stdout.write(written(thresholds_document(shown, values, measurements(), decided)))
    else:
        print_thresholds(shown, values, measurements(), decided, console())


def tune(
    check: Annotated[str, typer.Argument(metavar="CHECK", help="检查的名称，见 hezheng thresholds。")],
    batch: Annotated[
        str | None, typer.Argument(metavar="[BATCH]", help=f"{BATCH_HELP}默认为最近的批次。")
    ] = None,
    threshold: Annotated[
        list[str] | None,
        typer.Option("--threshold", metavar="名称=数值", help="要试的值；只有一个阈值时可只写数值；可重复。"),
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="保存，以后的核对按新值；不加则什么都不写。")] = False,
    output: FormatOption = Format.TEXT,
    data: DataOption = None,
    show_id_numbers: ShowIdOption = False,
) -> None:
    """试一试：阈值改动后，最近（或指定）的批次会多出、少掉哪些提示。"""
    from checks.thresholds import of_check
    from pipeline.real_tools import judging_tools
    from pipeline.thresholds import load_thresholds, moved
    from pipeline.tuning import decisions, tried
    from pipeline.work.versions import reader_version
    from report.json_document import written
    from report.privacy import Privacy
    from report.thresholds import print_trial, trial_document

    _known(check)
    asked = _asked(check, threshold or [])
    settings = settings_in(data)
    values = load_thresholds(settings.thresholds)
    trial_values = moved(values, check, asked)
    defaults = {name: one.default for name, one in of_check(check).items()}
    before = {name: values.get(check, {}).get(name, defaults[name]) for name in asked}
    judging = (judging_tools(values), judging_tools(trial_values))
    with open_store(settings) as database, old_batch(_named(batch, settings, database), settings) as found:
        trial = tried(found, check, before, asked, judging)
        if database is not None:
            made = decisions(database, check, judging, reader_version(settings.limits))
            trial = trial.model_copy(update={"decisions": made})
        if save:
            _save(settings, database, trial, trial_values)
    privacy = Privacy(show_id_numbers=show_id_numbers)
    if output is Format.JSON:
        sys.stdout.write(written(trial_document(trial, privacy, saved=save)))
    else:
        print_trial(trial, privacy, console())
    say(
        f"已保存到 {settings.thresholds}，以后的核对按新值。"
        if save
        else "没有保存；确定后加 --save 再运行。"
    )
    leave(trial.replay.problems)


def _known(check: str) -> None:
    from checks.thresholds import checks_with_thresholds

    if check not in checks_with_thresholds():
        stop(f"没有可调阈值的检查“{check}”。可用的有：{'、'.join(checks_with_thresholds())}。", USAGE)


def _asked(check: str, given: list[str]) -> Mapping[str, float]:
    """``name=value`` each; the name may be left out where the check has one threshold besides certainty."""
    from checks.thresholds import CERTAINTY, of_check, problems_in

    own = [name for name in of_check(check) if name != CERTAINTY] or [CERTAINTY]
    named: dict[str, float] = {}
    for one in given:
        name, _, value = one.rpartition("=")
        if not name and len(own) > 1:
            stop(f"检查“{check}”有几个阈值，请写 --threshold 名称=数值。名称有：{'、'.join(own)}。", USAGE)
        try:
            named[name or own[0]] = float(value)
        except ValueError:
            stop(f"“{one}”不是数值，请写 --threshold {own[0]}=数值。", USAGE)
    if not named:
        known = "；".join(
            f"{one.name}（{one.least:g}–{one.most:g}，默认 {one.default:g}）{one.meaning}"
            for one in of_check(check).values()
        )
        stop(f"请用 --threshold 名称=数值 给出要试的值。检查“{check}”的阈值：{known}。", USAGE)
    problems = problems_in({check: named})
    if problems:
        stop("\n".join(f"{problem}。" for problem in problems), USAGE)
    return named


def _named(batch: str | None, settings: Settings, database: Database | None) -> str:
    named = batch or last_batch(settings, database)
    return named or stop("没有最近的批次：请给出 screen --out 写出的目录，或服务中批次的编号。", USAGE)


def _save(settings: Settings, database: Database | None, trial: Trial, values: Values) -> None:
    """The house's file; where there is a service, on record, and what is not done is judged anew."""
    from checks.thresholds import without_defaults
    from pipeline.thresholds import save_thresholds

    kept = without_defaults(values)
    if database is None:
        save_thresholds(settings.thresholds, kept)
        return
    from datetime import UTC, datetime

    from store import audit
    from store.rejudging import judge_unfinished_anew

    now = datetime.now(UTC)
    with database.writing() as session:
        number = judge_unfinished_anew(session, now)
        told = {"from": _told(trial.before), "to": _told(trial.after), "judged_anew": number}
        audit.record(session, now, "command line", "threshold.moved", trial.check, told)
        save_thresholds(settings.thresholds, kept)


def _told(values: Mapping[str, float]) -> str:
    return "、".join(f"{name} {value:g}" for name, value in values.items())
