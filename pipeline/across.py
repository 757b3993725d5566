"""G-DUP over a whole batch: the same proof handed in by two applicants. Only screening sees both.

Always a warning: nobody can tell from the files whose proof it is, and some papers name several people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity, Verdict
from domain.plan import Plan
from domain.review import ApplicationReview, FileReview, Flag, RequirementCited
from matching.text import bare

CODE = "duplicate.across-applications"
REQUIREMENT = "G-DUP"
PERSONAL = frozenset(
    {
        EvidenceKind.CE_RECORD,
        EvidenceKind.QUALIFICATION_CERTIFICATE,
        EvidenceKind.APPOINTMENT_LETTER,
        EvidenceKind.ANNUAL_ASSESSMENT,
        EvidenceKind.ID_PHOTO,
        EvidenceKind.ID_CARD,
        EvidenceKind.EDUCATION_CERTIFICATE,
        EvidenceKind.EDUCATION_QUERY,
    }
)
"""Proofs of one person. Papers, awards and reports of a team are rightly handed in by several."""
ENOUGH_TEXT = 80
"""Characters below which two pages of different people may read the same by chance."""

Place = tuple[int, str, int]
"""An application's index, a file's name in it, a page."""


def with_duplicates_across(
    reviews: Sequence[ApplicationReview], load_plan: Callable[[str], Plan]
) -> tuple[ApplicationReview, ...]:
    """The reviews, with a flag on every personal proof that another person's application holds too.

    One person may apply under two plans, or anew, with the same papers.
    """
    seen: defaultdict[Hashable, list[Place]] = defaultdict(list)
    for index, review in enumerate(reviews):
        for file in review.files:
            for key, page in _keys(file):
                seen[key].append((index, file.file.path, page))
    twins: dict[tuple[int, str], tuple[int, Place]] = {}
    for places in seen.values():
        for index, name, page in places:
            applicant = reviews[index].applicant
            other = next((place for place in places if reviews[place[0]].applicant != applicant), None)
            if other is not None:
                twins.setdefault((index, name), (page, other))
    return tuple(_flagged(index, review, reviews, twins, load_plan) for index, review in enumerate(reviews))


def _keys(file: FileReview) -> Iterator[tuple[Hashable, int]]:
    """What tells that two files are the same: their bytes, or all the words of a full page."""
    evidence = file.file
    declared = evidence.declared.kind if evidence.declared else None
    if (declared or evidence.document.kind.name) not in PERSONAL or evidence.reading.error is not None:
        return
    yield evidence.reading.sha256, 1
    for page in evidence.reading.pages:
        text = bare(page.text)
        if len(text) >= ENOUGH_TEXT:
            yield text, page.number


def _flagged(
    index: int,
    review: ApplicationReview,
    reviews: Sequence[ApplicationReview],
    twins: dict[tuple[int, str], tuple[int, Place]],
    load_plan: Callable[[str], Plan],
) -> ApplicationReview:
    if not any(known == index for known, _ in twins):
        return review
    cited = _cited(load_plan(review.plan))
    files = []
    for file in review.files:
        twin = twins.get((index, file.file.path))
        if twin is not None:
            page, (other, name, _) = twin
            found = f"{reviews[other].path}/{name}"
            flag = _flag(file.file.path, Where(page=page), found, cited)
            file = file.model_copy(update={"flags": (*file.flags, flag)})
        files.append(file)
    verdict = Verdict.REVIEW if review.verdict is Verdict.PASS else review.verdict
    return review.model_copy(update={"files": tuple(files), "verdict": verdict})


def _flag(file: str, where: Where, found: str, cited: RequirementCited) -> Flag:
    return Flag(
        code=CODE,
        severity=Severity.WARNING,
        message=f"该材料第{where.page}页与另一份申报的“{found}”相同，请核对是谁的材料。",
        advice="请对照两份申报和原件；如确为多人共用的文件，请在备注中说明。",
        requirement=cited,
        page=where.page,
        found=found,
        file=file,
    )


def _cited(plan: Plan) -> RequirementCited:
    own = next((one for one in plan.requirements if one.id == REQUIREMENT), plan.requirements[0])
    return RequirementCited(id=own.id, notice=plan.notice, quote=own.quote)
