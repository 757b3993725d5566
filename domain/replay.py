"""A batch as it stood and as it stands under other rules: what is different, person by person."""

from __future__ import annotations

from domain.base import Record
from domain.kinds import Verdict
from domain.review import Flag
from domain.screening import InputProblem


class Standing(Record):
    """What a judgement came to: verdict and flags, without what was read."""

    path: str
    applicant: str
    plan: str
    verdict: Verdict
    flags: tuple[Flag, ...]


class FlagChange(Record):
    """One matter told otherwise than before: another severity, or other figures."""

    before: Flag
    after: Flag


class PersonDifference(Record):
    path: str
    applicant: str
    before: Verdict
    after: Verdict
    came: tuple[Flag, ...] = ()
    gone: tuple[Flag, ...] = ()
    changed: tuple[FlagChange, ...] = ()


class VerdictCount(Record):
    before: Verdict
    after: Verdict
    applications: int


class Replay(Record):
    """``differences``: the applications that differ, in the batch's order; ``notes``: for people, Chinese."""

    batch: str
    applications: int
    verdicts: tuple[VerdictCount, ...]
    differences: tuple[PersonDifference, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[InputProblem, ...] = ()
    """What could not be replayed."""
