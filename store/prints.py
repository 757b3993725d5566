"""Prints looked up among all that the store holds, by pieces of their hashes, never by going through all.

Two hashes that differ in few bits agree in some whole piece (multi-index hashing: Norouzi, Punjani, Fleet,
Fast search in Hamming space with multi-index hashing, 2012). Pieces of pages are long, since many are of one
form; contents pages are known by their lines, since co-authors scan them apart.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from store.tables import PrintKeyRow, PrintRow

PAGE, SEAL, SIGNATURE, CONTENTS = "page", "seal", "signature", "contents"
HASH_DIGITS = 96
_PIECES = {PAGE: 8, SEAL: 4, SIGNATURE: 4}
"""Hexadecimal digits of a piece."""
_NEAR = {PAGE: 26, SEAL: 60, SIGNATURE: 80}
"""Bits in which hashes of one picture differ at most; a signature may lie a little aside."""
_LINES_SHARED = 3
_KEYS_AT_ONCE = 500
_ROWS_AT_ONCE = 5_000
"""Prints that are looked at for one lookup: what everybody hands in is told of often enough."""
_MOST = 10
"""Prints that are compared with each picture by picture, the nearest first."""


@dataclass(frozen=True, slots=True)
class Print:
    """``kind``: see above. ``lines``: of a contents page, in bare form; it has neither hash nor picture."""

    kind: str
    hash: str = ""
    picture: str = ""
    lines: tuple[str, ...] = ()

    @property
    def keys(self) -> Iterator[int]:
        """The kind, the piece's place and its bits: 4 + 28 + 32 bits."""
        kind = (PAGE, SEAL, SIGNATURE, CONTENTS).index(self.kind) << 60
        if self.kind == CONTENTS:
            for line in set(self.lines):
                yield kind | int.from_bytes(hashlib.sha256(line.encode()).digest()[:4])
            return
        length = _PIECES[self.kind]
        for place in range(0, len(self.hash), length):
            yield kind | place << 32 | int(self.hash[place : place + length], 16)


@dataclass(frozen=True, slots=True)
class Found:
    """A print of some bytes that may be alike to one that was asked for."""

    sha256: str
    print: Print


def keep(session: Session, sha256: str, prints: Iterable[Print]) -> None:
    """The prints of some bytes, in place of those that were kept."""
    session.execute(delete(PrintRow).where(PrintRow.sha256 == sha256))
    for one in prints:
        row = PrintRow(sha256=sha256, kind=one.kind, hash=one.hash, picture=one.picture)
        session.add(row)
        session.flush()
        keys = [{"key": key, "print_id": row.id} for key in one.keys]
        if keys:
            session.execute(insert(PrintKeyRow), keys)


def near(session: Session, prints: Sequence[Print], but: Iterable[str]) -> list[Found]:
    """Prints of other bytes (none of ``but``) that may be alike to one of ``prints``, the nearest first."""
    own = set(but)
    nearest: dict[int, int] = {}
    for kind in (PAGE, SEAL, SIGNATURE):
        asked = [one for one in prints if one.kind == kind]
        keys = {key for one in asked for key in one.keys}
        held = [(row, int(other, 16)) for row, sha256, other in _holding(session, keys) if sha256 not in own]
        for one in asked:
            bits = int(one.hash, 16)
            apart = (((bits ^ other).bit_count(), row) for row, other in set(held))
            for distance, row in nsmallest(_MOST, (pair for pair in apart if pair[0] <= _NEAR[kind])):
                nearest[row] = min(distance, nearest.get(row, distance))
    wanted = select(PrintRow).where(PrintRow.id.in_(nearest))
    rows = sorted(session.scalars(wanted), key=lambda row: (nearest[row.id], row.id))
    return [Found(row.sha256, Print(row.kind, row.hash, row.picture)) for row in rows]


def of_one_issue(session: Session, prints: Iterable[Print], but: Iterable[str]) -> set[str]:
    """Other bytes with a contents page that shares a few lines with one of ``prints``."""
    found: set[str] = set()
    for one in prints:
        if one.kind != CONTENTS:
            continue
        shared: Counter[str] = Counter()
        for keys in _portions(set(one.keys)):
            holders = (
                select(PrintRow.sha256, func.count())
                .join(PrintKeyRow, PrintKeyRow.print_id == PrintRow.id)
                .where(PrintKeyRow.key.in_(keys))
                .group_by(PrintRow.id, PrintRow.sha256)
                .limit(_ROWS_AT_ONCE)
            )
            for sha256, count in session.execute(holders):
                shared[sha256] += count
        found.update(sha256 for sha256, count in shared.items() if count >= _LINES_SHARED)
    return found - set(but)


def _holding(session: Session, keys: set[int]) -> Iterator[tuple[int, str, str]]:
    """Id, bytes and hash of prints that hold one of the keys."""
    for portion in _portions(keys):
        held = select(PrintKeyRow.print_id).where(PrintKeyRow.key.in_(portion)).distinct()
        rows = select(PrintRow.id, PrintRow.sha256, PrintRow.hash).where(
            PrintRow.id.in_(held.limit(_ROWS_AT_ONCE))
        )
        yield from ((row.id, row.sha256, row.hash) for row in session.execute(rows))


def _portions(keys: set[int]) -> Iterator[list[int]]:
    left = iter(sorted(keys))
    while portion := list(islice(left, _KEYS_AT_ONCE)):
        yield portion
