"""The rules of one notice as data: requirements in its own words, and the checks that serve them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from domain.base import Record


class CheckUse(Record):
    """A check that serves a requirement. ``parameters`` hold what may vary; the check validates them."""

    check: str
    parameters: Mapping[str, object] = {}
    routes: tuple[str, ...] = ()
    """Only for these routes; empty = all."""


class Requirement(Record):
    """One row of the notice. ``how``: E on evidence, D on declared values, P process (always shown)."""

    id: str
    title: str
    quote: str = Field(min_length=2)
    """The notice's own words, verbatim; an ellipsis (…) joins two passages."""
    source: str = ""
    """Where in the notice: ``二（三）``."""
    how: tuple[Literal["E", "D", "P"], ...]
    checks: tuple[CheckUse, ...] = ()
    deadline: date | None = None
    note: str = ""
    """For P rows: what the clerk or applicant has to do."""


class Plan(Record):
    id: str
    title: str
    notice: str
    """Full name of the notice, as it is cited beside a flag."""
    issuer: str
    issued: date
    year: int
    counted_to: date
    """Day to which seniority is counted."""
    levels: tuple[str, ...] = ()
    routes: tuple[str, ...] = ("正常",)
    requirements: tuple[Requirement, ...]
