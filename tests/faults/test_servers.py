"""Brokers, databases and disks that fail in the middle of a batch."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from store.blobs import DiskBlobs
from store.errors import StoreFullError
from tests import services
from tests.faults.house import House, until
from tests.faults.proxy import Proxy

AWAY_SECONDS = 20.0
MEGABYTE = 1024 * 1024


@contextmanager
def redis_server(port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis of our own, killed with -9 at the end."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    until(lambda: _answers(port), "Redis answers")
    try:
        yield server
    finally:
        server.kill()
        server.wait()


@pytest.mark.services
def test_the_broker_killed_during_a_batch(tmp_path: Path) -> None:
    port = _free_port()
    house = House(tmp_path, broker=f"redis://127.0.0.1:{port}/0")
    with house.crew(2, FAULTS_PAGE="0.2"):
        with redis_server(port, tmp_path):
            for number in range(6):
                house.upload(f"pages 3\n{number}")
            house.reading_process()
        for number in range(3):  # uploads go on without a broker
            house.upload(f"pages 3\nwithout {number}")
        with redis_server(port, tmp_path):
            house.wait_for_all()
            house.upload("pages 3\nafterwards")
            house.wait_for_all()
    house.assert_nothing_lost_or_doubled()
    assert len(house.office.files()) == 10
    assert set(house.times_read().values()) == {1}
    house.close()


@pytest.mark.services
def test_rabbitmq_cut_off_during_a_batch(tmp_path: Path) -> None:
    with services.broker(services.RABBITMQ) as bell:
        server = make_url(services.RABBITMQ)
        proxy = Proxy((server.host or "127.0.0.1", server.port or 5672))
        url = services.RABBITMQ.replace(f":{server.port or 5672}", f":{proxy.port}")
        house = House(tmp_path, broker=url, bell=bell)
        with house.crew(2, FAULTS_PAGE="0.2"):
            for number in range(6):
                house.upload(f"pages 3\n{number}")
            house.reading_process()
            proxy.down()
            house.upload("pages 3\nwithout")
            time.sleep(3)
            proxy.up()
            house.wait_for_all()
            house.upload("pages 3\nafterwards")
            house.wait_for_all()
        house.assert_nothing_lost_or_doubled()
        assert set(house.times_read().values()) == {1}
        house.close()
        proxy.down()


@pytest.mark.services
def test_the_database_away_for_twenty_seconds(tmp_path: Path) -> None:
    with services.postgres_database() as real:
        server = make_url(real)
        proxy = Proxy((server.host or "127.0.0.1", server.port or 5432))
        through = server.set(host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)
        house = House(tmp_path, database=through)
        with house.crew(2, FAULTS_PAGE="0.5"):
            for number in range(6):
                house.upload(f"pages 4\n{number}")
            house.reading_process()
            proxy.down()
            time.sleep(AWAY_SECONDS)
            proxy.up()
            house.upload("pages 1\nafterwards")
            house.wait_for_all()
        house.assert_nothing_lost_or_doubled()
        assert {row.status for row in house.office.files().values()} == {"done"}
        house.close()
        proxy.down()


def test_a_full_disk(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with small_disk(data, 24):
        house = House(tmp_path)
        with house.crew(FAULTS_PAGE="0.3"):
            for number in range(3):
                house.upload(f"pages 4\n{number}")
            house.reading_process()
            fill(data / "filler")
            with pytest.raises(StoreFullError):
                DiskBlobs(data / "blobs").put([b"x" * MEGABYTE], 2 * MEGABYTE)
            time.sleep(5)
            (data / "filler").unlink()
            house.upload("pages 1\nafterwards")
            house.wait_for_all()
        house.assert_nothing_lost_or_doubled()
        assert {row.status for row in house.office.files().values()} == {"done"}
        house.close()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """``folder`` on a disk of its own; needs the right to mount."""
    folder.mkdir()
    mount, umount = shutil.which("mount") or "mount", shutil.which("umount") or "umount"
    made = subprocess.run(  # noqa: S603
        [mount, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if made.returncode != 0:
        pytest.skip("a small disk cannot be mounted here: it takes root")
    try:
        yield
    finally:
        subprocess.run([umount, "--lazy", str(folder)], check=True)  # noqa: S603


def fill(path: Path) -> None:
    """Write until nothing fits any more."""
    with path.open("wb", buffering=0) as filler:
        for size in (MEGABYTE, 4096, 1):
            try:
                while True:
                    filler.write(os.urandom(1) * size)
            except OSError:
                continue


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
