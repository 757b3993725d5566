"""Whose seal: same, cannot tell or different, for the true name, near rivals and random rivals.

    python -m bench.whose_seal record --set report --into DIR [--share 0.1]
    python -m bench.whose_seal judge DIR [--floors bench/baselines/whose_seal.toml [--write]] [--verbose]

``record`` draws and reads, which takes most of the time, and keeps one JSON line a seal; ``judge`` replays
the rule on them in a minute. The two sets share no word, face or seed: the rule was chosen on ``choose`` and
is reported on ``report``. With ``--floors`` the status is 1 when a figure falls; ``--write`` writes them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.whose_seal_floors import Figure, fallen, write_floors
from bench.whose_seal_reading import SealReader
from domain.reading import Seal
from fixtures.sealed_crops import STOCKS, near_rivals, one_drawn, unit_names
from matching.seal_units import Opinion, Owner, whose_seal

COUNTS = {"red": 1000, "blue": 60, "grey": 100}
NAMES = 250
RUN = "run.json"
"""What was recorded into a folder."""
RANDOM_RIVALS = 20


def record(which: str, share: float, into: Path) -> None:
    """Draw and read; each line is written as soon as it is there."""
    into.mkdir(parents=True, exist_ok=True)
    (into / RUN).write_text(json.dumps({"set": which, "share": share}), "utf-8")
    stock, reader = STOCKS[which], SealReader()
    units = unit_names(stock, NAMES)
    for colour, count in COUNTS.items():
        with (into / f"{which}-{colour}.jsonl").open("w", encoding="utf-8") as lines:
            for number in range(round(count * share)):
                drawn = one_drawn(stock, units[number % len(units)], colour, number)
                seal = reader.read(drawn, number)
                told = {"name": drawn.name, "number": number, "conditions": drawn.conditions}
                told["seal"] = json.loads(seal.model_dump_json()) if seal else None
                lines.write(json.dumps(told, ensure_ascii=False) + "\n")
                lines.flush()


class Judgement:
    """Counts over the seals of one set, by colour and by what was asked: true, near, random."""

    def __init__(self, which: str, verbose: bool) -> None:
        self.which, self.verbose = which, verbose
        self.units = unit_names(STOCKS[which], NAMES)
        self.counts: Counter[str] = Counter()

    def add(self, colour: str, row: dict[str, Any]) -> None:
        """``row``: one line of a recording."""
        seal = Seal.model_validate(row["seal"]) if row["seal"] else None
        truth = row["name"]
        self.counts[f"{colour} read exactly: yes"] += bool(seal and seal.text == truth)
        self.counts[f"{colour} read exactly: all"] += 1
        for kind, name in self._asked(truth, row["number"]):
            opinion = (whose_seal(name, seal) if seal else None) or Opinion(Owner.CANNOT_TELL, "not read")
            for owner in Owner:  # None at all is a figure too: a wrong accusation more is a fall.
                self.counts[f"{colour} {kind}: {owner}"] += owner is opinion.owner
            self.counts[f"{colour} {kind}: all"] += 1
            wanted = Owner.SAME if kind == "true" else Owner.DIFFERENT
            if self.verbose and opinion.owner not in (
                wanted,
                Owner.CANNOT_TELL if kind != "true" else wanted,
            ):
                read = seal.text if seal else ""
                print(
                    f"{colour} {row['number']} {row['conditions']}: {kind} {name}, seal {truth}, read {read}:"
                )
                print(f"    {opinion.owner} ({opinion.reason} {opinion.place} {opinion.read})")

    def _asked(self, truth: str, number: int) -> Iterator[tuple[str, str]]:
        yield "true", truth
        yield from (("near", rival) for rival in near_rivals(truth, STOCKS[self.which]))
        others = [unit for unit in self.units if unit != truth]
        chosen = random.Random(number).sample(others, RANDOM_RIVALS)  # noqa: S311
        yield from (("random", rival) for rival in chosen)

    def figures(self) -> dict[str, Figure]:
        """Shares by name; every one of them has a floor or a most."""
        found = {}
        for key in sorted(self.counts):
            what, said = key.split(": ")
            total = self.counts[f"{what}: all"]
            if said != "all":
                found[key] = Figure(self.counts[key], total)
        return found

    def report(self) -> None:
        for key, figure in self.figures().items():
            print(f"{key:28} {figure.yes:6} of {figure.of:6}  {figure.share:.4f}")


def judged(which: str, folder: Path, verbose: bool) -> Judgement:
    judgement = Judgement(which, verbose)
    for colour in COUNTS:
        path = folder / f"{which}-{colour}.jsonl"
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            judgement.add(colour, json.loads(line))
    return judgement


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("--set", choices=sorted(STOCKS), default="report")
    recording.add_argument("--share", type=float, default=1.0)
    recording.add_argument("--into", type=Path, required=True)
    judging = commands.add_parser("judge")
    judging.add_argument("folder", type=Path)
    judging.add_argument("--floors", type=Path)
    judging.add_argument("--write", action="store_true")
    judging.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    if asked.command == "record":
        record(asked.set, asked.share, asked.into)
        return 0
    run = json.loads((asked.folder / RUN).read_text("utf-8"))
    judgement = judged(run["set"], asked.folder, asked.verbose)
    judgement.report()
    if asked.floors is None:
        return 0
    section = f"{run['set']} {run['share']:g}"
    if asked.write:
        write_floors(section, judgement.figures(), asked.floors)
        return 0
    told = fallen(section, judgement.figures(), asked.floors)
    print("\n".join(told))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
