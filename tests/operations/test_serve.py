"""The real program from nothing: one command serves, and a first upload comes back with its flags."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "fixtures" / "demo" / "04-hours-short"
PATIENCE = 240.0

pytestmark = [pytest.mark.reader, pytest.mark.timeout(600)]


class House:
    """A data folder with nothing in it, and the program that serves out of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "HEZHENG_DATA": str(folder / "data")}
        for name in ("HEZHENG_DATABASE", "HEZHENG_BROKER", "HEZHENG_BLOBS"):
            self.environment.pop(name, None)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.logs = folder / "logs"
        self.out = folder / "out"
        with self.out.open("wb") as out, self.logs.open("wb") as logs:
            command = [sys.executable, "-m", "cli", "serve", "--port", str(self.port)]
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                command, cwd=ROOT, env=self.environment, stdout=out, stderr=logs
            )

    def command(self, *words: str, told: str = "") -> str:
        """What ``hezheng`` prints."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "cli", *words],
            cwd=ROOT,
            env=self.environment,
            input=told,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def children(self) -> list[int]:
        listed = subprocess.run(  # noqa: S603 - procps
            ["/usr/bin/pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(word) for word in listed.stdout.split()]

    def wait(self, what: Callable[[], Any]) -> Any:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, self.logs.read_text()[-3000:]
            if found := what():
                return found
            time.sleep(0.3)
        raise AssertionError(self.logs.read_text()[-3000:])


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    found = House(tmp_path)
    try:
        yield found
    finally:
        found.process.terminate()
        found.process.wait(90)


def test_from_nothing_to_flags_and_to_a_graceful_end(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    started = time.monotonic()
    house.wait(lambda: "核证已启动" in house.out.read_text())
    ready = time.monotonic() - started
    house.command("user", "add", "张三", "--role", "applicant", "--password", told="a long password\n")
    token = house.command("token", "create", "张三").strip()
    assert "\n" not in token
    assert len(token) >= 40
    with httpx2.Client(
        base_url=f"http://127.0.0.1:{house.port}/api/v1",
        headers={"Authorization": f"Bearer {token}"},
        timeout=60,
    ) as client:
        declaration = json.loads((DEMO / "declaration.json").read_text(encoding="utf-8"))
        opened = client.post("/applications", json=declaration | {"evidence": []})
        assert opened.status_code == 201, opened.text
        application = opened.json()["id"]
        uploaded = time.monotonic()
        with (DEMO / "ce-2019.jpg").open("rb") as file:
            accepted = client.post(
                f"/applications/{application}/files", files={"file": file}, data={"kind": "ce_record"}
            )
        assert accepted.status_code == 202, accepted.text
        identifier = accepted.json()["id"]

        def settled() -> bool:
            return client.get(f"/files/{identifier}").json()["status"] in ("done", "failed")

        house.wait(settled)
        seconds = time.monotonic() - uploaded
        found = client.get(f"/files/{identifier}").json()
        assert found["status"] == "done", found
        assert "hours.total-short" in {flag["code"] for flag in found["flags"]}

        _a_killed_worker_is_replaced(house)
    assert "操作记录完好" in house.command("audit", "verify")
    assert not [line for line in _logged(house) if "叶固" in line or "330624197312253966" in line]
    children = house.children()
    house.process.send_signal(signal.SIGTERM)
    assert house.process.wait(90) == 0
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    with capsys.disabled():
        load = os.getloadavg()[0]
        print(f"\nserve: ready after {ready:.1f} s, upload to flags {seconds:.1f} s (load {load:.1f})")


def _a_killed_worker_is_replaced(house: House) -> None:
    before = house.children()
    worker = next(
        child for child in before if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
    )
    os.kill(worker, signal.SIGKILL)
    house.wait(lambda: len(house.children()) == 2 and worker not in house.children())


def _logged(house: House) -> list[str]:
    """Lines of the log; every one of ours is a JSON object."""
    lines = house.logs.read_text(encoding="utf-8").splitlines()
    ours = [line for line in lines if line.startswith("{")]
    assert all("event" in json.loads(line) for line in ours)
    assert ours
    return lines
