"""A paper counts only if it was published after the present title was obtained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checks.certainty import SURE_KIND
from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.paper_bundles import Bundle, bundles
from checks.registry import application_check
from domain.facts import Field
from domain.kinds import EvidenceKind, Severity
from matching.dates import earliest, latest, parse_date
from matching.likeness import SURE_READING
from matching.papers import issue_key

_DATED = (
    EvidenceKind.JOURNAL_COVER,
    EvidenceKind.JOURNAL_COPYRIGHT,
    EvidenceKind.JOURNAL_CONTENTS,
    EvidenceKind.PAPER_ARTICLE,
    EvidenceKind.PAPER_RETRIEVAL,
)
MONTHS_AN_ISSUE = 3
"""The slowest usual journal is a quarterly: issue n is out by month 3n at the latest."""


class PaperPeriod(Parameters):
    severity: Severity = Severity.ERROR


@application_check("paper.period", ("paper.outside-period",), PaperPeriod)
def paper_period(context: ApplicationContext[PaperPeriod]) -> Iterator[Judgement]:
    title = context.declaration.applicant.current_title
    obtained = parse_date(title.obtained) if title and title.obtained else None
    looked = False
    for bundle in bundles(context.dossier):
        published = _published(bundle)
        if obtained is None or not published:
            continue
        looked = True
        for year, issue, field, path, sure in published:
            before = _before(year, issue, obtained)
            if before is None:
                continue
            yield finding(
                "paper.outside-period",
                sure=sure and before,
                severity=context.parameters.severity,
                values={"paper": bundle.shown, "found": _shown(year, issue), "obtained": obtained},
                file=path,
                where=field.where if field else None,
                expected=f"> {obtained}",
                found=_shown(year, issue),
                confidence=field.confidence if field else 1.0,
            )
            break
    if not looked:
        yield INAPPLICABLE


Published = tuple[int, str, Field | None, str | None, bool]


def _published(bundle: Bundle) -> list[Published]:
    """Year and issue as the pages say, then as declared; with field, file and whether they are sure."""
    found: list[Published] = []
    for part in bundle.of(*_DATED):
        field, issue = part.facts.get("year"), part.facts.get("issue")
        if field is None or field.number is None:
            continue
        sure = field.confidence >= SURE_READING and part.facts.kind_confidence >= SURE_KIND
        text = issue.text if issue is not None and issue.confidence >= SURE_READING else ""
        found.append((int(field.number), text, field, part.file.path, sure))
    if bundle.paper is not None and bundle.paper.year is not None:
        found.append((bundle.paper.year, bundle.paper.issue or "", None, None, True))
    if bundle.paper is not None and any(one[0] == bundle.paper.year for one in found if one[2] is not None):
        # Where one page confirms the declared year, another year (创刊于 1958) on a page is only doubtful.
        found = [(*one[:4], one[4] and one[0] == bundle.paper.year) for one in found]
    return sorted(found, key=lambda one: not one[4])


def _before(year: int, issue: str, obtained: str) -> bool | None:
    """True: surely published before; False: perhaps; None: after, as far as can be told."""
    first_day = earliest(obtained)
    if year != first_day.year:
        return True if year < first_day.year else None
    if len(obtained) == len("2013") or not issue_key(issue).isdigit():
        return None
    number = int(issue_key(issue))
    if number < 1:
        return None
    if _month_end(year, min(number * MONTHS_AN_ISSUE, 12)) < first_day:
        return True
    return False if _month_end(year, min(number, 12)) < first_day else None


def _month_end(year: int, month: int) -> date:
    return latest(f"{year:04d}-{month:02d}")


def _shown(year: int, issue: str) -> str:
    key = issue_key(issue) if issue else ""
    return f"{year}年第{key}期" if key.isdigit() else f"{year}年"
