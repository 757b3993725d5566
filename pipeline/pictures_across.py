"""G-DUP and G-FORGE over a whole batch, by pictures: one scan handed in by two people, or with another number
in one place; one impression of a seal upon two sheets. Bytes and words alone are ``pipeline.across``'s part.

One paper of two authors is allowed and only told. Always for a person to look, and never for applicants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.geometry import Box, Where
from domain.kinds import EvidenceKind, PageSource, Severity, Verdict
from domain.plan import Plan
from domain.reading import PageReading
from domain.review import ApplicationReview, FileReview, Flag, RequirementCited
from domain.traces import PagePrint, SealPrint
from matching.text import bare
from pipeline.across import PERSONAL
from policies.wording import Words, words

DUPLICATE, TAMPER = "duplicate.across-applications", "tamper.suspected"
_REQUIREMENTS = {DUPLICATE: "G-DUP", TAMPER: "G-FORGE"}
_TWICE = {
    "picture": Words(
        message="第{page}页与另一份申报的“{other}”是同一张图像。",
        advice="请对照两份申报和原件，核对是谁的材料。",
    ),
    "shared": Words(
        message="第{page}页与另一份申报的“{other}”是同一张图像；合作论文等共有材料可以由几人分别提交。",
        advice="无需处理；如不是共有材料，请核对是谁的材料。",
    ),
}
"""No check of one application says these: they are not among the wording of checks."""
_WHITENED = 0.5
"""Share of pure white above which a page may never have been on paper: its seal is the same each time."""
_MOST = 3
"""Flags of one sort on one file: a template that everybody uses is told of often enough."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a file of an application."""

    review: int
    file: FileReview
    page: PageReading

    @property
    def kind(self) -> EvidenceKind:
        document = self.file.file.document
        known = self.page.number <= len(document.page_kinds)
        return document.page_kinds[self.page.number - 1] if known else document.kind.name


Raised = dict[tuple[int, str], list[Flag]]


def with_pictures_across(
    reviews: Sequence[ApplicationReview], load_plan: Callable[[str], Plan]
) -> tuple[ApplicationReview, ...]:
    """The reviews, with flags on pages and seals that are one picture with another's."""
    from forensics.twins import page_twins, seal_twins

    places = [
        Place(index, file, page)
        for index, review in enumerate(reviews)
        for file in review.files
        for page in file.file.reading.pages
    ]
    printed: list[tuple[Place, PagePrint]] = [
        (place, place.page.traces.print)
        for place in places
        if place.page.traces.print is not None and _is_written(place)
    ]
    raised: Raised = defaultdict(list)
    alike: set[tuple[int, str, int, int, str, int]] = set()
    for twin in page_twins([one for _, one in printed]):
        first, second = printed[twin.first][0], printed[twin.second][0]
        alike.add(_key(first, second))
        _raise(raised, reviews, load_plan, first, second, *_said_of_pages(reviews, first, second, twin.box))
    seals: list[tuple[Place, SealPrint]] = [
        (place, one) for place in places if _on_paper(place) for one in place.page.traces.seal_prints
    ]
    for one, other in seal_twins([mark for _, mark in seals]):
        (first, mark), (second, _) = seals[one], seals[other]
        if (
            first.file.file.reading.sha256 != second.file.file.reading.sha256
            and _key(first, second) not in alike
        ):
            box = first.page.seals[mark.seal].box if mark.seal < len(first.page.seals) else None
            _raise(raised, reviews, load_plan, first, second, TAMPER, "seal-repeated", box)
    return tuple(_flagged(index, review, raised) for index, review in enumerate(reviews))


def _said_of_pages(
    reviews: Sequence[ApplicationReview], first: Place, second: Place, box: Box | None
) -> tuple[str, str, Box | None]:
    """Code, variant and place; no code where nothing is to be said."""
    if first.file.file.reading.sha256 == second.file.file.reading.sha256:
        return "", "", None
    if _figures(first.page) != _figures(second.page):
        return TAMPER, "changed", box or _differing(first.page, second.page)
    if reviews[first.review].applicant == reviews[second.review].applicant:
        return "", "", None
    personal = first.kind in PERSONAL and second.kind in PERSONAL
    return DUPLICATE, "picture" if personal else "shared", None


def _is_written(place: Place) -> bool:
    """A page's print is of its writing: two portraits before a white wall are much alike in it."""
    return place.kind is not EvidenceKind.ID_PHOTO and bool(bare(place.page.text))


def _figures(page: PageReading) -> str:
    return "".join(sign for sign in bare(page.text) if sign.isdigit())


def _differing(first: PageReading, second: PageReading) -> Box | None:
    """The first line with figures that the other page does not have."""
    others = {bare(line.text) for line in second.lines}
    lines = (line for line in first.lines if any(sign.isdigit() for sign in line.text))
    return next((line.box for line in lines if bare(line.text) not in others), None)


def _on_paper(place: Place) -> bool:
    """Electronic seals are alike to the pixel by nature."""
    page, traces = place.page, place.file.file.reading.traces
    return page.source is PageSource.SCAN and page.traces.pure_white < _WHITENED and not traces.signatures


def _key(first: Place, second: Place) -> tuple[int, str, int, int, str, int]:
    return (
        first.review,
        first.file.file.path,
        first.page.number,
        second.review,
        second.file.file.path,
        second.page.number,
    )


def _raise(
    raised: Raised,
    reviews: Sequence[ApplicationReview],
    load_plan: Callable[[str], Plan],
    first: Place,
    second: Place,
    code: str,
    variant: str,
    box: Box | None,
) -> None:
    """The flag on both sides; the box is known on the first."""
    if not code:
        return
    for here, there, place in ((first, second, box), (second, first, None)):
        flags = raised[here.review, here.file.file.path]
        if sum(flag.code == code for flag in flags) >= _MOST:
            continue
        found = f"{reviews[there.review].path}/{there.file.file.path}"
        text = (_TWICE.get(variant) or words(code, variant)).filled(
            {"page": here.page.number, "other": found}
        )
        flags.append(
            Flag(
                code=code,
                severity=Severity.INFO if variant == "shared" else Severity.WARNING,
                message=text.message,
                advice=text.advice,
                requirement=_cited(load_plan(reviews[here.review].plan), _REQUIREMENTS[code]),
                page=here.page.number,
                box=Where(page=1, box=place).box,
                found=found,
                file=here.file.file.path,
            )
        )


def _cited(plan: Plan, requirement: str) -> RequirementCited:
    own = next((one for one in plan.requirements if one.id == requirement), plan.requirements[0])
    return RequirementCited(id=own.id, notice=plan.notice, quote=own.quote)


def _flagged(index: int, review: ApplicationReview, raised: Raised) -> ApplicationReview:
    new = [flag for file in review.files for flag in raised.get((index, file.file.path), ())]
    if not new:
        return review
    files = tuple(
        file.model_copy(update={"flags": (*file.flags, *raised.get((index, file.file.path), ()))})
        for file in review.files
    )
    warned = any(flag.severity is Severity.WARNING for flag in new)
    verdict = Verdict.REVIEW if warned and review.verdict is Verdict.PASS else review.verdict
    return review.model_copy(update={"files": files, "verdict": verdict})
