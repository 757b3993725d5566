"""Rings reach a listener over every broker; a broker that is down neither fails nor delays who rings."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu.connection import Connection
from sqlalchemy import create_engine, text

from domain.settings import Settings
from pipeline.bell import Bell, bell_for
from tests import services


@pytest.fixture(
    params=[
        pytest.param("", id="sql"),
        pytest.param(services.REDIS, id="redis", marks=pytest.mark.services),
        pytest.param(services.RABBITMQ, id="rabbitmq", marks=pytest.mark.services),
    ]
)
def bell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bell]:
    if not request.param:
        yield bell_for(Settings(data=tmp_path))
        return
    with services.broker(request.param) as prefix:
        yield bell_for(Settings(data=tmp_path, broker=request.param, bell=prefix))


def heard(bell: Bell, queue: str) -> list[object]:
    """What lies in a queue at the broker; taken out."""
    with Connection(bell.url) as connection:  # type: ignore[no-untyped-call]
        channel = connection.default_channel
        found = []
        while (message := channel.basic_get(bell.name_of(queue), no_ack=True)) is not None:
            found.append(connection.Consumer().channel.message_to_python(message).payload)
        return found


def test_each_ring_lies_in_its_own_queue_and_says_nothing_of_the_evidence(bell: Bell) -> None:
    bell.ring("uploads")
    bell.ring("uploads")
    bell.ring("batches")
    uploads = heard(bell, "uploads")
    assert len(uploads) == 2
    assert len(heard(bell, "batches")) == 1
    assert uploads[0][:2] == [[], {}]  # type: ignore[index]


def test_a_broker_that_is_down_fails_nobody_and_is_not_asked_again_at_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, never listening: connections are refused
        bell = Bell(f"redis://127.0.0.1:{taken.getsockname()[1]}/0", "test")
        with caplog.at_level(logging.WARNING):
            for _ in range(5):
                bell.ring("uploads")
    assert [record.name for record in caplog.records] == ["pipeline.bell"]


def test_delivered_rings_do_not_pile_up_in_the_embedded_broker(tmp_path: Path) -> None:
    bell = bell_for(Settings(data=tmp_path))
    bell.ring("uploads")
    assert len(heard(bell, "uploads")) == 1
    bell.ring("uploads")
    bell.tidy()
    engine = create_engine(bell.url.removeprefix("sqla+"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM kombu_message")) == 1
    engine.dispose()
    assert len(heard(bell, "uploads")) == 1


def test_processes_that_start_together_on_a_fresh_machine_find_the_bells_tables(tmp_path: Path) -> None:
    """Both made them, one failed, and the log of a first start told of a lost broker."""
    bell = bell_for(Settings(data=tmp_path))
    bell.lay_out()
    engine = create_engine(bell.url.removeprefix("sqla+"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM kombu_queue")) == 2
        assert connection.scalar(text("SELECT count(*) FROM kombu_message")) == 0
    engine.dispose()
    bell.ring("uploads")
    assert len(heard(bell, "uploads")) == 1


def test_a_folder_that_cannot_be_written_does_not_stop_the_bell_from_being_hung(tmp_path: Path) -> None:
    Bell(f"sqla+sqlite:///{tmp_path}/none/at/all.sqlite", "test").lay_out()


def test_who_rings_does_not_wait_for_a_broker_that_is_silent(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        bell = Bell(f"amqp://guest:guest@127.0.0.1:{silent.getsockname()[1]}//", "test")
        started = time.monotonic()
        bell.ring("uploads")
        assert time.monotonic() - started < 30
