"""Requests are counted for all processes of a machine together."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from web.api.limits import RateLimit
from web.api.problems import Problem


class Time:
    """Seconds since the machine was started."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def refused(limit: RateLimit, name: str) -> bool:
    try:
        limit.count(name)
    except Problem:
        return True
    return False


def test_processes_share_a_bucket(tmp_path: Path) -> None:
    """With N processes up to N times as much got through, guesses at a password too."""
    time = Time()
    one, other = (RateLimit(4, time, tmp_path / "limits" / "user") for _ in range(2))
    assert [refused(limit, "a") for limit in (one, other, one, other)] == [False] * 4
    assert refused(one, "a")
    assert refused(other, "a")
    assert not refused(other, "b")
    time.now += 15
    assert not refused(one, "a")
    assert refused(other, "a")


def test_after_a_restart_of_the_machine_buckets_are_full(tmp_path: Path) -> None:
    """Its clock begins anew, and the file is from before."""
    time = Time()
    limit = RateLimit(1, time, tmp_path / "user")
    assert not refused(limit, "a")
    time.now = 1.0
    assert not refused(limit, "a")
    assert refused(limit, "a")


def test_many_names_leave_each_its_own_bucket(tmp_path: Path) -> None:
    limit = RateLimit(1, Time(), tmp_path / "user")
    names = [str(number) for number in range(2000)]
    assert not any(refused(limit, name) for name in names)
    assert all(refused(limit, name) for name in names)


def test_a_full_disk_leaves_each_process_to_count_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def full(path: Any, *rest: Any, **named: Any) -> int:
        if str(path).startswith(str(tmp_path)):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", full)
    limit = RateLimit(1, Time(), tmp_path / "user")
    assert not refused(limit, "a")
    assert refused(limit, "a")
