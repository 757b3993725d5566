"""How many false alarms and misses the journal rules make on real lists, and how fast they load.

python -m bench.journals REGISTER.csv BLACKLIST.csv
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from domain.review import JournalLists, JournalRow
from matching.journal_index import index_of
from matching.journals import Claim, Weight, judge
from policies.journals import ListKind, import_list, load_lists


def main(register: Path, blacklist: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lists = _load(register, blacklist, Path(folder))
    started = time.perf_counter()
    index_of(lists)
    print(f"index built in {time.perf_counter() - started:.2f} s")
    _register_against_itself(lists)
    _blacklist_caught(lists)
    _swapped_numbers(lists)


def _load(register: Path, blacklist: Path, folder: Path) -> JournalLists:
    for kind, path in ((ListKind.REGISTER, register), (ListKind.BLACKLIST, blacklist)):
        started = time.perf_counter()
        version = import_list(path, kind, folder)
        print(f"{kind.value}: {version.rows} rows imported in {time.perf_counter() - started:.2f} s")
    started = time.perf_counter()
    lists = load_lists(folder)
    print(f"loaded in {time.perf_counter() - started:.2f} s")
    return lists


def _register_against_itself(lists: JournalLists) -> None:
    """Every registered journal, with its own numbers: an error is a false alarm."""
    index = index_of(lists)
    weights: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    started = time.perf_counter()
    for row in lists.register_rows:
        remarks = judge(Claim(title=row.title, issn=row.issn or None, cn=row.cn or None), index)
        weights[str(remarks[0].weight) if remarks else "nothing"] += 1
        for remark in remarks:
            alarms[f"{remark.weight} {remark.code}/{remark.variant}"] += 1
            if remark.weight is Weight.PROOF:
                print("  FALSE ALARM", row.title, row.issn, row.cn, remark)
    spent = (time.perf_counter() - started) / max(len(lists.register_rows), 1)
    print(f"register against itself ({spent * 1e6:.0f} µs each): {dict(weights)}")
    for name, count in alarms.most_common():
        print(f"  {count:6d} {name}")


def _blacklist_caught(lists: JournalLists) -> None:
    """Every blacklisted row by title and own numbers, by kind: nothing said is a miss."""
    index = index_of(lists)
    said: Counter[tuple[str, str]] = Counter()
    for row in lists.blacklist_rows:
        remarks = judge(Claim(title=row.title, issn=row.issn or None, cn=row.cn or None), index)
        named = [one for one in remarks if one.code in ("journal.blacklisted", "journal.suspicious-issue")]
        said[row.kind, str(named[0].weight) if named else "MISSED"] += 1
    print(f"blacklist: {dict(said)}")


def _swapped_numbers(lists: JournalLists) -> None:
    """A registered title with the numbers of the row a thousand further: an error is right."""
    index = index_of(lists)
    rows = [row for row in lists.register_rows if row.issn and row.cn]
    said: Counter[str] = Counter()
    for place in range(0, len(rows), 20):
        other: JournalRow = rows[(place + 1000) % len(rows)]
        remarks = judge(Claim(title=rows[place].title, issn=other.issn, cn=other.cn), index)
        wrong = [one for one in remarks if one.code == "journal.identity-mismatch"]
        said[str(wrong[0].weight) if wrong else "MISSED"] += 1
    print(f"titles with another journal's numbers: {dict(said)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
