"""Prints are looked up by pieces of their hashes: the alike are found, the others are not even looked at."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from fixtures.content import dice
from store import prints
from store.database import Database
from store.prints import CONTENTS, HASH_DIGITS, PAGE, SEAL, SIGNATURE, Print
from store.tables import PrintKeyRow, PrintRow

BITS = HASH_DIGITS * 4


def hash_with(seed: int, turned: int = 0) -> str:
    """A hash by chance, with so many bits turned."""
    chance = dice(seed)
    bits = chance.getrandbits(BITS)
    for place in dice(seed + turned).sample(range(BITS), turned):
        bits ^= 1 << place
    return f"{bits:0{HASH_DIGITS}x}"


def keep(database: Database, sha256: str, *kept: Print) -> None:
    with database.writing() as session:
        prints.keep(session, sha256, kept)


def near(database: Database, asked: Print, *but: str) -> list[str]:
    with database.reading() as session:
        return [one.sha256 for one in prints.near(session, [asked], but)]


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(("kind", "turned"), [(PAGE, 12), (SEAL, 30), (SIGNATURE, 30)])
def test_the_alike_are_found_among_many(database: Database, kind: str, turned: int) -> None:
    for seed in range(200):
        keep(database, f"{seed:064x}", Print(kind, hash_with(seed), f"picture {seed}"))
    keep(database, "f" * 64, Print(SEAL if kind == PAGE else PAGE, hash_with(7), "of another kind"))
    asked = Print(kind, hash_with(7, turned), "")
    with database.reading() as session:
        (found,) = prints.near(session, [asked], ())
    assert (found.sha256, found.print) == (f"{7:064x}", Print(kind, hash_with(7), "picture 7"))
    assert near(database, asked, f"{7:064x}") == []


def test_the_nearest_come_first(database: Database) -> None:
    for turned in (14, 4, 9):
        keep(database, f"{turned:064x}", Print(PAGE, hash_with(1, turned)))
    assert near(database, Print(PAGE, hash_with(1))) == [f"{turned:064x}" for turned in (4, 9, 14)]


def test_what_merely_shares_a_piece_is_not_alike(database: Database) -> None:
    shared = hash_with(1)[:8] + hash_with(2)[8:]
    keep(database, "a" * 64, Print(PAGE, shared))
    assert near(database, Print(PAGE, hash_with(1))) == []


def test_prints_read_anew_take_the_place_of_the_old(database: Database) -> None:
    keep(database, "a" * 64, Print(PAGE, hash_with(1)), Print(SEAL, hash_with(2)))
    keep(database, "a" * 64, Print(PAGE, hash_with(3)))
    assert near(database, Print(PAGE, hash_with(1))) == []
    assert near(database, Print(PAGE, hash_with(3))) == ["a" * 64]
    assert (count(database, PrintRow), count(database, PrintKeyRow)) == (1, HASH_DIGITS // 8)


def test_contents_of_one_issue_share_their_lines(database: Database) -> None:
    lines = [f"第{number}篇论文的题目与作者" for number in range(12)]
    keep(database, "a" * 64, Print(CONTENTS, lines=tuple(lines)))
    keep(database, "b" * 64, Print(CONTENTS, lines=("另一期的题目与作者之一", *lines[:2])))
    asked = Print(CONTENTS, lines=(*lines[:5], "后来加进去的一篇论文题目", *lines[5:]))
    with database.reading() as session:
        assert prints.of_one_issue(session, [asked], ()) == {"a" * 64}
        assert prints.of_one_issue(session, [asked], {"a" * 64}) == set()


def test_nothing_is_asked_for_nothing(database: Database) -> None:
    with database.reading() as session:
        assert prints.near(session, [], ()) == []
        assert prints.of_one_issue(session, [], ()) == set()
