"""A stage begun beside the others: at once where a core is free, else when its result is asked for."""

from __future__ import annotations

import os
import threading

import pytest

from ocr.beside import begun


def with_load(monkeypatch: pytest.MonkeyPatch, load: float, cores: int = 2) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(cores)))


def test_on_an_idle_machine_it_is_under_way_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with_load(monkeypatch, 0.4)
    started = threading.Event()

    def stage() -> str:
        started.set()
        return threading.current_thread().name

    told = begun(stage)
    assert started.wait(10)
    assert told() != threading.current_thread().name


@pytest.mark.parametrize(("load", "cores"), [(1.9, 2), (0.1, 1)])
def test_on_a_busy_machine_it_waits_its_turn(
    monkeypatch: pytest.MonkeyPatch, load: float, cores: int
) -> None:
    with_load(monkeypatch, load, cores)
    done: list[str] = []
    told = begun(lambda: done.append(threading.current_thread().name))
    assert done == []
    told()
    assert done == [threading.current_thread().name]


@pytest.mark.parametrize("load", [0.1, 9.0])
def test_what_it_raises_comes_where_the_result_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, load: float
) -> None:
    with_load(monkeypatch, load)

    def stage() -> None:
        raise RuntimeError("no ring")

    told = begun(stage)
    with pytest.raises(RuntimeError, match="no ring"):
        told()
