"""Two hundred people upload and poll at once: a real server process, a worker with the recorded engine.

``python -m bench.load [--clients 200 --seconds 60]`` starts both over a store of its own, drives them from
this process, and prints how long an upload and a poll took. All of it shares the machine, the clients too.
Exit status 1 where an answer was a 5xx or a figure is past what is wanted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from bench.load_client import Connection
from domain.settings import Settings
from store import accounts
from store.accounts import Role
from store.database import Database
from store.migrating import migrate

UPLOAD_SECONDS, POLL_SECONDS = 0.300, 0.050
"""Wanted at the 95th percentile."""
FILE_BYTES = 100_000
BETWEEN_POLLS, BETWEEN_UPLOADS = 1.0, 3.0
"""Seconds that a person waits, varied by half."""
DECLARED = {"plan": "recorded-plan", "applicant": {"name": "某人"}}


@dataclass
class Figures:
    """Seconds of every answer, by what was asked; statuses by how often."""

    uploads: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    finished: int = 0

    def count(self, status: int) -> None:
        self.statuses[status] = self.statuses.get(status, 0) + 1


async def person(port: int, token: str, until: float, figures: Figures, chance: random.Random) -> None:
    """Open an application, then upload a file, follow it to its end, and upload the next."""
    await asyncio.sleep(chance.uniform(0, BETWEEN_UPLOADS))
    connection = Connection(port, token)
    opened = await connection.post_json("/api/v1/applications", DECLARED)
    figures.count(opened.status)
    path = f"/api/v1/applications/{opened.document['id']}/files"
    while time.monotonic() < until:
        content = b"pages 1\n" + chance.randbytes(FILE_BYTES // 2).hex().encode()
        sent = await connection.post_file(path, content)
        figures.uploads.append(sent.seconds)
        figures.count(sent.status)
        if sent.status != 202:
            await asyncio.sleep(BETWEEN_POLLS)
            continue
        while time.monotonic() < until:
            await asyncio.sleep(BETWEEN_POLLS * chance.uniform(0.5, 1.5))
            polled = await connection.get(sent.document["status_url"])
            figures.polls.append(polled.seconds)
            figures.count(polled.status)
            if polled.document.get("status") in ("done", "failed"):
                figures.finished += 1
                break
        await asyncio.sleep(BETWEEN_UPLOADS * chance.uniform(0.5, 1.5))
    connection.close()


async def crowd(port: int, tokens: Sequence[str], seconds: float) -> Figures:
    figures, until = Figures(), time.monotonic() + seconds
    people = (
        person(port, token, until, figures, random.Random(number))  # noqa: S311 - no secret
        for number, token in enumerate(tokens)
    )
    await asyncio.gather(*people)
    return figures


def people(settings: Settings, number: int) -> list[str]:
    """A migrated store with so many applicants; their tokens."""
    database, now = Database(settings.database_url), datetime.now(UTC)
    migrate(database)
    with database.writing() as session:
        users = [accounts.create_user(session, now, f"person-{one}", Role.APPLICANT) for one in range(number)]
        tokens = [accounts.create_token(session, now, user) for user in users]
    database.close()
    return tokens


@contextmanager
def processes(folder: Path, port: int) -> Iterator[None]:
    """The API and one worker over ``folder``, ended at the end."""
    environment = {**os.environ, "HEZHENG_DATA": str(folder), "HEZHENG_CONFIG": str(folder / "none.toml")}
    started = [
        subprocess.Popen([sys.executable, "-m", *words], env=environment)
        for words in (["api", "--port", str(port)], ["bench.load_worker"])
    ]
    try:
        _wait_for(port)
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the API did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def printed(figures: Figures, seconds: float) -> bool:
    """Print the table; whether all is as wanted."""
    errors = sum(number for status, number in figures.statuses.items() if status >= 500)
    good = errors == 0
    print("| | number | a second | p50 ms | p95 ms | wanted p95 ms |\n|---|---|---|---|---|---|")
    for name, times, wanted in (
        ("upload of 100 kB", figures.uploads, UPLOAD_SECONDS),
        ("poll", figures.polls, POLL_SECONDS),
    ):
        cuts = quantiles(times, n=20)
        good &= cuts[18] <= wanted
        row = (len(times), len(times) / seconds, cuts[9] * 1000, cuts[18] * 1000, wanted * 1000)
        print(f"| {name} | {row[0]} | {row[1]:.0f} | {row[2]:.0f} | {row[3]:.0f} | {row[4]:.0f} |")
    print(f"\nfollowed to their end: {figures.finished}; answers by status: {json.dumps(figures.statuses)}")
    print(f"5xx: {errors}; load average {', '.join(f'{one:.1f}' for one in os.getloadavg())}")
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    print(f"load average before: {', '.join(f'{one:.1f}' for one in os.getloadavg())}")
    with tempfile.TemporaryDirectory(prefix="hezheng-load-") as name:
        folder, port = Path(name), _free_port()
        tokens = people(Settings(data=folder), given.clients)
        with processes(folder, port):
            figures = asyncio.run(crowd(port, tokens, given.seconds))
    sys.exit(0 if printed(figures, given.seconds) else 1)


if __name__ == "__main__":
    main()
