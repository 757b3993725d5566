"""The clock of ``bench.stages``: no stage counted twice, and what stands over the floor of the networks."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from bench.stages import NETWORK, Clock, networks_alone, overhead


def _busy(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_the_floor_is_the_networks_alone() -> None:
    seconds = {f"{NETWORK}line_detection": 0.3, f"{NETWORK}line_recognition": 0.5, "find_seals": 0.2}
    assert networks_alone(seconds) == pytest.approx(0.8)
    assert overhead(seconds) == pytest.approx(0.25)


def test_a_page_without_networks_has_no_overhead_over_them() -> None:
    assert overhead({"find_seals": 0.2}) == 0.0


def test_a_network_inside_a_stage_is_taken_off_the_stage() -> None:
    clock = Clock()
    network = SimpleNamespace(run=clock.timed(f"{NETWORK}one", lambda: _busy(0.04)))

    def stage() -> None:
        _busy(0.02)
        network.run()

    clock.timed("stage", stage)()
    assert clock.seconds[f"{NETWORK}one"] == pytest.approx(0.04, abs=0.015)
    assert clock.seconds["stage"] == pytest.approx(0.02, abs=0.015)
    assert clock.calls == {"stage": 1, f"{NETWORK}one": 1}
