"""How many false alarms and misses the journal rules make on real lists, and how fast they are.

    python -m bench.journals REGISTER.csv BLACKLIST.csv [--drawn 1000] [--seed 9000]

Four questions: is a genuine journal ever an error, by its own title and numbers, and with one character of
the title misread; is every counterfeit and illegal row found, by number and with a slip in its title; is a
cloned journal (套刊) ever an error by title alone; is a title with another journal's numbers one.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from checks.journal_words import journal_finding
from domain.kinds import Severity
from domain.review import JournalLists, JournalRow
from fixtures.content import dice
from matching.journal_index import JournalIndex, index_of
from matching.journals import Claim, Remark, Weight, judge
from matching.lookalikes import neighbours
from matching.text import is_han
from policies.journals import ListKind, import_list, load_lists
from policies.wording import words

FALSE_KINDS = ("counterfeit", "illegal")
_ASKED_FOR = ("期号", "页码", "检索")
"""What the wording of a doubt about a cloned journal has to ask for."""
_COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("register", type=Path)
    parser.add_argument("blacklist", type=Path)
    parser.add_argument("--drawn", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=9000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lists = _load(arguments.register, arguments.blacklist, Path(folder))
    started = time.perf_counter()
    index = index_of(lists)
    print(f"index built in {time.perf_counter() - started:.2f} s")
    _register_against_itself(lists, index)
    _with_slips(lists, index, arguments.drawn, dice(arguments.seed))
    _false_journals(lists, index, dice(arguments.seed))
    _cloned(lists, index)
    _swapped_numbers(lists, index)


def _load(register: Path, blacklist: Path, folder: Path) -> JournalLists:
    for kind, path in ((ListKind.REGISTER, register), (ListKind.BLACKLIST, blacklist)):
        started = time.perf_counter()
        version = import_list(path, kind, folder)
        print(f"{kind.value}: {version.rows} rows imported in {time.perf_counter() - started:.2f} s")
    started = time.perf_counter()
    lists = load_lists(folder)
    print(f"loaded in {time.perf_counter() - started:.2f} s")
    return lists


def _claim(row: JournalRow, title: str | None = None) -> Claim:
    return Claim(title=title or row.title, issn=row.issn or None, cn=row.cn or None)


def _gravest(remarks: Iterable[Remark]) -> str:
    """``error``, ``warning``, ``info`` as the check would flag it with everything read well; else nothing."""
    said = {journal_finding(one, Claim()).severity for one in remarks}
    return next((str(grade) for grade in Severity if grade in said), "nothing")


def _register_against_itself(lists: JournalLists, index: JournalIndex) -> None:
    """Every registered journal, with its own numbers: an error is a false alarm."""
    said: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    slowest = 0.0
    started = time.perf_counter()
    for row in lists.register_rows:
        begun = time.perf_counter()
        remarks = judge(_claim(row), index)
        slowest = max(slowest, time.perf_counter() - begun)
        said[_gravest(remarks)] += 1
        alarms.update(f"{one.weight} {one.code}/{one.variant}" for one in remarks)
        _alarm(row.title, row, remarks)
    spent = (time.perf_counter() - started) / max(len(lists.register_rows), 1)
    print(
        f"register against itself: {dict(said)}; a look-up {spent * 1e3:.2f} ms, at most {slowest * 1e3:.2f}"
    )
    for name, count in alarms.most_common():
        print(f"  {count:6d} {name}")


def _alarm(title: str, row: JournalRow, remarks: Iterable[Remark]) -> None:
    for remark in remarks:
        if remark.weight is Weight.PROOF:
            print("  FALSE ALARM", title, row.title, row.issn, row.cn, remark.code, remark.variant)


def _with_slips(lists: JournalLists, index: JournalIndex, drawn: int, rng: random.Random) -> None:
    """Genuine journals with one character misread: as a look-alike, as any other, or lost."""
    rows = rng.sample(lists.register_rows, min(drawn, len(lists.register_rows)))
    for kind in ("look-alike", "any character", "lost"):
        said: Counter[str] = Counter()
        for row in rows:
            title = _slipped(row.title, kind, rng)
            remarks = judge(_claim(row, title), index)
            said[_gravest(remarks)] += 1
            _alarm(title, row, remarks)
        print(f"{len(rows)} genuine titles with one character read wrong ({kind}): {dict(said)}")


def _slipped(title: str, kind: str, rng: random.Random) -> str:
    """The title with one Chinese character replaced or lost; a title without any keeps its own."""
    places = [place for place, sign in enumerate(title) if is_han(sign)]
    alike = [place for place in places if neighbours(title[place]) - {title[place]}]
    if not places or (kind == "lost" and len(title) <= 2):
        return title
    place = rng.choice(alike if kind == "look-alike" and alike else places)
    if kind == "lost":
        return title[:place] + title[place + 1 :]
    if kind == "look-alike" and alike:
        other = rng.choice(sorted(neighbours(title[place]) - {title[place]}))
    else:
        other = rng.choice([sign for sign in _COMMON if sign != title[place]])
    return title[:place] + other + title[place + 1 :]


_CODES = ("journal.blacklisted", "journal.suspicious-issue")


def _false_journals(lists: JournalLists, index: JournalIndex, rng: random.Random) -> None:
    """Counterfeit and illegal rows by title and number, by number alone, and with a slip in the title."""
    rows = [row for row in lists.blacklist_rows if row.kind in FALSE_KINDS]
    ways: dict[str, list[tuple[JournalRow, Claim]]] = {
        "title and numbers": [(row, _claim(row)) for row in rows],
        "numbers alone": [
            (row, Claim(issn=row.issn or None, cn=row.cn or None)) for row in rows if row.issn or row.cn
        ],
        "numbers, title misread": [
            (row, _claim(row, _slipped(row.title, "look-alike", rng))) for row in rows if row.issn or row.cn
        ],
    }
    for way, claims in ways.items():
        said: Counter[tuple[str, str]] = Counter()
        for row, claim in claims:
            named = [one for one in judge(claim, index) if one.code in _CODES]
            said[row.kind, _gravest(named) if named else "MISSED"] += 1
            if not named:
                print("  MISSED", way, row.title, row.issn, row.cn)
        print(f"false journals by {way}: {dict(sorted(said.items()))}")


def _cloned(lists: JournalLists, index: JournalIndex) -> None:
    """Titles that a genuine journal bears too: alone never an error, and what to bring is said."""
    said: Counter[str] = Counter()
    for row in lists.blacklist_rows:
        genuine = row.genuine_title_exists or index.register.titled(row.title, former=False)
        if row.kind not in FALSE_KINDS or not genuine:
            continue
        remarks = judge(Claim(title=row.title), index)
        named = [one for one in remarks if one.code in _CODES]
        advice = "".join(words(one.code, one.variant).advice for one in named)
        asked = all(word in advice for word in _ASKED_FOR)
        said[f"{_gravest(remarks)}, {'asks for them' if asked else 'DOES NOT ASK'}"] += 1
        if not asked:
            print("  DOES NOT ASK", row.title, [(one.code, one.variant) for one in named])
    print(f"titles that a genuine journal bears too, by title alone: {dict(said)}")


def _swapped_numbers(lists: JournalLists, index: JournalIndex) -> None:
    """A registered title with the numbers of the row a thousand further: an error is right."""
    rows = [row for row in lists.register_rows if row.issn and row.cn]
    said: Counter[str] = Counter()
    for place in range(0, len(rows), 20):
        other: JournalRow = rows[(place + 1000) % len(rows)]
        remarks = judge(_claim(other, rows[place].title), index)
        wrong = [one for one in remarks if one.code == "journal.identity-mismatch"]
        said[_gravest(wrong) if wrong else "MISSED"] += 1
    print(f"titles with another journal's numbers: {dict(said)}")


if __name__ == "__main__":
    main()
