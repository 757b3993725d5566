"""What the applicant typed in (declaration.json of the contract). Everything but the name may be absent.

Values are kept as typed; a check judges their form, so that a slip is a flag and not a crash.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from domain.kinds import EvidenceKind, HoursCategory


class Declared(BaseModel):
    """Base of declared records: frozen; unknown keys are ignored, since other programs may add their own."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, allow_inf_nan=False)


class DeclaredTitle(Declared):
    name: str | None = None
    obtained: str | None = None
    """ISO 8601, year, year-month or full date."""


class Applicant(Declared):
    name: str = Field(min_length=1)
    id_number: str | None = None
    employer: str | None = None
    current_title: DeclaredTitle | None = None


class DeclaredHours(Declared):
    year: int
    total: float | None = None
    professional: float | None = None
    industry_public: float | None = None
    general_public: float | None = None

    def of(self, category: HoursCategory) -> float | None:
        value: float | None = getattr(self, category.value)
        return value


class DeclaredPaper(Declared):
    title: str
    authors: tuple[str, ...] = Field(default=(), strict=False)
    journal: str | None = None
    issn: str | None = None
    cn: str | None = None
    year: int | None = None
    issue: str | None = None
    pages: str | None = None


class DeclaredCertificate(Declared):
    kind: str | None = None
    name: str | None = None
    number: str | None = None
    obtained: str | None = None


class DeclaredAppointment(Declared):
    position: str | None = None
    start: str | None = None
    end: str | None = None


class DeclaredAssessment(Declared):
    year: int
    result: str | None = None


class DeclaredEducation(Declared):
    level: str | None = None
    """专科, 本科, 硕士, 博士 …"""
    school: str | None = None
    graduated: str | None = None
    abroad: bool = False
    """Studied abroad, in Hong Kong, Macao or Taiwan: another certification is asked for."""
    later: bool = False
    """后学历: obtained beside the work, after a first one."""


class DeclaredProject(Declared):
    name: str
    collective: bool = False
    """Done by several people: the applicant's own part must be proven."""


class DeclaredReview(Declared):
    """The last time that the applicant was reviewed."""

    year: int
    passed: bool
    new_work: bool = True
    """Whether there is new work since."""


class DeclaredPublicity(Declared):
    """公示 in the employer's house: first and last day, ISO 8601."""

    start: str | None = None
    end: str | None = None


class DeclaredEvidence(Declared):
    file: str
    kind: EvidenceKind | None = Field(default=None, strict=False)
    copy_: bool = Field(default=False, alias="copy")
    """A photocopy, on which the plan may demand a verification mark."""
    about: str | None = None
    """What it proves: ``papers/0`` is the first declared paper."""


class Declaration(Declared):
    applicant: Applicant
    plan: str | None = None
    level: str | None = None
    route: str | None = None
    """正常 (default), 转评, 标志性业绩, 技能人才 …"""
    continuing_education: tuple[DeclaredHours, ...] = Field(default=(), strict=False)
    papers: tuple[DeclaredPaper, ...] = Field(default=(), strict=False)
    certificates: tuple[DeclaredCertificate, ...] = Field(default=(), strict=False)
    appointments: tuple[DeclaredAppointment, ...] = Field(default=(), strict=False)
    assessments: tuple[DeclaredAssessment, ...] = Field(default=(), strict=False)
    statement: str | None = None
    education: tuple[DeclaredEducation, ...] = Field(default=(), strict=False)
    projects: tuple[DeclaredProject, ...] = Field(default=(), strict=False)
    category: str | None = None
    """申报专业类别, where the notice names them."""
    last_review: DeclaredReview | None = None
    registration_revoked: str | None = None
    """Day on which a registration was revoked for 挂证."""
    publicity: DeclaredPublicity | None = None
    submitted: str | None = None
    """Day the application was handed in, ISO 8601; deadlines are only judged where it is given."""
    social_security_province: str | None = None
    employer_kind: str | None = None
    """``事业单位`` asks for the post information form."""
    evidence: tuple[DeclaredEvidence, ...] = Field(default=(), strict=False)
