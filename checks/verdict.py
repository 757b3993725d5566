"""Sorts the flags of all results to their files and says what becomes of the application."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.geometry import Box
from domain.kinds import Outcome, Severity, Verdict
from domain.review import ApplicationReview, CheckResult, Dossier, FileReview, Flag

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
Place = tuple[str, str | None, int | None, Box | None, str | None, str | None]


def assemble(path: str, dossier: Dossier, results: Sequence[CheckResult]) -> ApplicationReview:
    """The review of the application in the folder ``path`` (display name only).

    A flag about a file that is not in the dossier stays with the application.
    """
    flags = unrepeated(flag for result in results for flag in result.flags)
    names = {file.path for file in dossier.files}
    return ApplicationReview(
        path=path,
        applicant=dossier.declaration.applicant.name,
        plan=dossier.plan.id,
        verdict=verdict_of(flags, crashed=any(one.outcome is Outcome.CRASHED for one in results)),
        files=tuple(
            FileReview(file=file, flags=tuple(flag for flag in flags if flag.file == file.path))
            for file in dossier.files
        ),
        flags=tuple(flag for flag in flags if flag.file not in names),
        results=tuple(results),
    )


def verdict_of(flags: Iterable[Flag], *, crashed: bool = False) -> Verdict:
    """``fail`` with an error, ``review`` with a warning, else ``pass``.

    A check that crashed judged nothing, so the application cannot pass on its silence: a person looks.
    """
    severities = {flag.severity for flag in flags}
    if Severity.ERROR in severities:
        return Verdict.FAIL
    if Severity.WARNING in severities or crashed:
        return Verdict.REVIEW
    return Verdict.PASS


def unrepeated(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Each flag once: of two that say the same of the same place the more severe is kept, else the first."""
    kept: dict[Place, Flag] = {}
    for flag in flags:
        place = (flag.code, flag.file, flag.page, flag.box, flag.expected, flag.found)
        known = kept.get(place)
        if known is None or _RANK[flag.severity] < _RANK[known.severity]:
            kept[place] = flag
    return tuple(kept.values())
