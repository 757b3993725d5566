"""The order and number of an application's flags, the same in Excel, HTML and on marked-up pages."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kinds import Severity
from domain.review import ApplicationReview, FileReview, Flag

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class NumberedFlag:
    """``file`` is None where the flag is about no file that was uploaded."""

    number: int
    flag: Flag
    file: FileReview | None


def numbered(review: ApplicationReview) -> tuple[NumberedFlag, ...]:
    """All flags: errors first, then by file and page; numbers start at 1."""
    every: list[tuple[Flag, FileReview | None]] = [
        (flag, file) for file in review.files for flag in file.flags
    ]
    every += [(flag, None) for flag in review.flags]
    every.sort(key=lambda one: _ORDER.index(one[0].severity))
    return tuple(NumberedFlag(number, flag, file) for number, (flag, file) in enumerate(every, start=1))
