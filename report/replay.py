"""How the difference between two judgements of a batch is told: as JSON, and person by person."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from domain.kinds import Verdict
from domain.replay import FlagChange, PersonDifference, Replay
from domain.review import Flag
from report.json_document import Json, masked_flag, masked_problem
from report.privacy import Privacy
from report.terminal import SEVERITY_STYLES, VERDICT_STYLES
from report.words import SEVERITIES, VERDICTS


def replay_document(replay: Replay, privacy: Privacy) -> Json:
    return {
        "batch": replay.batch,
        "summary": {
            "applications": replay.applications,
            "changed": len(replay.differences),
            "verdicts": [
                {"before": one.before, "after": one.after, "applications": one.applications}
                for one in replay.verdicts
            ],
        },
        "applications": [_person(one, privacy) for one in replay.differences],
        "notes": list(replay.notes),
        "errors": [masked_problem(one, privacy) for one in replay.problems],
    }


def _person(one: PersonDifference, privacy: Privacy) -> Json:
    return {
        "path": one.path,
        "applicant": one.applicant,
        "verdict": {"before": one.before, "after": one.after},
        "came": [masked_flag(flag, privacy) for flag in one.came],
        "gone": [masked_flag(flag, privacy) for flag in one.gone],
        "changed": [
            {"before": masked_flag(change.before, privacy), "after": masked_flag(change.after, privacy)}
            for change in one.changed
        ],
    }


def print_replay(replay: Replay, privacy: Privacy, console: Console) -> None:
    """The summary, then every person who differs: verdict, flags that came, went, or are told otherwise."""
    for note in replay.notes:
        console.print(f"[yellow]注意[/] {escape(note)}", highlight=False)
    moved = sum(one.applications for one in replay.verdicts if one.before is not one.after)
    console.print(
        f"共 {replay.applications} 份申报，{len(replay.differences)} 份有变化，其中 {moved} 份结论改变。",
        highlight=False,
    )
    for count in replay.verdicts:
        change = (
            f"{_verdict(count.before)}（不变）"
            if count.before is count.after
            else f"{_verdict(count.before)} → {_verdict(count.after)}"
        )
        console.print(f"  {change}：{count.applications} 份", highlight=False)
    for one in replay.differences:
        _print_person(one, privacy, console)


def _print_person(one: PersonDifference, privacy: Privacy, console: Console) -> None:
    """The notice's words stand once, below the first flag that cites them."""
    same = one.before is one.after
    verdict = "结论不变" if same else f"{_verdict(one.before)} → {_verdict(one.after)}"
    told = [
        *(("+ 新增", flag, _told(flag, privacy)) for flag in one.came),
        *(("− 消失", flag, _told(flag, privacy)) for flag in one.gone),
        *(("~ 改变", change.after, _changed(change, privacy)) for change in one.changed),
    ]
    head = f"\n[bold]{escape(one.applicant or one.path)}[/]  {escape(one.path)}  {verdict}"
    console.print(head, highlight=False, soft_wrap=True)
    cited: set[tuple[str, str]] = set()
    for sign, flag, words in told:
        console.print(f"  {sign} {words}", highlight=False, soft_wrap=True)
        source = (flag.requirement.id, flag.requirement.quote)
        if source not in cited:
            cited.add(source)
            quote = f"依据 {flag.requirement.id}：“{flag.requirement.quote}”"
            console.print(f"      [dim]{escape(quote)}[/]", highlight=False, soft_wrap=True)


def _changed(change: FlagChange, privacy: Privacy) -> str:
    before, after = change.before, change.after
    if before.message == after.message:
        return f"{_severity(before)} → {_told(after, privacy)}"
    return f"{_told(before, privacy)} → {_told(after, privacy)}"


def _told(flag: Flag, privacy: Privacy) -> str:
    file = "" if flag.file is None else escape(f"（{flag.file}）")
    return f"{_severity(flag)} {escape(privacy.text(flag.message))}{file} [dim]{flag.code}[/]"


def _severity(flag: Flag) -> str:
    return f"[{SEVERITY_STYLES[flag.severity]}]{SEVERITIES[flag.severity]}[/]"


def _verdict(verdict: Verdict) -> str:
    return f"[{VERDICT_STYLES[verdict]}]{VERDICTS[verdict]}[/]"
