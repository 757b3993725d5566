"""The committee's packet as a workbook: applicants, every flag with what was decided, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from domain.kinds import Severity
from domain.packet import PacketCover, PacketFlag, PacketSheet
from report.excel import Column, Sheet
from report.packet_words import UNDECIDED, decision_words, told, verdict_words
from report.privacy import Privacy
from report.words import SEVERITIES

APPLICANTS: tuple[Column, ...] = (
    ("申报人", 12),
    ("单位", 30),
    ("文件夹", 26),
    ("评审计划", 28),
    ("结论", 12),
    ("错误", 8),
    ("待核", 8),
    ("提示", 8),
    ("尚未处理", 10),
    ("材料数", 8),
    ("页数", 8),
    ("未能读取", 30),
)
FLAGS: tuple[Column, ...] = (
    ("申报人", 12),
    ("文件夹", 26),
    ("编号", 7),
    ("级别", 8),
    ("问题", 52),
    ("处理建议", 44),
    ("材料", 24),
    ("页", 6),
    ("应为", 18),
    ("实为", 18),
    ("通知原文", 48),
    ("通知", 30),
    ("要求编号", 12),
    ("代码", 26),
    ("处理", 10),
    ("理由", 36),
    ("处理人", 12),
    ("处理时间", 18),
)
LEFT_OUT: tuple[Column, ...] = (("位置", 40), ("原因", 90))
_VERDICT, _SEVERITY = 4, 3
_COLOURS = {"fail": "#FADBD8", "review": "#FDEBD0", "pass": "#DFF0D8"}
_SEVERITY_COLOURS = {Severity.ERROR: "#FADBD8", Severity.WARNING: "#FDEBD0", Severity.INFO: "#DDEBF7"}


def write_packet_excel(
    cover: PacketCover, sheets: Iterable[PacketSheet], target: Path, privacy: Privacy
) -> None:
    """Write the workbook. ``sheets`` are taken one after another; their crops are not used."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        applicants, flags = Sheet(book, "申报人", APPLICANTS), Sheet(book, "问题清单", FLAGS)
        for sheet in sheets:
            _applicant(applicants, sheet, privacy)
            for flag in sheet.flags:
                _flag(flags, sheet, flag, privacy)
        applicants.finish()
        flags.finish()
        left_out = Sheet(book, "未能纳入", LEFT_OUT)
        for path, message in cover.problems:
            left_out.add((privacy.text(path), privacy.text(message)))
        left_out.finish()


def _applicant(applicants: Sheet, sheet: PacketSheet, privacy: Privacy) -> None:
    counts = Counter(flag.severity for flag in sheet.flags)
    undecided = sum(not flag.decisions for flag in sheet.flags if flag.severity is not Severity.INFO)
    applicants.add(
        (
            privacy.text(sheet.applicant),
            privacy.text(sheet.organisation),
            privacy.text(sheet.path),
            sheet.plan,
            verdict_words(sheet.verdict),
            *(counts[severity] for severity in Severity),
            undecided,
            sheet.files,
            sheet.pages,
            privacy.text("、".join(sheet.unread)),
        ),
        colour=_COLOURS.get(sheet.verdict, ""),
        coloured=_VERDICT,
    )


def _flag(flags: Sheet, sheet: PacketSheet, flag: PacketFlag, privacy: Privacy) -> None:
    last = flag.decisions[-1] if flag.decisions else None
    flags.add(
        (
            privacy.text(sheet.applicant),
            privacy.text(sheet.path),
            flag.number,
            SEVERITIES[flag.severity],
            privacy.text(flag.message),
            privacy.text(flag.advice),
            privacy.text(flag.file),
            flag.page,
            privacy.text(flag.expected),
            privacy.text(flag.found),
            flag.quote,
            flag.notice,
            flag.requirement,
            flag.code,
            decision_words(last) if last else UNDECIDED,
            privacy.text(last.reason) if last else "",
            last.by if last else "",
            told(last.at) if last else "",
        ),
        colour=_SEVERITY_COLOURS[flag.severity],
        coloured=_SEVERITY,
    )
