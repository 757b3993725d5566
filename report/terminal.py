"""What a person at a terminal sees: progress by page, a table of applicants, the flags one by one.

Progress and problems belong on standard error, so that standard output holds the result alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from domain.kinds import Severity, Verdict
from domain.plan import Plan, Requirement
from domain.review import ApplicationReview, Flag
from domain.screening import InputProblem, Inspection, PageProgress, Screening
from policies.names import KIND_NAMES
from report.privacy import Privacy
from report.words import SEVERITIES, VERDICTS

VERDICT_STYLES = {Verdict.FAIL: "bold red", Verdict.REVIEW: "yellow", Verdict.PASS: "green"}
SEVERITY_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

HOW = {"E": "核对材料", "D": "核对填报数据", "P": "人工流程"}


class ProgressLine:
    """One line that is written over where it is a terminal; elsewhere a line for every page of long files."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status = console.status("准备读取…") if console.is_terminal else None

    def __enter__(self) -> ProgressLine:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    def __call__(self, event: PageProgress) -> None:
        name = f"文件 {event.files_done} / {event.files} · {escape(event.path)}"
        page = f" 第 {event.page} / {event.pages or '?'} 页" if event.page else ""
        if self._status and page:
            self._status.update(name + page)
        elif not page or event.pages != 1:
            self._console.print(name + (page or " 完成"), highlight=False)


def print_screening(screening: Screening, privacy: Privacy, console: Console) -> None:
    """The table of applicants, then every flag that a person must look at."""
    table = Table(title="申报材料核对结果", title_justify="left")
    for heading in ("申报人", "文件夹", "结论"):
        table.add_column(heading, overflow="fold")
    for heading in ("错误", "待核", "提示", "材料"):
        table.add_column(heading, justify="right")
    for review in screening.applications:
        counts = Counter(flag.severity for flag in review.all_flags)
        table.add_row(
            escape(review.applicant or "（未知）"),
            escape(review.path),
            f"[{VERDICT_STYLES[review.verdict]}]{VERDICTS[review.verdict]}[/]",
            *(str(counts[severity]) for severity in Severity),
            str(len(review.files)),
        )
    console.print(table)
    for review in screening.applications:
        _print_flags(review, privacy, console)


def _print_flags(review: ApplicationReview, privacy: Privacy, console: Console) -> None:
    shown = [flag for flag in review.all_flags if flag.severity is not Severity.INFO]
    if not shown:
        return
    console.print(
        f"\n[bold]{escape(review.applicant or review.path)}[/]  {escape(review.path)}", highlight=False
    )
    for flag in sorted(shown, key=lambda one: one.severity is not Severity.ERROR):
        style = SEVERITY_STYLES[flag.severity]
        message = escape(privacy.text(flag.message))
        console.print(f"  [{style}]{SEVERITIES[flag.severity]}[/] {message}{_place(flag)}", highlight=False)


def _place(flag: Flag) -> str:
    if flag.file is None:
        return ""
    page = f" 第{flag.page}页" if flag.page else ""
    return f" [dim]{escape(flag.file)}{page} · {flag.code}[/]"


def print_inspection(inspection: Inspection, console: Console) -> None:
    """Page by page: kind, quality, seals and marks, then the lines."""
    for file in inspection.files:
        console.print(f"[bold]{escape(file.reading.path)}[/]", highlight=False)
        if file.reading.error is not None or file.document is None:
            continue
        for page, kind in zip(file.reading.pages, file.document.page_kinds, strict=False):
            legible = "清晰" if page.quality.legible else "[yellow]难以辨认[/]"
            turned = f"，原图转了{page.rotation}°" if page.rotation else ""
            console.print(f" 第 {page.number} 页 · {KIND_NAMES[kind]} · {legible}{turned}", highlight=False)
            for seal in page.seals:
                console.print(
                    f"   [red]公章[/] {escape(seal.text or '（无法辨认）')} {escape(seal.bottom_text)}"
                )
            for mark in page.marks:
                parts = (
                    "有签名" if mark.signature else "未见签名",
                    mark.date or "未见日期",
                    "有公章" if mark.seal is not None else "未见公章",
                )
                console.print(f"   [blue]{escape(mark.text)}[/] {'，'.join(parts)}", highlight=False)
            for line in page.lines:
                console.print(f"   {escape(line.text)}", highlight=False)


def print_problems(problems: tuple[InputProblem, ...], console: Console) -> None:
    for problem in problems:
        console.print(f"[red]无法读取[/] {escape(problem.path)}：{escape(problem.message)}", highlight=False)


def print_plan(plan: Plan, console: Console) -> None:
    """A plan as a table: every requirement with its words from the notice."""
    draft = "  [yellow]草稿，不能用于核对[/]" if plan.draft else ""
    console.print(f"[bold]{escape(plan.id)}[/]  {escape(plan.title)}{draft}", highlight=False)
    console.print(f"{escape(plan.notice)}（{escape(plan.issuer)}，{plan.issued}）", highlight=False)
    table = Table(show_lines=True)
    for heading in ("编号", "要求", "通知原文", "核对方式", "适用、期限和须办事项"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "编号")
    for one in plan.requirements:
        how = "、".join(HOW[letter] for letter in one.how)
        table.add_row(escape(one.id), escape(one.title), escape(one.quote), how, escape(_to_do(one)))
    console.print(table)


def _to_do(one: Requirement) -> str:
    """For whom it holds, until when, and what a person has to do."""
    scope = "、".join((*one.levels, *one.routes, *([one.when] if one.when else [])))
    parts = (
        f"仅适用于：{scope}" if scope else "",
        f"截止 {one.deadline.isoformat()}" if one.deadline else "",
        one.note,
    )
    return "\n".join(part for part in parts if part)


def print_journals(answers: Sequence[tuple[str, Sequence[Flag]]], console: Console) -> None:
    for title, flags in answers:
        console.print(f"[bold]{escape(title or '（未给刊名）')}[/]", highlight=False)
        for flag in flags:
            style = SEVERITY_STYLES[flag.severity]
            message = f"{escape(flag.message)} [dim]{flag.code}[/]"
            console.print(f"  [{style}]{SEVERITIES[flag.severity]}[/] {message}", highlight=False)
        if not flags:
            console.print("  [green]未发现问题[/]")
