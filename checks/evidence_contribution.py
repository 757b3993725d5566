"""C-DIM, I-REPORT: for what several people did, the applicant's own part is proven."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.certainty import all_well_read, pages_of
from checks.context import ApplicationContext, Parameters
from checks.evidence import documents, says
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check
from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity
from domain.review import Dossier, EvidenceFile
from policies.names import KIND_NAMES


class Contribution(Parameters):
    """``kinds``: papers that must name the applicant, or be joined by one that does (``about`` the same)."""

    kinds: frozenset[EvidenceKind] = Field(min_length=1)
    what: str = Field(min_length=2)
    """What must be proven, in the notice's words: 本人系主要贡献者."""


@application_check("evidence.contribution", ("evidence.missing",), Contribution)
def evidence_contribution(context: ApplicationContext[Contribution]) -> Iterator[Judgement]:
    dossier, asked = context.dossier, context.parameters
    name = dossier.declaration.applicant.name
    judged = False
    for file, facts in documents(dossier, asked.kinds):
        judged = True
        if says(file, facts, name) or _others_about(dossier, file):
            continue
        yield finding(
            "evidence.missing",
            sure=all_well_read(pages_of(file, facts)),
            # Who wrote a report may stand on pages that were not handed in: a person looks.
            severity=Severity.WARNING,
            variant="contribution",
            values={"kind": KIND_NAMES[facts.kind], "what": asked.what},
            file=file.path,
            where=Where(page=facts.pages[0]) if facts.pages else None,
            expected=name,
        )
    for number, project in enumerate(context.declaration.projects):
        if not project.collective:
            continue
        judged = True
        if not _about(dossier, f"projects/{number}"):
            yield finding(
                "evidence.missing",
                severity=Severity.WARNING,
                variant="project",
                values={"project": project.name, "what": asked.what},
                expected=asked.what,
            )
    if not judged:
        yield INAPPLICABLE


def _about(dossier: Dossier, place: str) -> tuple[EvidenceFile, ...]:
    return tuple(file for file in dossier.files if file.declared and file.declared.about == place)


def _others_about(dossier: Dossier, file: EvidenceFile) -> bool:
    """Another file proves the same: about the same thing, or about this file itself."""
    about = file.declared.about if file.declared else None
    places = {file.path, *([about] if about else [])}
    return any(
        other is not file and other.declared is not None and other.declared.about in places
        for other in dossier.files
    )
