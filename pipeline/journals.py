"""Journals outside any application: a list of them as CSV, each held against the lists and the rules."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from checks.journal_lookup import check_journal
from domain.base import Record
from domain.errors import InputError
from domain.review import Flag, JournalLists

COLUMNS = ("title", "issn", "cn")
LARGEST_BYTES = 50 * 1024 * 1024


class JournalAsked(Record):
    """A journal as somebody typed it; what is empty was not given."""

    title: str = ""
    issn: str = ""
    cn: str = ""


class JournalAnswer(Record):
    title: str
    flags: tuple[Flag, ...]


def check_journals(journals: Sequence[JournalAsked], lists: JournalLists) -> tuple[JournalAnswer, ...]:
    """One answer a journal, in the order given."""
    return tuple(
        JournalAnswer(title=one.title, flags=check_journal(one.title, one.issn, one.cn, lists))
        for one in journals
    )


def read_journals(path: Path) -> tuple[JournalAsked, ...]:
    """The rows of a CSV with a heading (``title``, ``issn``, ``cn``; others are ignored), UTF-8 or GB 18030.

    Raises ``InputError`` where the file cannot be read or has no ``title`` column.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError("file.too-large", f"“{path.name}”超过50MB，请分成几个文件。", path.name)
        content = path.read_bytes()
    except OSError as error:
        message = f"无法读取“{path}”（{error.strerror}），请检查路径。"
        raise InputError("file.unreadable", message, path.name) from error
    try:
        rows = csv.DictReader(io.StringIO(_decoded(content), newline=""))
        names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
        if "title" not in names:
            message = f"“{path.name}”的首行应为列名，至少有 title（可另有 issn、cn）。"
            raise InputError("form.value-format", message, path.name)
        return tuple(
            JournalAsked(**{column: (row.get(names.get(column, "")) or "").strip() for column in COLUMNS})
            for row in rows
        )
    except (csv.Error, UnicodeDecodeError) as error:
        message = f"“{path.name}”不是有效的CSV文件，请用电子表格软件另存为“CSV UTF-8”后重试。"
        raise InputError("file.unreadable", message, path.name) from error


def _decoded(content: bytes) -> str:
    """Spreadsheet programs on Chinese systems save CSV as GB 18030 unless told otherwise."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")
