"""What the checks made of an application: flags with place and quote, one result per check per document."""

from __future__ import annotations

from pydantic import Field as Constraint

from domain.base import Record
from domain.declaration import Declaration, DeclaredEvidence
from domain.facts import Document
from domain.geometry import Box
from domain.kinds import Outcome, Severity, Verdict
from domain.plan import Plan
from domain.reading import Reading


class EvidenceFile(Record):
    """One uploaded file with all that is known of it when checks run."""

    reading: Reading
    document: Document
    declared: DeclaredEvidence | None = None

    @property
    def path(self) -> str:
        return self.reading.path


class JournalRow(Record):
    """One row of the register or the blacklist."""

    title: str
    issn: str = ""
    cn: str = ""
    former_titles: tuple[str, ...] = ()
    status: str = ""
    frequency: str = ""
    kind: str = ""
    reason: str = ""
    source: str = ""
    genuine_title_exists: bool = False
    genuine_issn: str = ""
    genuine_cn: str = ""
    match_hint: str = ""


class JournalLists(Record):
    """Lists in force, as given to the checks. Empty where none were imported."""

    register_rows: tuple[JournalRow, ...] = ()
    blacklist_rows: tuple[JournalRow, ...] = ()


class Dossier(Record):
    """All that a check may see."""

    declaration: Declaration
    files: tuple[EvidenceFile, ...]
    plan: Plan
    lists: JournalLists = JournalLists()


class RequirementCited(Record):
    id: str
    notice: str
    quote: str


class Flag(Record):
    """A flag as the contract writes it. ``file`` is None where it is about no one file."""

    code: str
    severity: Severity
    message: str
    advice: str
    requirement: RequirementCited
    page: int | None = None
    box: Box | None = None
    expected: str | None = None
    found: str | None = None
    confidence: float = Constraint(default=1.0, ge=0, le=1)
    file: str | None = None


class CheckResult(Record):
    """One check on one document (or on the application): it ran, and this is what came of it."""

    check: str
    requirement: str
    outcome: Outcome
    file: str | None = None
    flags: tuple[Flag, ...] = ()
    problem: str = ""


class FileReview(Record):
    file: EvidenceFile
    flags: tuple[Flag, ...]


class ApplicationReview(Record):
    """One application after all checks."""

    path: str
    applicant: str
    plan: str
    verdict: Verdict
    files: tuple[FileReview, ...]
    flags: tuple[Flag, ...]
    """Flags about no one file."""
    results: tuple[CheckResult, ...] = ()

    @property
    def all_flags(self) -> tuple[Flag, ...]:
        return tuple(flag for file in self.files for flag in file.flags) + self.flags
