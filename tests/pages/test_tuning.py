"""A batch of the service replayed and tuned: by its number, with clerks' decisions, on record."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select
from typer.testing import CliRunner

import cli
from store import audit, judgements
from store.tables import ApplicationRow, BatchRow, FileRow, FlagRow, JobRow, ReadingRow
from tests.pages.serving import DemoHouse

BATCH = "b0000000-0000-4000-8000-000000000001"
NOW = datetime(2020, 9, 1, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DemoHouse:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path))
    monkeypatch.delenv("HEZHENG_LISTS", raising=False)
    return with_batch(tmp_path)


def with_batch(tmp_path: Path) -> DemoHouse:
    """One application of the demo, judged, in a batch of the service."""
    house = DemoHouse(tmp_path, ["04-hours-short"])
    with house.database.writing() as session:
        blob = session.scalars(select(FileRow.sha256)).first()
        owner = house.users["申报人"].id
        session.add(
            BatchRow(
                id=BATCH,
                owner_id=owner,
                name="演示.zip",
                plan="",
                sha256=blob,
                status="reading",
                created_at=NOW,
            )
        )
        for row in session.scalars(select(ApplicationRow)):
            row.batch_id = BATCH
    return house


def told(*words: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli.app, [*words, "--format", "json"])
    assert result.exit_code == 0, (result.stderr, result.exception)
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def flags(house: DemoHouse, code: str) -> list[FlagRow]:
    with house.database.reading() as session:
        return list(session.scalars(select(FlagRow).where(FlagRow.code == code, FlagRow.gone_at.is_(None))))


def test_a_stored_batch_is_replayed_by_its_number(house: DemoHouse) -> None:
    assert told("replay", BATCH)["summary"]["changed"] == 0
    other = told("replay", BATCH, "--plan", "fushun-ecology-2024")
    assert [one["applicant"] for one in other["applications"]] == ["叶固"]
    assert flags(house, "hours.total-short"), "replaying changed what is stored"
    unknown = CliRunner().invoke(cli.app, ["replay", "no-such-batch"])
    assert "没有批次“no-such-batch”" in str(unknown.exception)


def test_readings_of_other_weights_are_replayed_as_stored_and_said(house: DemoHouse) -> None:
    with house.database.writing() as session:
        for row in session.scalars(select(ReadingRow)):
            row.versions = "0ld" + row.versions[3:]
    document = told("replay", BATCH)
    assert document["summary"]["changed"] == 0
    assert "0ld" in document["notes"][0]
    assert told("replay", BATCH, "--weights", "0ld")["summary"]["changed"] == 0
    absent = CliRunner().invoke(cli.app, ["replay", BATCH, "--weights", "new"])
    assert "没有版本 new 的识别结果" in str(absent.exception)


def test_an_application_without_readings_is_named(house: DemoHouse) -> None:
    with house.database.writing() as session:
        session.execute(delete(ReadingRow))
    result = CliRunner().invoke(cli.app, ["replay", BATCH, "--format", "json"])
    assert result.exit_code == 1
    assert [one["path"] for one in json.loads(result.stdout)["errors"]] == ["04-hours-short"]


def test_tune_counts_what_clerks_accepted_and_overruled(house: DemoHouse) -> None:
    """The last batch, without its number. Softening keeps a flag; nothing is written before --save."""
    missing = flags(house, "copy.signature-missing")
    with house.database.writing() as session:
        clerk = house.users["周核"]
        for flag, decision in zip(missing, (judgements.CONFIRM, judgements.DISMISS), strict=False):
            row = session.get_one(FlagRow, flag.id)
            judgements.decide(session, NOW, clerk, row, decision, "演示")
    trial = told("tune", "copy.verification", "--threshold", "certainty=1")
    assert trial["batch"] == "演示.zip"
    assert trial["clerks"] == {
        "accepted_kept": 1,
        "accepted_lost": 0,
        "overruled_kept": len(missing) - 1,
        "overruled_gone": 0,
        "not_raised": 0,
    }
    listed = {one["check"]: one["clerks"] for one in told("thresholds")["thresholds"]}
    assert listed["copy.verification"] == {"accepted": 1, "overruled": len(missing) - 1}
    assert listed["tamper.text"] == {"accepted": 0, "overruled": 0}
    assert not house.settings.thresholds.exists()


def test_what_vanishes_is_told_by_what_clerks_made_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judged by a bound that finds most seals hard to read; the usual one finds none."""
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path))
    strict = '["seal.readable"]\nnonsense = 0.9\n'
    (tmp_path / "thresholds.toml").write_text(strict, encoding="utf-8")
    house = with_batch(tmp_path)
    raised = flags(house, "seal.unreadable")
    assert len(raised) >= 2
    with house.database.writing() as session:
        for flag in raised:
            decision = judgements.CONFIRM if flag is raised[0] else judgements.DISMISS
            row = session.get_one(FlagRow, flag.id)
            judgements.decide(session, NOW, house.users["周核"], row, decision, "演示")
    trial = told("tune", "seal.readable", "--threshold", "nonsense=0.1")
    assert trial["flags"] == {"before": len(raised), "after": 0}
    assert trial["clerks"]["accepted_lost"] == 1
    assert trial["clerks"]["overruled_gone"] == len(raised) - 1
    told_to_people = CliRunner().invoke(cli.app, ["tune", "seal.readable", "--threshold", "0.1"])
    assert f"驳回的 {len(raised) - 1} 处中 {len(raised) - 1} 处不再提示" in told_to_people.stdout
    assert (tmp_path / "thresholds.toml").read_text(encoding="utf-8") == strict


def test_save_is_on_record_and_has_the_unfinished_judged_anew(house: DemoHouse) -> None:
    saved = told("tune", "copy.verification", BATCH, "--threshold", "sure_mark=0.9", "--save")
    assert saved["saved"] is True
    assert "sure_mark = 0.9" in house.settings.thresholds.read_text(encoding="utf-8")
    with house.database.reading() as session:
        (entry,) = audit.of_subject(session, "copy.verification")
        assert entry.action == "threshold.moved"
        assert entry.details == {"from": "sure_mark 0.65", "to": "sure_mark 0.9", "judged_anew": 1}
        waiting = session.scalars(select(JobRow.kind).where(JobRow.state == "waiting")).all()
        assert list(waiting) == ["judge"]
        assert audit.broken_at(session) is None
