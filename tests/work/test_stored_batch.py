"""Batches of the store judged again, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select

from domain.errors import InputError
from domain.review import CheckResult, Dossier
from pipeline.replaying import replay
from pipeline.stored_batch import stored_batch
from pipeline.work.performing import work_until_idle
from pipeline.work.versions import reader_version
from pipeline.work.workplace import Workplace
from store import judgements, kept_readings
from store.applications import keep_blob
from store.decided import decided_flags
from store.tables import BatchRow, FlagRow, UserRow
from tests.pipeline import recorded
from tests.work.office import Office

BATCH = "b0000000-0000-4000-8000-000000000001"


@pytest.fixture
def judged(office: Office, place: Workplace) -> str:
    """A batch of two: 张三's file has two pages, of which the second is hard to read."""
    blob = place.blobs.put([b"zip"], 100)
    three = office.apply("张三", batch=BATCH, path="a")
    office.upload(three, "pages 2")
    office.upload(office.apply("李四", batch=BATCH, path="b"), "pages 1")
    with place.database.writing() as session:
        owner = session.scalars(select(UserRow)).first()
        assert owner is not None
        keep_blob(session, place.clock(), blob)
        session.add(
            BatchRow(
                id=BATCH,
                owner_id=owner.id,
                name="演示.zip",
                sha256=blob.sha256,
                status="reading",
                created_at=place.clock(),
            )
        )
    work_until_idle(place)
    return three


def no_flags(dossier: Dossier) -> Sequence[CheckResult]:
    return tuple(one.model_copy(update={"flags": ()}) for one in recorded.run_checks(dossier))


def test_other_checks_name_exactly_who_changes(judged: str, place: Workplace) -> None:
    present = reader_version(place.settings.limits)
    old = stored_batch(place.database, BATCH, present, None)
    same = replay(old, recorded.judging_tools(), None)
    assert (same.applications, same.differences, same.problems) == (2, (), ())
    told = replay(old, replace(recorded.judging_tools(), run_checks=no_flags), None)
    (person,) = told.differences
    assert (person.applicant, person.path) == ("张三", "a")
    assert [flag.code for flag in person.gone] == ["page.illegible"]


def test_what_the_store_knows_of_batches_and_decisions(judged: str, place: Workplace, office: Office) -> None:
    (flag,) = office.flags(judged)
    with place.database.writing() as session:
        clerk = session.scalars(select(UserRow)).first()
        assert clerk is not None
        row = session.get_one(FlagRow, flag.id)
        for decision in (judgements.CONFIRM, judgements.DISMISS):
            judgements.decide(session, place.clock(), clerk, row, decision, "看错了")
    with place.database.reading() as session:
        (decided,) = decided_flags(session, {"page.illegible"})
        assert (decided.application, decided.identity, decided.accepted) == (judged, flag.identity, False)
        assert decided_flags(session, {"seal.missing"}) == []
        last = kept_readings.last_batch(session)
        assert last is not None
        assert last[0] == BATCH
        (version,) = kept_readings.versions_of(session, BATCH)
    assert version == reader_version(place.settings.limits)
    assert stored_batch(place.database, BATCH, version, version[:6]).name == "演示.zip"
    with pytest.raises(InputError, match="没有版本 none"):
        stored_batch(place.database, BATCH, version, "none")
    with pytest.raises(InputError, match="没有批次"):
        stored_batch(place.database, "other", version, None)
