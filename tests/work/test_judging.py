"""Applications are judged once all is read, anew when they change, and say so where they cannot be judged."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from domain.errors import SetupError
from pipeline.tools import ReadingTools
from pipeline.work.kept import newest_review, review_of
from pipeline.work.performing import work_until_idle
from pipeline.work.sweeping import JUDGE_FAILED, ring_if_waiting, sweep
from pipeline.work.workplace import Workplace
from store.applications import replace_declaration
from store.jobs import MOST_DEATHS
from store.tables import ApplicationRow, BatchRow, FileRow, ReadingRow, UserRow
from tests.pipeline import recorded
from tests.store.conftest import Clock
from tests.work.office import Office, SilentBell

TWIN = "duplicate.across-applications"


def test_a_review_comes_back_as_it_was_judged(place: Workplace, office: Office) -> None:
    application = office.apply("张三")
    office.upload(application, "pages 2", "甲.pdf", kind="ce_record", is_copy=True, about="papers/0")
    work_until_idle(place)
    (row,) = office.reviews(application)
    review = review_of(row)
    evidence = review.files[0].file
    assert (evidence.path, len(evidence.reading.pages)) == ("甲.pdf", 2)
    assert evidence.declared is not None
    assert (evidence.declared.kind, evidence.declared.copy_, evidence.declared.about) == (
        "ce_record",
        True,
        "papers/0",
    )
    assert (review.applicant, review.verdict, row.verdict) == ("张三", "review", "review")
    assert set(row.versions) == {"reader", "rules", "plan", "lists"}
    assert all(len(version) == 64 for version in row.versions.values())


def test_a_flag_is_kept_as_the_contract_writes_it(place: Workplace, office: Office) -> None:
    application = office.apply("张三")
    file = office.upload(application, "pages 2", "甲.pdf")
    work_until_idle(place)
    (flag,) = office.flags(application)
    assert flag.file_id == file
    assert flag.content["box"] == [0.1, 0.2, 0.3, 0.4]
    assert flag.content["requirement"] == {
        "id": "R-1",
        "notice": recorded.PLAN.notice,
        "quote": "每年度一份",
    }


def test_other_declared_values_are_judged_without_reading_again(
    place: Workplace, office: Office, clock: Clock
) -> None:
    application = office.apply("张三")
    office.upload(application, "pages 1")
    work_until_idle(place)
    clock.wait(1)
    with place.database.writing() as session:
        row = session.get_one(ApplicationRow, application)
        declared = {**row.declaration, "applicant": {"name": "张叁"}}
        replace_declaration(session, clock(), session.get_one(UserRow, row.owner_id), row, declared)
    assert work_until_idle(place) == 1
    assert [review_of(row).applicant for row in office.reviews(application)] == ["张三", "张叁"]


def test_a_judging_of_an_earlier_revision_is_left_out(place: Workplace, office: Office) -> None:
    application = office.apply("张三")
    for number in range(3):
        with place.database.writing() as session:
            row = session.get_one(ApplicationRow, application)
            owner = session.get_one(UserRow, row.owner_id)
            replace_declaration(session, place.clock(), owner, row, row.declaration | {"level": str(number)})
    work_until_idle(place)
    assert [row.revision for row in office.reviews(application)] == [4]


def test_two_uploads_of_one_name_are_told_apart(place: Workplace, office: Office) -> None:
    application = office.apply("张三")
    files = [office.upload(application, f"pages 2\n{number}", "扫描.pdf") for number in range(2)]
    work_until_idle(place)
    flags = office.flags(application)
    assert {flag.file_id for flag in flags} == set(files)
    assert {flag.content["file"] for flag in flags} == {"扫描.pdf", "扫描 (2).pdf"}


def test_what_was_declared_and_never_came_is_named(place: Workplace, office: Office) -> None:
    declared = [{"file": "有.pdf", "kind": "ce_record", "copy": True}, {"file": "没有.pdf"}]
    application = office.apply("张三", evidence=declared)
    office.upload(application, "pages 1", "有.pdf")
    work_until_idle(place)
    (flag,) = office.flags(application)
    assert (flag.code, flag.content["file"], flag.file_id) == ("file.unreadable", "没有.pdf", "")
    evidence = review_of(office.reviews(application)[0]).files[0].file
    assert evidence.declared is not None
    assert evidence.declared.copy_


@pytest.mark.parametrize(
    ("name", "declared", "code", "severity"),
    [
        ("张三", {"plan": "没有的计划"}, "form.value-format", "error"),
        ("张三", {"papers": [{"year": "二〇一八"}]}, "form.value-format", "error"),
        ("崩溃", {}, "file.unreadable", "warning"),
    ],
)
def test_what_cannot_be_judged_says_why(
    place: Workplace, office: Office, name: str, declared: dict[str, Any], code: str, severity: str
) -> None:
    application = office.apply(name, **declared)
    file = office.upload(application, "pages 1")
    work_until_idle(place)
    assert [(flag.code, flag.severity) for flag in office.flags(application)] == [(code, severity)]
    assert office.file(file).status == "done"


def test_a_batch_is_judged_by_the_plan_it_names(place: Workplace, office: Office) -> None:
    blob = place.blobs.put([b"zip"], 10)
    file = office.upload(office.apply("别人"), "zip")
    with place.database.writing() as session:
        owner = session.get_one(ApplicationRow, session.get_one(FileRow, file).application_id).owner_id
        digest = session.get_one(FileRow, file).sha256
        moment = place.clock()
        session.add(
            BatchRow(
                id="b", owner_id=owner, name="b.zip", plan=recorded.PLAN.id, sha256=digest, status="reading",
                created_at=moment,
            )
        )  # fmt: skip
    assert blob.size == 3
    application = office.apply("张三", batch="b", path="张三", plan="没有的计划")
    office.upload(application, "pages 1")
    work_until_idle(place)
    with place.database.reading() as session:
        review = newest_review(session, application)
    assert review is not None
    assert (review.plan, review.path, review.verdict) == (recorded.PLAN.id, "张三", "pass")


def test_the_same_proof_in_two_peoples_applications_is_shown_in_both(
    place: Workplace, office: Office, clock: Clock
) -> None:
    first, second, other = office.apply("张三"), office.apply("李四"), office.apply("王五")
    office.upload(first, "pages 1", "甲.pdf")
    work_until_idle(place)
    assert office.flags(first) == []
    clock.wait(1)
    office.upload(second, "pages 1", "乙.pdf")
    office.upload(other, "pages 1\nanother", "丙.pdf")
    clock.wait(1)
    work_until_idle(place)
    codes = [[flag.code for flag in office.flags(one)] for one in (first, second, other)]
    assert codes == [[TWIN], [TWIN], []]
    assert len(office.reviews(second)) == 1


def test_a_twin_s_flag_names_neither_the_other_person_nor_the_file(place: Workplace, office: Office) -> None:
    """A clerk may see it without a grant for the other application; who has one finds that by its number."""
    first, second = office.apply("张三", path="初审/张三"), office.apply("李四", path="初审/李四")
    office.upload(first, "pages 1", "张三登记.pdf")
    work_until_idle(place)
    office.upload(second, "pages 1", "李四登记.pdf")
    work_until_idle(place)
    content = office.flags(second)[0].content
    assert content["found"] == first
    assert first in content["message"]
    assert "张三" not in json.dumps(content, ensure_ascii=False)


def test_one_persons_two_applications_are_no_twins(place: Workplace, office: Office) -> None:
    applications = [office.apply("张三"), office.apply("张三")]
    for application in applications:
        office.upload(application, "pages 1")
    work_until_idle(place)
    assert [office.flags(application) for application in applications] == [[], []]


def test_under_other_versions_a_file_is_read_anew_before_it_is_judged(
    place: Workplace, office: Office, clock: Clock
) -> None:
    application = office.apply("张三")
    office.upload(application, "pages 2")
    work_until_idle(place)
    with place.database.writing() as session:
        session.execute(update(ReadingRow).values(versions="of an earlier reader"))
        row = session.get_one(ApplicationRow, application)
        owner = session.get_one(UserRow, row.owner_id)
        replace_declaration(session, clock(), owner, row, row.declaration)
    work_until_idle(place)
    assert len(office.readings()) == 2
    assert [row.verdict for row in office.reviews(application)] == ["review", "review"]


def test_jobs_that_kill_their_worker_tell_their_file_and_their_application(
    place: Workplace, office: Office, clock: Clock
) -> None:
    application = office.apply("张三")
    file = office.upload(application, "pages 1", "甲.pdf")
    for status in ("failed", "done"):
        for _ in range(MOST_DEATHS):
            assert place.ledger.take(("uploads",), "killed") is not None
            clock.wait(place.ledger.lease.total_seconds() + 1)
            sweep(place)
        assert {job.state for job in office.jobs() if job.kind == "read"} == {"failed"}
        assert office.file(file).status == "failed", status
    assert "重新上传" in office.file(file).failure_message
    (flag,) = office.flags(application)
    assert (flag.code, flag.severity, flag.content["message"]) == ("file.unreadable", "warning", JUDGE_FAILED)
    assert office.application(application).verdict == "review"


def test_a_reader_that_is_not_ready_blames_no_job(place: Workplace, office: Office) -> None:
    def unready() -> ReadingTools:
        raise SetupError("缺少模型文件，请运行 hezheng models fetch。")

    file = office.upload(office.apply("张三"), "pages 1")
    broken = Workplace(
        **{name: getattr(place, name) for name in place.__dataclass_fields__} | {"reading_tools": unready}
    )
    with pytest.raises(SetupError, match="models fetch"):
        work_until_idle(broken)
    assert [(job.state, job.attempts) for job in office.jobs()] == [("waiting", 0)]
    work_until_idle(place)
    assert office.file(file).status == "done"


def test_a_job_that_our_own_fault_stopped_waits_for_its_lease(
    place: Workplace, office: Office, clock: Clock
) -> None:
    file = office.file(office.upload(office.apply("张三"), "pages 1"))
    other = office.upload(office.apply("李四"), "pages 2")
    path = place.blobs.path(file.sha256)
    path.rename(path.with_suffix(".away"))
    path.mkdir()
    work_until_idle(place)
    assert office.file(other).status == "done"
    assert office.file(file.id).status == "failed"
    assert "申报人无需重新上传" in office.file(file.id).failure_message
    clock.wait(timedelta(hours=1).total_seconds())


def test_an_idle_worker_rings_for_what_waits_and_for_nothing_else(place: Workplace, office: Office) -> None:
    bell = place.bell
    assert isinstance(bell, SilentBell)
    ring_if_waiting(place)
    assert bell.rung == []
    office.upload(office.apply("张三", batch="b", path="一"), "pages 1")
    ring_if_waiting(place)
    office.upload(office.apply("李四"), "pages 1")
    ring_if_waiting(place)
    assert bell.rung == ["batches", "uploads"]
