"""The Excel report: applicants, the list of problems with links to marked-up pages, what was read.

Text from outside never becomes a formula: it is written as text, and what begins like one gets an apostrophe,
so that it stays harmless when the sheet is saved as CSV and opened again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from domain.kinds import Outcome, Severity, Verdict
from domain.plan import Plan
from domain.review import ApplicationReview
from domain.screening import Screening
from policies.names import KIND_NAMES
from report.contents import read_values
from report.marked_pages import Place
from report.numbering import NumberedFlag, numbered
from report.outcomes import requirement_states
from report.privacy import Privacy
from report.words import SEVERITIES, VERDICTS

Cell = str | int | float | None
Column = tuple[str, float]
"""Heading and width in characters."""

APPLICANTS: tuple[Column, ...] = (
    ("申报人", 12),
    ("文件夹", 26),
    ("评审计划", 28),
    ("结论", 12),
    ("错误", 8),
    ("待核", 8),
    ("提示", 8),
    ("材料数", 8),
    ("页数", 8),
)
PROBLEMS: tuple[Column, ...] = (
    ("申报人", 12),
    ("编号", 7),
    ("级别", 8),
    ("问题", 52),
    ("处理建议", 44),
    ("材料", 24),
    ("页", 6),
    ("标注图", 12),
    ("应为", 18),
    ("实为", 18),
    ("通知原文", 48),
    ("通知", 30),
    ("要求编号", 12),
    ("代码", 26),
    ("可信度", 8),
)
REQUIREMENTS: tuple[Column, ...] = (
    ("申报人", 12),
    ("要求编号", 12),
    ("要求", 40),
    ("核对情况", 20),
    ("说明", 40),
    ("通知原文", 60),
)
CONTENTS: tuple[Column, ...] = (
    ("申报人", 12),
    ("材料", 24),
    ("种类", 20),
    ("项目", 14),
    ("识别内容", 44),
    ("页", 6),
    ("可信度", 8),
)
_SEVERITY_COLOURS = {Severity.ERROR: "#FADBD8", Severity.WARNING: "#FDEBD0", Severity.INFO: "#DDEBF7"}
_VERDICT_COLOURS = {Verdict.FAIL: "#FADBD8", Verdict.REVIEW: "#FDEBD0", Verdict.PASS: "#DFF0D8"}
_OUTCOME_COLOURS = {
    Outcome.FLAGGED: "#FADBD8",
    Outcome.UNSURE: "#FDEBD0",
    Outcome.CRASHED: "#FDEBD0",
    Outcome.PASSED: "#DFF0D8",
}
_LINK_COLUMN = 7


def write_excel(
    screening: Screening,
    plans: Mapping[str, Plan],
    marked: Sequence[Mapping[Place, Path]],
    target: Path,
    privacy: Privacy,
) -> None:
    """Write the workbook.

    ``plans``: by id, those that the applications were judged by. ``marked``: the marked-up pages of each
    application, which lie below the workbook's folder.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        _applicants(Sheet(book, "申报人", APPLICANTS), screening)
        problems = Sheet(book, "问题清单", PROBLEMS)
        for review, pages in zip(screening.applications, marked, strict=True):
            _problems(problems, review, pages, target.parent, privacy)
        problems.finish()
        requirements = Sheet(book, "核对情况", REQUIREMENTS)
        for review in screening.applications:
            if review.plan in plans:
                _requirements(requirements, review, plans[review.plan])
        requirements.finish()
        contents = Sheet(book, "识别内容", CONTENTS)
        for review in screening.applications:
            _contents(contents, review, privacy)
        contents.finish()


