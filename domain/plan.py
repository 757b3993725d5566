"""The rules of one notice as data: requirements in its own words, and the checks that serve them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from domain.base import Record

USUAL_ROUTE = "正常"
ROW_ID = r"^[A-Z]+(-[A-Z0-9]+)+$"
"""``C-CE-2``: the notice's letter, the subject, a number where there are several."""


class When(StrEnum):
    """What must be declared for a requirement to hold; what is not declared does not hold."""

    PUBLIC_INSTITUTION = "事业单位"
    ENTERPRISE = "企业"
    NOT_ENTERPRISE = "非企业"
    INSURED_ELSEWHERE = "外省参保"
    PAPERS_DECLARED = "填报论文"
    GRADUATED_BEFORE_2001 = "2001年前毕业"
    GRADUATED_SINCE_2001 = "2001年后毕业"
    STUDIED_ABROAD = "国（境）外学历"
    RECENT_LATER_DEGREE = "后学历不满2年"
    NOTHING_NEW = "上年未通过且无新业绩"
    REGISTRATION_REVOKED = "撤销注册不满3年"


class Scope(Record):
    """For whom something holds: all that is given must fit; what is left out does not narrow."""

    levels: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    when: When | None = None


class CheckUse(Scope):
    """A check that serves a requirement. ``parameters`` hold what may vary; the check validates them."""

    check: str
    parameters: Mapping[str, object] = {}


class Requirement(Scope):
    """One row of the notice. ``how``: E on evidence, D on declared values, P process (always shown)."""

    id: str = Field(pattern=ROW_ID)
    title: str = Field(min_length=2)
    quote: str = Field(min_length=2)
    """The notice's own words, verbatim; an ellipsis (…) joins two passages."""
    source: str = ""
    """Where in the notice: ``二（三）``."""
    how: tuple[Literal["E", "D", "P"], ...] = Field(min_length=1)
    checks: tuple[CheckUse, ...] = ()
    deadline: date | None = None
    """The last day of ``title``; ``period.deadline`` judges by it."""
    note: str = ""
    """For P rows: what the clerk or applicant has to do."""


class Plan(Record):
    id: str
    title: str
    notice: str
    """Full name of the notice, as it is cited beside a flag."""
    issuer: str
    issued: date
    year: int = Field(ge=2000, le=2100)
    counted_to: date
    """Day to which seniority is counted."""
    province: str = ""
    """Short form (浙江): certificates and insurance of another one need more."""
    levels: tuple[str, ...] = ()
    routes: tuple[str, ...] = (USUAL_ROUTE,)
    """``自评/举荐`` is one route under two names."""
    draft: bool = False
    """Copied from another year's plan, whose words it still quotes: not to be used for judging."""
    requirements: tuple[Requirement, ...]
