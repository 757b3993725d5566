"""G-KIND: the file can be opened at all."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import FileContext, Parameters
from checks.finding import Judgement, finding
from checks.registry import file_check
from domain.errors import FileProblem
from domain.kinds import Severity


@file_check("file.readable", tuple(problem.value for problem in FileProblem), Parameters)
def file_readable(context: FileContext[Parameters]) -> Iterator[Judgement]:
    error = context.file.reading.error
    if error is None:
        return
    values = {"file": context.file.path}
    if error.ours:
        unread = FileProblem.UNREADABLE.value
        yield finding(unread, severity=Severity.WARNING, variant="our-fault", values=values)
    else:
        yield finding(error.code.value, values=values)
