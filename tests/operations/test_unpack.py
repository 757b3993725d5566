"""A batch's zip becomes applications: every folder once, whatever happens to the worker or to a folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pipeline.work.holding import LetGo
from pipeline.work.unpack import unpack
from pipeline.work.workplace import Workplace
from store import accounts, audit
from store.accounts import Role
from store.batches import Progress, applications_of, open_batch, progress
from store.jobs import Lease
from store.tables import ApplicationRow, BatchRow, FileRow, JobRow, UserRow
from tests.operations.zips import declaration, people, workbook, zipped
from tests.pipeline import recorded
from tests.store.conftest import Clock

ROOT = Path(__file__).resolve().parents[2]


class Desk:
    """Who brings batches and looks what became of them."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        with place.database.writing() as session:
            self.clerk = accounts.create_user(session, place.clock(), "clerk", Role.CLERK).id

    def bring(self, content: bytes, name: str = "一批.zip", plan: str = "") -> str:
        blob = self.place.blobs.put([content], 10_000_000)
        with self.place.database.writing() as session:
            owner = session.get_one(UserRow, self.clerk)
            return open_batch(session, self.place.clock(), owner, blob, name, plan).id

    def lease(self) -> Lease:
        lease = self.place.ledger.take(("batches",), "test")
        assert lease is not None
        assert lease.kind == "unpack"
        return lease

    def unpacked(self, content: bytes, name: str = "一批.zip", plan: str = "") -> Progress:
        batch = self.bring(content, name, plan)
        unpack(self.place, self.lease())
        return self.progress(batch)

    def progress(self, batch: str) -> Progress:
        with self.place.database.reading() as session:
            return progress(session, session.get_one(BatchRow, batch))

    def applications(self) -> dict[str, ApplicationRow]:
        with self.place.database.reading() as session:
            (batch,) = session.scalars(select(BatchRow.id))
            return {row.path: row for row in applications_of(session, batch)}

    def files(self) -> list[tuple[str, str]]:
        """Every file as its application's path and its name, in the order they are shown."""
        with self.place.database.reading() as session:
            rows = session.execute(
                select(ApplicationRow.path, FileRow.name)
                .join(FileRow, FileRow.application_id == ApplicationRow.id)
                .order_by(ApplicationRow.path, FileRow.received_at)
            )
            return [(path, name) for path, name in rows]

    def jobs(self, kind: str) -> int:
        with self.place.database.reading() as session:
            return session.scalar(select(func.count()).where(JobRow.kind == kind)) or 0


@pytest.fixture
def desk(place: Workplace) -> Desk:
    return Desk(place)


def test_every_folder_becomes_an_application_with_its_files(desk: Desk) -> None:
    inside = people("张三") | {"2020/外地/李四/declaration.json": declaration("李四")}
    now = desk.unpacked(zipped(inside | {"2020/张三/证书/聘书.jpg": b"pages 1"}))
    assert (now.status, now.applications, now.files.files, now.problems) == ("reading", 2, 3, [])
    assert desk.files() == [
        ("2020/张三", "0.png"),
        ("2020/张三", "1.png"),
        ("2020/张三", "证书/聘书.jpg"),
    ]
    row = desk.applications()["2020/外地/李四"]
    assert row.declaration == {"plan": recorded.PLAN.id, "applicant": {"name": "李四"}}
    # Who brought nothing to read is judged at once; who did, when it is read.
    assert (desk.jobs("read"), desk.jobs("judge")) == (3, 1)
    assert not any((desk.place.settings.data / "unpacking").iterdir())


def test_one_workbook_declares_for_all(desk: Desk) -> None:
    inside = {"一批/declarations.xlsx": workbook("张三", "李四"), "一批/张三/0.png": b"pages 1"}
    now = desk.unpacked(zipped(inside | {"一批/李四/0.png": b"pages 2"}))
    assert (now.applications, now.files.files, now.problems) == (2, 2, [])
    with desk.place.database.reading() as session:
        rows = list(session.scalars(select(FileRow)))
    assert {(row.kind, row.is_copy) for row in rows} == {("ce_record", True)}


