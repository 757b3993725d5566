"""A batch of 2,000 pages while its workers are killed: is it whole in the end, and at what cost?

    python -m bench.reliability [--applications 100] [--every 20] [--broker redis://… --database postgresql://…]

The batch comes as a zip and is unpacked, read and judged by two real worker processes, of which one, each in
its turn, is killed with -9 every ``--every`` seconds, whatever it is doing. The engine is recorded
(``tests/faults/engine.py``): every page takes ``--page`` seconds and is written down when it is finished.
Everything else is as shipped, the lease of 60 s included. Exit status 1 unless every upload is done, once.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from store import accounts, batches
from store.accounts import Role
from store.jobs import LEASE
from tests.faults.house import House
from tests.pipeline import recorded

FILES, PAGES = 2, 10
"""Of an application; of a file."""
PAUSE_SECONDS = 1.0


def batch_zip(applications: int) -> bytes:
    """A zip of application folders, whose files say how many pages are read off them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(applications):
            name = f"申报{number:04d}"
            declaration = {"plan": recorded.PLAN.id, "applicant": {"name": name}}
            archive.writestr(f"{name}/declaration.json", json.dumps(declaration, ensure_ascii=False))
            for file in range(FILES):
                archive.writestr(f"{name}/{file}.pdf", f"pages {PAGES}\n{name} {file}")
    return content.getvalue()


def hand_in(house: House, content: bytes) -> None:
    place = house.office.place
    blob = place.blobs.put([content], len(content))
    with house.database.writing() as session:
        owner = accounts.create_user(session, place.clock(), "clerk", Role.CLERK)
        batches.open_batch(session, place.clock(), owner, blob, "batch.zip")
    place.bell.ring("batches")


def kill_until_through(house: House, every: float) -> int:
    """Kill a worker every ``every`` seconds until no job waits or is in hand. Returns how often."""
    kills, due = 0, time.monotonic() + every
    while any(job.state in ("waiting", "leased") for job in house.office.jobs()):
        if time.monotonic() >= due and (alive := house.workers()):
            os.kill(alive[0], signal.SIGKILL)  # the longest at work: the other one's turn comes next
            kills, due = kills + 1, due + every
        time.sleep(PAUSE_SECONDS)
    return kills


def figures(house: House, applications: int) -> dict[str, int]:
    """What came of the batch. ``lost``: uploads neither done nor failed with a reason, or never judged."""
    files = list(house.office.files().values())
    jobs = house.office.jobs()
    finished = [
        row for row in files if row.status == "done" or (row.status == "failed" and row.failure_message)
    ]
    kept = Counter(reading.sha256 for reading in house.office.readings())
    reviews = [len(house.office.reviews(one)) for one in {row.application_id for row in files}]
    times = house.times_read()
    expected = applications * FILES
    return {
        "uploads": expected,
        "done": sum(row.status == "done" for row in files),
        "failed with a reason": sum(row.status == "failed" for row in finished),
        "lost": expected - len(finished) + applications - len(reviews) + reviews.count(0),
        "doubled": len(files)
        - len({row.sha256 for row in files})
        + sum(count - 1 for count in kept.values())
        + sum(max(count - 1, 0) for count in reviews),
        "pages": len(times),
        "pages read again": times.total() - len(times),
        "jobs taken back": sum(job.attempts > 1 for job in jobs),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--applications", type=int, default=100)
    parser.add_argument("--every", type=float, default=20.0)
    parser.add_argument("--page", type=float, default=0.1)
    parser.add_argument("--database", default="")
    parser.add_argument("--broker", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = House(
            Path(folder), lease=LEASE.total_seconds(), database=given.database, broker=given.broker,
            bell=f"bench-{os.getpid()}",
        )  # fmt: skip
        started = time.monotonic()
        with house.crew(2, FAULTS_PAGE=str(given.page)):
            hand_in(house, batch_zip(given.applications))
            kills = kill_until_through(house, given.every)
            seconds = time.monotonic() - started
        found = figures(house, given.applications)
        house.close()
    print(f"two workers, one killed with -9 every {given.every:.0f} s; {given.page} s a page; ", end="")
    print(f"{house.settings.database_url.split(':')[0]}, {house.settings.broker_url.split(':')[0]}")
    for name, figure in {**found, "kills": kills, "seconds": round(seconds)}.items():
        print(f"{name:<22}{figure:>8}")
    whole = found["lost"] == found["doubled"] == 0 and found["done"] == found["uploads"]
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
