"""Flags that are about two applications: gathered while their pages are compared, then laid on both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.geometry import Box, Where
from domain.kinds import EvidenceKind, Severity, Verdict
from domain.plan import Plan
from domain.reading import PageReading
from domain.review import ApplicationReview, FileReview, Flag, RequirementCited
from policies.wording import Words, words

DUPLICATE, TAMPER = "duplicate.across-applications", "tamper.suspected"
_REQUIREMENTS = {DUPLICATE: "G-DUP", TAMPER: "G-FORGE"}
SHARED = "shared"
"""The variant that is only told."""
_TWICE = {
    "picture": Words(
        message="第{page}页与另一份申报的“{other}”是同一张图像。",
        advice="请对照两份申报和原件，核对是谁的材料。",
    ),
    SHARED: Words(
        message="第{page}页与另一份申报的“{other}”是同一张图像；合作论文等共有材料可以由几人分别提交。",
        advice="无需处理；如不是共有材料，请核对是谁的材料。",
    ),
}
"""No check of one application says these: they are not among the wording of checks."""
MOST = 3
"""Flags of one sort on one file: a template that everybody uses is told of often enough."""


@dataclass(frozen=True, slots=True)
class Name:
    """What the other side is called: ``found`` as the flag keeps it, ``words`` in its message."""

    found: str
    words: str


Naming = Callable[[ApplicationReview, FileReview], Name]


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

    @property
    def sha256(self) -> str:
        return self.file.file.reading.sha256


def by_path(review: ApplicationReview, file: FileReview) -> Name:
    path = f"{review.path}/{file.file.path}"
    return Name(path, path)


class Raised:
    """Flags of a batch by application and file."""

    def __init__(
        self, reviews: Sequence[ApplicationReview], load_plan: Callable[[str], Plan], named: Naming
    ) -> None:
        self._reviews, self._load_plan, self._named = reviews, load_plan, named
        self._flags: defaultdict[tuple[int, str], list[Flag]] = defaultdict(list)

    def add(
        self,
        sides: tuple[Place, Place],
        code: str,
        variant: str,
        boxes: tuple[Box | None, Box | None] = (None, None),
        row: str = "",
    ) -> None:
        """The flag on both sides, each with its place on its page where that is known."""
        for here, there, box in ((*sides, boxes[0]), (*sides[::-1], boxes[1])):
            flags = self._flags[here.review, here.file.file.path]
            if sum(flag.code == code for flag in flags) >= MOST:
                continue
            flag = self._flag(here, there, code, variant, box, row)
            if not any(_says_the_same(flag, known) for known in here.file.flags):
                flags.append(flag)

    def _flag(self, here: Place, there: Place, code: str, variant: str, box: Box | None, row: str) -> Flag:
        name = self._named(self._reviews[there.review], there.file)
        values = {"page": here.page.number, "other": name.words, "row": row}
        text = (_TWICE.get(variant) or words(code, variant)).filled(values)
        return Flag(
            code=code,
            severity=Severity.INFO if variant == SHARED else Severity.WARNING,
            message=text.message,
            advice=text.advice,
            requirement=_cited(self._load_plan(self._reviews[here.review].plan), _REQUIREMENTS[code]),
            page=here.page.number,
            box=Where(page=1, box=box).box,
            found=name.found,
            file=here.file.file.path,
        )

    def reviews(self) -> tuple[ApplicationReview, ...]:
        """The reviews with what was raised."""
        return tuple(self._flagged(index, review) for index, review in enumerate(self._reviews))

    def _flagged(self, index: int, review: ApplicationReview) -> ApplicationReview:
        new = [flag for file in review.files for flag in self._flags.get((index, file.file.path), ())]
        if not new:
            return review
        files = tuple(
            file.model_copy(update={"flags": (*file.flags, *self._flags.get((index, file.file.path), ()))})
            for file in review.files
        )
        warned = any(flag.severity is Severity.WARNING for flag in new)
        verdict = Verdict.REVIEW if warned and review.verdict is Verdict.PASS else review.verdict
        return review.model_copy(update={"files": files, "verdict": verdict})


def _says_the_same(flag: Flag, known: Flag) -> bool:
    """The same words, or bytes, were found in the same place before (``pipeline.across``)."""
    return known.code == DUPLICATE and (flag.code, flag.page, flag.found) == (
        DUPLICATE,
        known.page,
        known.found,
    )


def _cited(plan: Plan, requirement: str) -> RequirementCited:
    own = next((one for one in plan.requirements if one.id == requirement), plan.requirements[0])
    return RequirementCited(id=own.id, notice=plan.notice, quote=own.quote)