def test_a_single_application_without_a_folder_bears_the_zips_name(desk: Desk) -> None:
    desk.unpacked(zipped({"declaration.json": declaration("张三"), "a.png": b"pages 1"}), "张三.zip")
    assert desk.files() == [("张三", "a.png")]


def test_one_plan_for_all(desk: Desk) -> None:
    desk.unpacked(zipped(people("张三")), plan="other-plan")
    row = desk.applications()["2020/张三"]
    assert (row.plan, row.declaration["plan"]) == ("other-plan", "other-plan")


def test_one_bad_folder_is_told_and_the_rest_goes_on(desk: Desk) -> None:
    bad = {
        "2020/错/declaration.json": b"{",
        "2020/缺/a.jpg": b"pages 1",
        "../outside.jpg": b"x",
    }
    now = desk.unpacked(zipped(bad | people("张三")))
    assert now.applications == 1
    told = {problem["path"]: problem["code"] for problem in now.problems}
    assert told == {
        "outside.jpg": "file.unsupported",
        "2020/错": "form.value-format",
        "2020/缺": "form.value-format",
    }


def test_a_folder_that_no_database_keeps_does_not_stop_the_batch(desk: Desk) -> None:
    """PostgreSQL refused NUL, NaN and what is longer than its column, and the whole batch waited for ever."""
    bad = {
        "空字符": declaration("某\x00人"),
        "非数字": declaration("某人", continuing_education=[{"year": 2018, "total": float("nan")}]),
        "过长": declaration("名" * 81),
        "过长的材料": declaration("某人", evidence=[{"file": "a.jpg", "about": "papers/" + "0" * 80}]),
    }
    folders = {f"2020/{name}/declaration.json": content for name, content in bad.items()}
    now = desk.unpacked(zipped(folders | people("张三")))
    assert (now.status, now.applications) == ("reading", 1)
    assert {problem["path"]: problem["code"] for problem in now.problems} == {
        f"2020/{name}": "form.value-format" for name in bad
    }


@pytest.mark.parametrize(
    ("content", "words"), [(b"Rar!", "不是zip"), (zipped({"readme.txt": b"x"}), "没有申报")]
)
def test_what_holds_no_application_is_a_failed_batch(desk: Desk, content: bytes, words: str) -> None:
    now = desk.unpacked(content)
    assert (now.status, now.applications) == ("failed", 0)
    assert words in now.failure_message


def test_two_workers_at_the_same_batch_keep_every_folder_once(desk: Desk, clock: Clock) -> None:
    batch = desk.bring(zipped(people("张三", "李四")))
    first = desk.lease()
    clock.wait(61)
    desk.place.ledger.sweep()
    second = desk.lease()
    unpack(desk.place, second)
    before = desk.files()
    with pytest.raises(LetGo):
        unpack(desk.place, first)
    assert desk.files() == before
    assert desk.progress(batch).status == "reading"


DYING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.work.holding import LetGo
from pipeline.work.unpack import unpack
from store.database import Database
from tests.work import office

class DyingBell(office.SilentBell):
    def ring(self, queue):
        super().ring(queue)
        if len(self.rung) == 2:
            os.kill(os.getpid(), signal.SIGKILL)

clock = lambda: datetime(2020, 8, 5, 9, 0, tzinfo=UTC)
place = office.workplace(Database(sys.argv[1]), Path(sys.argv[2]), clock, bell=DyingBell())
unpack(place, place.ledger.take(("batches",), "dying"))
"""


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    desk: Desk, url: str, tmp_path: Path, clock: Clock
) -> None:
    names = ("甲", "乙", "丙", "丁")
    batch = desk.bring(zipped(people(*names)))
    died = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", DYING, url, str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL
    assert len(desk.applications()) == 2
    assert desk.progress(batch).status == "unpacking"
    clock.wait(61)
    desk.place.ledger.sweep()
    unpack(desk.place, desk.lease())
    assert sorted(desk.applications()) == sorted(f"2020/{name}" for name in names)
    assert len(desk.files()) == len(set(desk.files())) == 8
    assert desk.jobs("read") == 8
    now = desk.progress(batch)
    assert (now.status, now.files.files) == ("reading", 8)
    with desk.place.database.reading() as session:
        assert audit.broken_at(session) is None
