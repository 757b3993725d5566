"""Uploads are read page by page, once for the same bytes, and what fails says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.work.kept import kept_reading
from pipeline.work.performing import work_until_idle
from pipeline.work.versions import reader_version
from pipeline.work.workplace import Workplace
from store.database import Database
from tests.pipeline import recorded
from tests.store.conftest import Clock
from tests.work.office import Office, workplace


def test_an_upload_is_read_judged_and_done(place: Workplace, office: Office) -> None:
    application = office.apply("张三")
    file = office.upload(application, "pages 3", "继续教育.pdf")
    assert work_until_idle(place) == 2
    row = office.file(file)
    assert (row.status, row.page, row.pages) == ("done", 3, 3)
    assert office.application(application).verdict == "review"
    assert [flag.file_id for flag in office.flags(application)] == [file]
    assert {job.state for job in office.jobs()} == {"done"}


@pytest.mark.parametrize(
    ("content", "code", "severity", "message"),
    [
        ("code file.encrypted", "file.encrypted", "error", "“甲.pdf”已加密"),
        ("crash", "file.unreadable", "warning", "“甲.pdf”时发生内部错误"),
        ("unread", "file.unreadable", "warning", "申报人无需重新上传"),
    ],
)
def test_a_file_that_cannot_be_read_fails_with_a_reason_and_is_judged(
    place: Workplace, office: Office, content: str, code: str, severity: str, message: str
) -> None:
    application = office.apply("张三")
    bad = office.upload(application, content, "甲.pdf")
    good = office.upload(application, "pages 1", "乙.pdf")
    work_until_idle(place)
    row = office.file(bad)
    assert (row.status, row.failure_code) == ("failed", code)
    assert message in row.failure_message
    assert office.file(good).status == "done"
    assert [(flag.code, flag.severity, flag.file_id) for flag in office.flags(application)] == [
        (code, severity, bad)
    ]


def test_the_same_bytes_are_read_once_and_bear_each_files_own_name(
    database: Database, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "opened.txt"
    monkeypatch.setenv("RECORDED_LOG", str(log))
    place = workplace(database, tmp_path, clock, recorded.reading_tools_counted)
    office = Office(place)
    names = {"张三": "甲.pdf", "李四": "乙.pdf"}
    files = {}
    for person, name in names.items():
        files[name] = office.upload(office.apply(person), "code file.encrypted", name)
        work_until_idle(place)
    assert log.read_text(encoding="utf-8").splitlines() == ["甲.pdf"]
    for name, file in files.items():
        assert f"“{name}”" in office.file(file).failure_message


def test_a_failure_of_ours_is_not_kept_as_the_files_reading(place: Workplace, office: Office) -> None:
    office.upload(office.apply("张三"), "crash")
    office.upload(office.apply("李四"), "code file.encrypted")
    work_until_idle(place)
    assert len(office.readings()) == 1


def test_progress_is_told_by_page(database: Database, tmp_path: Path, clock: Clock) -> None:
    seen: list[tuple[str, int, int]] = []
    place = workplace(database, tmp_path, clock, stopping=lambda: look())
    office = Office(place)
    file = office.upload(office.apply("张三"), "pages 3")

    def look() -> bool:
        row = office.file(file)
        seen.append((row.status, row.page, row.pages))
        return False

    work_until_idle(place)
    assert ("reading", 1, 3) in seen
    assert ("reading", 2, 3) in seen


def test_a_worker_that_stops_gives_the_job_back_unblamed(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    asked = iter([False, False, False, True])
    stopping = workplace(database, tmp_path, clock, stopping=lambda: next(asked, True))
    office = Office(stopping)
    file = office.upload(office.apply("张三"), "pages 9")
    work_until_idle(stopping)
    job = office.jobs()[0]
    assert (job.state, job.attempts) == ("waiting", 0)
    assert office.file(file).status == "reading"
    work_until_idle(workplace(database, tmp_path, clock))
    assert office.file(file).status == "done"


def test_uploads_go_before_batches_that_waited_longer(
    database: Database, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "opened.txt"
    monkeypatch.setenv("RECORDED_LOG", str(log))
    place = workplace(database, tmp_path, clock, recorded.reading_tools_counted)
    office = Office(place)
    office.upload(office.apply("张三", batch="b", path="一"), "pages 1", "batch.pdf")
    clock.wait(60)
    office.upload(office.apply("李四"), "pages 2", "upload.pdf")
    work_until_idle(place)
    assert log.read_text(encoding="utf-8").splitlines() == ["upload.pdf", "batch.pdf"]


def test_an_upload_goes_between_two_pages_of_a_batch(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    seen: list[tuple[str, int]] = []
    place = workplace(database, tmp_path, clock, stopping=lambda: look())
    office = Office(place)
    long = office.upload(office.apply("张三", batch="b", path="一"), "pages 5")
    short: list[str] = []

    def look() -> bool:
        """At the second page of the batch's file somebody uploads."""
        if office.file(long).page == 2 and not short:
            short.append(office.upload(office.apply("李四"), "pages 1"))
        if short:
            seen.append((office.file(short[0]).status, office.file(long).page))
        return False

    work_until_idle(place)
    assert ("done", 3) in seen
    assert {row.status for row in office.files().values()} == {"done"}


def test_an_upload_of_the_bytes_that_are_being_read_for_a_batch_waits_for_nobody(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    place = workplace(database, tmp_path, clock, stopping=lambda: look())
    office = Office(place)
    long = office.upload(office.apply("张三", batch="b", path="一"), "pages 5")
    same: list[str] = []

    def look() -> bool:
        if office.file(long).page == 2 and not same:
            same.append(office.upload(office.apply("李四"), "pages 5"))
        return False

    work_until_idle(place)
    assert {row.status for row in office.files().values()} == {"done"}
    assert len(office.readings()) == 1


def test_a_reading_comes_back_as_it_was(place: Workplace, office: Office) -> None:
    file = office.file(office.upload(office.apply("张三"), "pages 2", "甲.pdf"))
    work_until_idle(place)
    with place.database.reading() as session:
        reading = kept_reading(session, file.sha256, reader_version(place.settings.limits), "别名.pdf")
    assert reading is not None
    assert (reading.path, reading.sha256, len(reading.pages)) == ("别名.pdf", file.sha256, 2)
