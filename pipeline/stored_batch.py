"""A batch of the service judged again, out of the readings that the store keeps. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from domain.errors import InputError
from domain.reading import Reading
from domain.screening import InputProblem
from pipeline.kept_batch import standing
from pipeline.reading import renamed
from pipeline.replaying import Rejudged, other_reader
from pipeline.tools import JudgingTools
from pipeline.work import twins
from pipeline.work.case import Case, case_of
from pipeline.work.judging import judged
from pipeline.work.kept import newest_review
from pipeline.work.reading import as_failed
from store import batches, kept_readings
from store.applications import FAILED
from store.database import Database
from store.tables import ApplicationRow, BatchRow

_ABSENT = "没有保存的识别结果或核对结果（尚未读完、尚未核对，或已清除），无法重放。"


@dataclass(slots=True)
class StoredBatch:
    """``wanted``: beginning of the reader's version to be preferred; ``present``: the one at hand.

    Notes and problems are known once the applications were judged.
    """

    database: Database
    identifier: str
    name: str
    present: str
    wanted: str
    problems: Sequence[InputProblem] = ()
    _others: Counter[str] = field(default_factory=Counter)

    @property
    def notes(self) -> Sequence[str]:
        return [other_reader(version, self._others[version]) for version in sorted(self._others)]

    def judged_again(self, judging: JudgingTools, plan: str | None) -> Iterator[Rejudged]:
        self.problems, self._others = (), Counter()
        with self.database.reading() as session:
            rows = batches.applications_of(session, self.identifier)
        for row in rows:
            found = rejudged(self.database, row, judging, plan, self.wanted, self._read_by)
            if found is None:
                problem = InputProblem(path=row.path or row.id, code="file.unreadable", message=_ABSENT)
                self.problems = (*self.problems, problem)
            else:
                yield found

    def _read_by(self, version: str) -> None:
        if version != self.present:
            self._others[version] += 1


def stored_batch(database: Database, identifier: str, present: str, weights: str | None) -> StoredBatch:
    """Raises ``InputError`` where the store has no such batch, or no reading of it by ``weights``."""
    with database.reading() as session:
        row = session.get(BatchRow, identifier)
        if row is None:
            message = f"没有批次“{identifier}”：请给出 screen --out 写出的目录，或服务中批次的编号。"
            raise InputError("form.value-format", message, identifier)
        versions = kept_readings.versions_of(session, identifier)
        if weights and not any(one.startswith(weights) for one in versions):
            known = "、".join(one[:12] for one in versions) or "无"
            message = f"批次“{identifier}”没有版本 {weights} 的识别结果，已有的版本：{known}。"
            raise InputError("form.value-format", message, identifier)
        return StoredBatch(database, row.id, row.name, present, weights or present)


def rejudged(
    database: Database,
    row: ApplicationRow,
    judging: JudgingTools,
    plan: str | None,
    wanted: str,
    read_by: Callable[[str], None] = lambda version: None,
) -> Rejudged | None:
    """An application judged again; ``None`` where a reading or the review before is not there."""
    with database.reading() as session:
        case = case_of(session, row)
        before = newest_review(session, row.id)
        readings = _readings(session, case, wanted, read_by)
    if before is None or readings is None:
        return None
    review = judged(replace(case, plan=plan or case.plan), readings, judging)
    return Rejudged(standing(before), twins.compared(database, row, review, judging))


def _readings(
    session: Session, case: Case, wanted: str, read_by: Callable[[str], None]
) -> dict[str, Reading] | None:
    found: dict[str, Reading] = {}
    for name, file in case.files.items():
        one = kept_readings.chosen(session, file.sha256, wanted)
        if one is not None:
            found[name] = renamed(Reading.model_validate_json(one.content), file.name)
            read_by(one.versions)
        elif file.status == FAILED:
            found[name] = as_failed(file)
        else:
            return None
    return found
