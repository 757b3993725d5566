"""Workers that are killed, stopped, or killed by what they read; callers that die; clocks gone wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.house import House, until


def test_uploads_go_through_real_processes(house: House) -> None:
    with house.crew(2):
        for number in range(4):
            house.upload(f"pages 2\n{number}")
        house.wait_for_all()
    house.assert_nothing_lost_or_doubled()
    assert set(house.times_read().values()) == {1}


def test_a_worker_killed_in_the_middle_of_a_page(house: House) -> None:
    with house.crew(FAULTS_PAGE="0.4"):
        house.upload("pages 3")
        os.kill(house.reading_process(), signal.SIGKILL)
        house.wait_for_all()
    house.assert_nothing_lost_or_doubled()
    assert {row.status for row in house.office.files().values()} == {"done"}
    assert max(job.attempts for job in house.office.jobs()) == 2


def test_the_same_message_delivered_many_times(house: House) -> None:
    with house.crew(2, FAULTS_PAGE="0.2"):
        file = house.upload("pages 2")
        for _ in range(6):
            house.office.place.bell.ring("uploads")
        house.wait_for_all()
    house.assert_nothing_lost_or_doubled()
    assert house.office.file(file).status == "done"
    assert set(house.times_read().values()) == {1}


def test_the_same_bytes_at_the_same_time_are_read_once(small_house: House) -> None:
    house = small_house
    with house.crew(2, FAULTS_PAGE="0.3"):
        for person in ("张三", "李四", "王五"):
            house.upload("pages 3\nthe same", person)
        house.wait_for_all()
    house.assert_nothing_lost_or_doubled()
    assert set(house.times_read().values()) == {1}


def test_a_worker_told_to_stop_gives_its_job_back_unblamed(small_house: House) -> None:
    house = small_house
    with house.crew(FAULTS_PAGE="0.4") as crew:
        file = house.upload("pages 50")
        house.reading_process()
        crew.send_signal(signal.SIGTERM)
        assert crew.wait(60) == 0
        assert [(job.state, job.attempts) for job in house.office.jobs()] == [("waiting", 0)]
    with house.crew(FAULTS_PAGE="0.01"):
        until(lambda: house.through(file), "the file is read")
        house.wait_for_all()
    house.assert_nothing_lost_or_doubled()


def test_workers_whose_master_is_killed_give_their_jobs_back(small_house: House) -> None:
    house = small_house
    with house.crew(FAULTS_PAGE="0.4") as crew:
        house.upload("pages 200")
        house.reading_process()
        crew.kill()
        until(lambda: [job.state for job in house.office.jobs()] == ["waiting"], "the job is given back")
    assert [job.attempts for job in house.office.jobs()] == [0]


def test_files_that_kill_or_hang_their_reader_fail_with_a_reason_and_the_rest_goes_on(
    tmp_path: Path,
) -> None:
    house = House(tmp_path, lease=1.0)
    with house.crew(FAULTS_HANG="2"):
        bad = {house.upload("die", "张三"), house.upload("hang", "李四")}
        good = {house.upload(f"pages 2\n{number}", f"王{number}") for number in range(3)}
        house.wait_for_all()
    house.assert_nothing_lost_or_doubled()
    for identifier, row in house.office.files().items():
        assert row.status == ("failed" if identifier in bad else "done")
        assert identifier in good or "连续多次使读取程序中断" in row.failure_message
    for identifier in bad:
        application = house.office.file(identifier).application_id
        assert [flag.severity for flag in house.office.flags(application)] == ["warning"]
    house.close()


def test_a_caller_killed_between_commit_and_ring(small_house: House) -> None:
    house = small_house
    environment = os.environ | {"HEZHENG_DATA": str(house.settings.data)}
    command = [sys.executable, "-m", "tests.faults.dying_client", "张三", "pages 2"]
    with house.crew():
        house.upload("pages 1")  # the workers are up, and idle again
        house.wait_for_all()
        dead = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603
        assert dead.returncode == -signal.SIGKILL
        house.wait_for_all()
    house.assert_nothing_lost_or_doubled()
    assert [row.status for row in house.office.files().values()] == ["done", "done"]


def test_a_clock_set_back(small_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = small_house
    clock = tmp_path / "clock"
    monkeypatch.setenv("FAULTS_CLOCK", str(clock))
    with house.crew(FAULTS_PAGE="0.3", FAULTS_CLOCK=str(clock)):
        house.upload("pages 6", "张三")
        process = house.reading_process()
        clock.write_text("-3600")
        house.upload("pages 1", "李四")
        os.kill(process, signal.SIGKILL)
        house.wait_for_all()
    house.assert_nothing_lost_or_doubled()
    assert {row.status for row in house.office.files().values()} == {"done"}
