"""Several processes behind one port: all serve, one that dies is started anew, none outlives its parent."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0

pytestmark = pytest.mark.timeout(900)


class Api:
    """``hezheng api --processes 2`` over a store of its own."""

    def __init__(self, folder: Path) -> None:
        self.environment = {**os.environ, "HEZHENG_DATA": str(folder)}
        for name in ("HEZHENG_DATABASE", "HEZHENG_BROKER", "HEZHENG_BLOBS"):
            self.environment.pop(name, None)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        assert self._program("migrate").wait(PATIENCE) == 0
        self.process = self._program("api", "--port", str(self.port), "--processes", "2")

    def _program(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "cli", *words], cwd=ROOT, env=self.environment)  # noqa: S603 - our own

    def answers(self) -> bool:
        try:
            return httpx2.get(f"http://127.0.0.1:{self.port}/healthz", timeout=5).status_code == 200
        except httpx2.TransportError:
            return False

    def servers(self) -> set[int]:
        """The processes that serve; not the one that only looks after shared things of Python's."""
        listed = subprocess.run(  # noqa: S603 - procps
            ["/usr/bin/pgrep", "-P", str(self.process.pid), "-f", "spawn_main"],
            capture_output=True,
            text=True,
            check=False,
        )
        return {int(word) for word in listed.stdout.split()}


def wait_until(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    found = Api(tmp_path)
    try:
        wait_until(lambda: found.answers() and len(found.servers()) == 2)
        yield found
    finally:
        found.process.kill()
        found.process.wait(PATIENCE)


def test_one_that_dies_is_started_anew(api: Api) -> None:
    before = api.servers()
    os.kill(min(before), signal.SIGKILL)
    wait_until(lambda: len(api.servers()) == 2 and api.servers() != before)
    wait_until(api.answers)
    api.process.terminate()
    assert api.process.wait(PATIENCE) == 0
    wait_until(lambda: not api.answers())


def test_none_holds_the_port_when_the_parent_is_killed(api: Api) -> None:
    api.process.kill()
    wait_until(lambda: not api.answers())
