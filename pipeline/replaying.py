"""Old batches judged again from what was read of them: no page is read, nothing is written.

``Rejudged`` pairs are made by ``judged_again`` of whoever holds the readings: a report's folder here, the
service's store in ``pipeline.stored_batch``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from domain.plan import Plan
from domain.replay import Replay, Standing
from domain.review import ApplicationReview
from domain.screening import InputProblem
from pipeline.differences import difference
from pipeline.kept_batch import KeptBatch, standing
from pipeline.screening import judge_applications
from pipeline.tools import JudgingTools


@dataclass(frozen=True, slots=True)
class Rejudged:
    """An application as it stood, and as these rules judge it now."""

    stood: Standing
    review: ApplicationReview


class OldBatch(Protocol):
    """A batch whose readings were kept."""

    @property
    def name(self) -> str: ...
    @property
    def notes(self) -> Sequence[str]:
        """What a person must know of the readings, in Chinese."""
        ...

    @property
    def problems(self) -> Sequence[InputProblem]:
        """What cannot be judged again."""
        ...

    def judged_again(self, judging: JudgingTools, plan: str | None) -> Iterator[Rejudged]:
        """Every application under other rules, in the batch's order; ``plan`` stands for all of them."""
        ...


@dataclass(frozen=True, slots=True)
class BatchInFolder:
    """What ``hezheng screen --out`` wrote. ``present``: the version of the reader that is at hand."""

    folder: Path
    batch: KeptBatch
    present: str

    @property
    def name(self) -> str:
        return str(self.folder)

    @property
    def notes(self) -> Sequence[str]:
        reader = self.batch.head.reader
        return () if reader == self.present else (other_reader(reader),)

    @property
    def problems(self) -> Sequence[InputProblem]:
        return ()

    def judged_again(self, judging: JudgingTools, plan: str | None) -> Iterator[Rejudged]:
        kept = self.batch.applications
        screening = judge_applications([one.read for one in kept], judging, plan or self.batch.head.plan)
        for one, review in zip(kept, screening.applications, strict=True):
            yield Rejudged(one.stood, review)


def replay(batch: OldBatch, judging: JudgingTools, plan: str | None) -> Replay:
    """How ``batch`` stood and how it stands under these rules."""
    pairs = [(one.stood, standing(one.review)) for one in batch.judged_again(judging, plan)]
    return difference(batch.name, pairs, batch.notes, batch.problems)


def with_plan(judging: JudgingTools, plan: Plan) -> JudgingTools:
    """Tools that know ``plan`` besides those that are built in, and before one of the same name."""
    others = judging.load_plan
    return replace(judging, load_plan=lambda name: plan if name == plan.id else others(name))


def other_reader(version: str, files: int = 0) -> str:
    """``files``: how many of the batch; 0: all."""
    which = f"其中{files}个文件" if files else "这批材料"
    return f"{which}由另一版本的识别程序或模型读取（版本 {version[:12]}），按当时保存的识别结果核对。"
