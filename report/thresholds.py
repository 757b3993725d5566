"""Thresholds with their evidence, and what a moved one would do: as JSON and for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from checks.thresholds import Threshold, Values
from domain.tuning import Decided, Measured, Measurements, Trial
from report.json_document import Json
from report.privacy import Privacy
from report.replay import print_replay, replay_document

HEADINGS = ("检查", "阈值", "含义", "现值", "范围", "调高则", "误报", "漏查")
ByCheck = Mapping[str, Decided]


def thresholds_document(
    shown: Sequence[Threshold], values: Values, measured: Measurements, decided: ByCheck | None
) -> Json:
    return {
        "measured_on": list(measured.on),
        "thresholds": [
            {
                "check": one.check,
                "name": one.name,
                "meaning": one.meaning,
                "value": in_force(one, values),
                "default": one.default,
                "least": one.least,
                "most": one.most,
                "upwards": one.upwards,
                "measured": [value.model_dump() for value in measured.of(one.check, one.name)],
                "clerks": decided[one.check].model_dump() if decided is not None else None,
            }
            for one in shown
        ],
    }


def print_thresholds(
    shown: Sequence[Threshold],
    values: Values,
    measured: Measurements,
    decided: ByCheck | None,
    console: Console,
) -> None:
    """A line a threshold, with what was measured at its value; of one check alone, every value measured."""
    table = Table(title="检查的阈值", title_justify="left")
    for heading in (*HEADINGS, *(("采纳", "驳回") if decided is not None else ())):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("检查", "阈值"))
    several = len({one.check for one in shown}) > 1
    for one in shown:
        clerks = decided[one.check] if decided is not None else None
        counts = [str(clerks.accepted), str(clerks.overruled)] if clerks is not None else []
        table.add_row(*map(escape, cells(one, values, measured)), *counts)
        for value in () if several else measured.of(one.check, one.name):
            table.add_row("", "", f"[dim]实测 {value.value:g}[/]", "", "", "", *alarms_and_misses(value))
    console.print(table)
    for line in measured.on:
        console.print(f"[dim]实测材料：{escape(line)}[/]", highlight=False)


def cells(one: Threshold, values: Values, measured: Measurements) -> tuple[str, ...]:
    """One row under ``HEADINGS``."""
    value = in_force(one, values)
    shown = f"{value:g}" if value == one.default else f"{value:g}（默认 {one.default:g}）"
    at = min(measured.of(one.check, one.name), key=lambda each: abs(each.value - value), default=None)
    alarms, misses = alarms_and_misses(at) if at is not None else ("未测", "未测")
    where = f"（{at.value:g} 时）" if at is not None and at.value != value else ""
    figures = (alarms + where, misses + where)
    return (one.check, one.name, one.meaning, shown, f"{one.least:g}–{one.most:g}", one.upwards, *figures)


def alarms_and_misses(at: Measured) -> tuple[str, str]:
    softened = f"，降为待核 {at.softened}" if at.softened else ""
    return f"错误 {at.false_errors}、待核 {at.false_warnings}", f"{at.missed} / {at.planted}{softened}"


def in_force(one: Threshold, values: Values) -> float:
    return values.get(one.check, {}).get(one.name, one.default)


def trial_document(trial: Trial, privacy: Privacy, *, saved: bool) -> Json:
    return {
        "check": trial.check,
        "thresholds": [
            {"name": name, "before": trial.before[name], "after": trial.after[name]} for name in trial.after
        ],
        "flags": {"before": trial.flags_before, "after": trial.flags_after},
        "clerks": trial.decisions.model_dump() if trial.decisions is not None else None,
        "saved": saved,
        **replay_document(trial.replay, privacy),
    }


def print_trial(trial: Trial, privacy: Privacy, console: Console) -> None:
    moved = "，".join(f"{name} {trial.before[name]:g} → {trial.after[name]:g}" for name in trial.after)
    console.print(f"[bold]{trial.check}[/]  {moved}", highlight=False)
    console.print(f"这项检查的提示：{trial.flags_before} 处 → {trial.flags_after} 处", highlight=False)
    print_replay(trial.replay, privacy, console)
    made = trial.decisions
    if made is None:
        return
    overruled, accepted = made.overruled_kept + made.overruled_gone, made.accepted_kept + made.accepted_lost
    console.print(
        f"\n经办人至今的处理：驳回的 {overruled} 处中 {made.overruled_gone} 处不再提示，"
        f"采纳的 {accepted} 处中 {made.accepted_lost} 处会漏掉；另有 {made.not_raised} 处现在已不提示。",
        highlight=False,
    )
