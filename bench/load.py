"""Two hundred people upload and poll at once: a real server process, a worker with the recorded engine.

``python -m bench.load [--clients 200 --seconds 60 --pace 1]`` starts both over a store of its own, drives
them from this process, and prints how long an upload and a poll took. All of it shares the machine, the
clients too. First paced, as the server's ``Retry-After`` asks: one poll every ``--pace`` seconds until the
file is done, then a look at it before the next upload. Then, for ``--capacity`` seconds, each asks again as
soon as it is answered: the rate is what the machine can do, the times tell only how long the line is.
Exit status 1 where an answer was a 5xx or a paced figure is past what is wanted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.load_client import Connection
from bench.load_cpu import cpu_seconds
from bench.load_figures import Figures, printed
from commands.supervisor import WORKER_NICENESS
from domain.settings import Settings, load_settings
from store import accounts
from store.accounts import Role
from store.database import Database
from store.migrating import migrate

FILE_BYTES = 100_000
LOOKING = 3.0
"""So many paces a person looks at what was found before the next upload. All waits are varied by half."""
DECLARED = {"plan": "recorded-plan", "applicant": {"name": "某人"}}


async def person(
    port: int, token: str, until: float, pace: float, figures: Figures, chance: random.Random
) -> None:
    """Open an application, then upload a file, follow it to its end, and upload the next."""
    await asyncio.sleep(pace * chance.uniform(0, LOOKING))
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
            await asyncio.sleep(pace)
            continue
        while time.monotonic() < until:
            await asyncio.sleep(pace * chance.uniform(0.5, 1.5))
            polled = await connection.get(sent.document["status_url"])
            figures.polls.append(polled.seconds)
            figures.count(polled.status)
            if polled.document.get("status") in ("done", "failed"):
                figures.finished += 1
                break
        await asyncio.sleep(pace * LOOKING * chance.uniform(0.5, 1.5))
    connection.close()


async def crowd(port: int, tokens: Sequence[str], seconds: float, pace: float) -> Figures:
    figures, until = Figures(), time.monotonic() + seconds
    people = (
        person(port, token, until, pace, figures, random.Random(number))  # noqa: S311 - no secret
        for number, token in enumerate(tokens)
    )
    await asyncio.gather(*people)
    return figures


def people(settings: Settings, number: int) -> list[str]:
    """A migrated store with so many applicants; their tokens."""
    run = settings.data.name  # a database by URL may hold another run's
    database, now = Database(settings.database_url), datetime.now(UTC)
    migrate(database)
    with database.writing() as session:
        users = [accounts.create_user(session, now, f"{run}-{one}", Role.APPLICANT) for one in range(number)]
        tokens = [accounts.create_token(session, now, user) for user in users]
    database.close()
    return tokens


@contextmanager
def processes(folder: Path, port: int, api_processes: int) -> Iterator[dict[str, int]]:
    """The API and one worker over ``folder``, ended at the end; the worker yields to others as in ``serve``.

    Gives the number of each process by its name.
    """
    environment = {**os.environ, "HEZHENG_DATA": str(folder), "HEZHENG_CONFIG": str(folder / "none.toml")}
    many = str(api_processes)
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "api", "--port", str(port), "--processes", many], env=environment
        ),
        subprocess.Popen(
            [sys.executable, "-m", "bench.load_worker"],
            env=environment,
            preexec_fn=_yield_to_others,
        ),
    ]
    try:
        _wait_for(port)
        yield {name: process.pid for name, process in zip(("API", "worker"), started, strict=True)}
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


def settings_for(folder: Path) -> Settings:
    """Everything in ``folder``, unless the environment names a database and a broker."""
    return load_settings().model_copy(update={"data": folder})


def _yield_to_others() -> None:
    os.nice(WORKER_NICENESS)


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


def measured(given: argparse.Namespace, seconds: float, pace: float) -> Figures:
    """One run over a store of its own."""
    with tempfile.TemporaryDirectory(prefix="hezheng-load-") as name:
        folder, port = Path(name), _free_port()
        tokens = people(settings_for(folder), given.clients)
        with processes(folder, port, given.processes) as running:
            before = {name: cpu_seconds(process) for name, process in running.items()}
            clients = time.process_time()
            figures = asyncio.run(crowd(port, tokens, seconds, pace))
            figures.cpu = {name: cpu_seconds(process) - before[name] for name, process in running.items()}
            figures.cpu["clients"] = time.process_time() - clients
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pace", type=float, default=1.0, help="seconds between two polls")
    parser.add_argument("--capacity", type=float, default=20, help="seconds without pause; 0: none")
    parser.add_argument("--processes", type=int, default=1, help="of the API")
    given = parser.parse_args()
    print(f"load average before: {', '.join(f'{one:.1f}' for one in os.getloadavg())}")
    print(f"\none poll every {given.pace:g} s until done, {given.pace * LOOKING:g} s before the next upload:")
    good = printed(measured(given, given.seconds, given.pace), given.seconds, paced=True)
    if given.capacity:
        print("\nas fast as they are answered:")
        printed(measured(given, given.capacity, 0), given.capacity, paced=False)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