class Sheet:
    """A sheet with a frozen heading, filters and widths, filled row by row."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[Column]) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self._book = book
        self._columns = columns
        self._formats: dict[str, Format] = {}
        heading = book.add_format(
            {"bold": True, "bg_color": "#1F3A5F", "font_color": "white", "valign": "vcenter", "border": 1}
        )
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        for index, (title, width) in enumerate(columns):
            self.sheet.set_column(index, index, width)
            self.sheet.write_string(0, index, title, heading)
        self.sheet.freeze_panes(1, 1)
        self.rows = 1

    def add(self, cells: Sequence[Cell], *, colour: str = "", coloured: int = -1) -> int:
        """Write a row; cell ``coloured`` gets a background. Returns the row's number."""
        row = self.rows
        for index, cell in enumerate(cells):
            style = self._format(colour if index == coloured else "")
            if isinstance(cell, str):
                self.sheet.write_string(row, index, harmless(cell), style)
            elif cell is not None:
                self.sheet.write_number(row, index, cell, style)
        self.rows += 1
        return row

    def finish(self) -> None:
        self.sheet.autofilter(0, 0, max(self.rows - 1, 1), len(self._columns) - 1)

    def _format(self, colour: str) -> Format:
        if colour not in self._formats:
            properties: dict[str, object] = {"text_wrap": True, "valign": "top"}
            if colour:
                properties |= {"bg_color": colour, "bold": True}
            self._formats[colour] = self._book.add_format(properties)
        return self._formats[colour]


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, cut at what a cell can hold."""
    marked = f"'{text}" if text.lstrip()[:1] in {"=", "+", "-", "@"} or text[:1] in {"\t", "\r"} else text
    return marked[:32767]


def _applicants(sheet: Sheet, screening: Screening) -> None:
    for review in screening.applications:
        counts = Counter(flag.severity for flag in review.all_flags)
        sheet.add(
            (
                review.applicant or "（未知）",
                review.path,
                review.plan,
                VERDICTS[review.verdict],
                *(counts[severity] for severity in Severity),
                len(review.files),
                sum(len(file.file.reading.pages) for file in review.files),
            ),
            colour=_VERDICT_COLOURS[review.verdict],
            coloured=3,
        )
    sheet.finish()


def _problems(
    sheet: Sheet, review: ApplicationReview, pages: Mapping[Place, Path], folder: Path, privacy: Privacy
) -> None:
    for one in numbered(review):
        flag = one.flag
        row = sheet.add(
            (
                review.applicant or review.path,
                one.number,
                SEVERITIES[flag.severity],
                privacy.text(flag.message),
                privacy.text(flag.advice),
                flag.file or "",
                flag.page,
                None,
                privacy.text(flag.expected or ""),
                privacy.text(flag.found or ""),
                flag.requirement.quote,
                flag.requirement.notice,
                flag.requirement.id,
                flag.code,
                round(flag.confidence, 2),
            ),
            colour=_SEVERITY_COLOURS[flag.severity],
            coloured=2,
        )
        picture = _picture(one, pages)
        if picture is not None:
            link = f"external:{picture.relative_to(folder).as_posix()}"
            sheet.sheet.write_url(row, _LINK_COLUMN, link, sheet.link, string="查看标注")


def _picture(one: NumberedFlag, pages: Mapping[Place, Path]) -> Path | None:
    if one.file is None or one.flag.page is None:
        return None
    return pages.get((one.file.file.path, one.flag.page))


def _requirements(sheet: Sheet, review: ApplicationReview, plan: Plan) -> None:
    for state in requirement_states(review, plan):
        one = state.requirement
        sheet.add(
            (review.applicant or review.path, one.id, one.title, state.words, state.note, one.quote),
            colour=_OUTCOME_COLOURS.get(state.outcome, "") if state.outcome else "",
            coloured=3,
        )


def _contents(sheet: Sheet, review: ApplicationReview, privacy: Privacy) -> None:
    for file in review.files:
        for value in read_values(file.file, privacy):
            sheet.add(
                (
                    review.applicant or review.path,
                    file.file.path,
                    KIND_NAMES[value.kind],
                    value.label,
                    value.text,
                    value.field.where.page,
                    round(value.field.confidence, 2),
                )
            )
