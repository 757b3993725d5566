"""How long a page and its seal take to be looked up in the service's store:
``python -m bench.duplicates_stored [--pages N] [--asked N] [--url URL]``.

Every third page is of one form, the seals are of a hundred stamps, hashes as far apart as those of drawn
ones were. ``--url``: of an empty database; without one, SQLite in a folder that is gone afterwards.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from sqlalchemy import insert

from fixtures.content import dice
from pipeline.work.twins import look_alikes
from store.database import Database
from store.migrating import migrate
from store.prints import HASH_DIGITS, PAGE, SEAL, Print
from store.tables import PrintKeyRow, PrintRow
from tests.forensics.drawn import impression, page_print, seal_print, sheet

BITS = 4 * HASH_DIGITS
STAMPS = 100
_PICTURES = 50
_AT_ONCE = 1_000


class Archive:
    """Prints of ``count`` pages, each with a seal."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._form = dice(1).getrandbits(BITS)
        self._stamps = [dice(2 + stamp).getrandbits(BITS) for stamp in range(STAMPS)]
        self._pages = [page_print(sheet(seed)).picture for seed in range(_PICTURES)]
        self._seals = [seal_print(impression(seed)).picture for seed in range(_PICTURES)]

    def of(self, number: int, saved: Random | None = None) -> tuple[Print, Print]:
        """Page and seal; ``saved``: as they are after they were saved again."""
        chance = dice(1_000 + number)
        page = (
            turned(self._form, chance.gauss(110, 36), chance) if number % 3 == 0 else chance.getrandbits(BITS)
        )
        seal = turned(self._stamps[number % STAMPS], chance.uniform(20, 75), chance)
        if saved:
            page, seal = turned(page, saved.uniform(0, 16), saved), turned(seal, saved.uniform(9, 37), saved)
        return (
            Print(PAGE, f"{page:0{HASH_DIGITS}x}", self._pages[number % _PICTURES]),
            Print(SEAL, f"{seal:0{HASH_DIGITS}x}", self._seals[number % _PICTURES]),
        )

    def keep(self, database: Database) -> None:
        for start in range(0, self.count, _AT_ONCE):
            rows, keys = [], []
            for number in range(start, min(start + _AT_ONCE, self.count)):
                for place, one in enumerate(self.of(number)):
                    told = {
                        "sha256": f"{number:064x}",
                        "kind": one.kind,
                        "hash": one.hash,
                        "picture": one.picture,
                    }
                    rows.append({"id": 2 * number + place + 1, **told})
                    keys += [{"key": key, "print_id": 2 * number + place + 1} for key in one.keys]
            with database.writing() as session:
                session.execute(insert(PrintRow), rows)
                session.execute(insert(PrintKeyRow), keys)


def turned(bits: int, count: float, chance: Random) -> int:
    for place in chance.sample(range(BITS), max(round(count), 0)):
        bits ^= 1 << place
    return bits


def looked_up(database: Database, archive: Archive, asked: int) -> tuple[list[float], list[float], int]:
    """Milliseconds of each lookup, of those its CPU here, and how many found what they were a copy of."""
    taken, busy, found = [], [], 0
    for number in dice(0).sample(range(archive.count), asked):
        prints = archive.of(number, dice(number))
        begun, cpu = perf_counter(), process_time()
        with database.reading() as session:
            alike = look_alikes(session, prints, set())
        taken.append(1000 * (perf_counter() - begun))
        busy.append(1000 * (process_time() - cpu))
        found += f"{number:064x}" in alike
    return taken, busy, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=100)
    parser.add_argument("--url", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(given.url or f"sqlite:///{Path(folder) / 'store.db'}")
        migrate(database)
        archive = Archive(given.pages)
        archive.keep(database)
        if not database.is_sqlite:
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("ANALYZE")
        taken, busy, found = looked_up(database, archive, given.asked)
        database.close()
    sys.stdout.write(f"{given.pages} pages, as many seals: {found} of {given.asked} copies found\n")
    for what, each in (("wall", sorted(taken)), ("CPU", sorted(busy))):
        most = each[int(0.95 * len(each))]
        sys.stdout.write(f"{what}: median {statistics.median(each):.0f} ms, 95 of 100 within {most:.0f} ms\n")


if __name__ == "__main__":
    main()
