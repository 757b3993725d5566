"""What differs between two judgements of the same applications: which flags came, went or are told otherwise.

A flag is the same where it says the same of the same file. Of those left over, one that raises the same
matter of the same file with other figures is one changed, rather than one gone and one come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence

from domain.kinds import Severity, Verdict
from domain.replay import FlagChange, PersonDifference, Replay, Standing, VerdictCount
from domain.review import Flag
from domain.screening import InputProblem

_GRAVITY = list(Severity)
_KEYS: tuple[Callable[[Flag], Hashable], ...] = (
    lambda flag: (flag.file, flag.code, flag.requirement.id, flag.page, flag.expected, flag.found),
    lambda flag: (flag.file, flag.code, flag.requirement.id, flag.expected, flag.found),
    lambda flag: (flag.file, flag.code, flag.page, flag.found),
    lambda flag: (flag.file, flag.code, flag.requirement.id, flag.page),
    lambda flag: (flag.file, flag.code, flag.page),
)
"""From the same to the same matter; a requirement may bear another number in another plan."""


def difference(
    batch: str,
    pairs: Sequence[tuple[Standing, Standing]],
    notes: Iterable[str] = (),
    problems: Iterable[InputProblem] = (),
) -> Replay:
    """``pairs``: every application before and after, in the batch's order."""
    verdicts = Counter((before.verdict, after.verdict) for before, after in pairs)
    people = (_of_person(before, after) for before, after in pairs)
    return Replay(
        batch=batch,
        applications=len(pairs),
        verdicts=tuple(
            VerdictCount(before=before, after=after, applications=verdicts[before, after])
            for before in Verdict
            for after in Verdict
            if verdicts[before, after]
        ),
        differences=tuple(
            one for one in people if one.before is not one.after or one.came or one.gone or one.changed
        ),
        notes=tuple(notes),
        problems=tuple(problems),
    )


def _of_person(before: Standing, after: Standing) -> PersonDifference:
    gone, came = sorted(before.flags, key=_order), sorted(after.flags, key=_order)
    matched: list[FlagChange] = []
    for key in _KEYS:
        matched += _taken(gone, came, key)
    return PersonDifference(
        path=after.path,
        applicant=after.applicant,
        before=before.verdict,
        after=after.verdict,
        came=tuple(came),
        gone=tuple(gone),
        changed=tuple(sorted((one for one in matched if _differs(one)), key=lambda one: _order(one.after))),
    )


def _taken(gone: list[Flag], came: list[Flag], key: Callable[[Flag], Hashable]) -> list[FlagChange]:
    """Takes out of both lists what is the same by ``key``, one by one in their order."""
    waiting: dict[Hashable, list[Flag]] = {}
    for flag in came:
        waiting.setdefault(key(flag), []).append(flag)
    found = []
    for flag in list(gone):
        same = waiting.get(key(flag))
        if same:
            found.append(FlagChange(before=flag, after=same.pop(0)))
            gone.remove(flag)
            came.remove(found[-1].after)
    return found


def _differs(change: FlagChange) -> bool:
    """Words alone may be bettered: a change is one of severity, demand or figures."""
    before, after = change.before, change.after
    told_before = (before.severity, before.expected, before.found)
    return told_before != (after.severity, after.expected, after.found)


def _order(flag: Flag) -> tuple[int, str, str, int, str]:
    return (_GRAVITY.index(flag.severity), flag.code, flag.file or "", flag.page or 0, flag.message)
