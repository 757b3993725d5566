"""Names of seals read exactly, by ink, print across and size, on crops drawn for reports alone.

    python -m bench.seal_names [--set report] [--share 0.1]

``report`` shares no face, seed or whole name with anything that was taught or chosen on; ``choose`` is for
choosing. The ring is fitted from a guess that is off, so that it is reading that is measured, not finding.
Sizes are pixels across; below 110 the characters of a name are some ten pixels high.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

from bench.whose_seal_reading import SealReader
from domain.reading import Seal
from fixtures.sealed_crops import STOCKS, Drawn, one_drawn, unit_names

COUNTS = {"red": 600, "blue": 150, "grey": 300}
SIZES = ((0, 140, "below 140 px"), (140, 220, "140 to 220 px"), (220, 10_000, "from 220 px"))
SURE = 0.85
"""From this confidence on a wrong name counts as sure."""


def conditions(drawn: Drawn) -> tuple[str, ...]:
    across = drawn.ring[2] + drawn.ring[3]
    size = next(words for least, most, words in SIZES if least <= across < most)
    print_across = "print across" if " print " in drawn.conditions else "bare"
    return drawn.colour, f"{drawn.colour}, {print_across}", f"{drawn.colour}, {size}"


class Names:
    """Right, wrong though sure, and all, by condition."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, drawn: Drawn, seal: Seal | None) -> None:
        right = seal is not None and seal.text == drawn.name
        sure = seal is not None and seal.text_confidence >= SURE
        for condition in conditions(drawn):
            count = self.counts[condition]
            count[0] += right
            count[1] += sure and not right
            count[2] += 1

    def report(self) -> str:
        rows = [
            f"{name:28} {right:4}/{whole:<4} = {right / whole:.3f}   wrong and sure {wrong}"
            for name, (right, wrong, whole) in sorted(self.counts.items())
        ]
        return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", choices=sorted(STOCKS), default="report")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    stock, reader, names = STOCKS[asked.set], SealReader(), Names()
    units = unit_names(stock, max(COUNTS.values()))
    for colour, count in COUNTS.items():
        for number in range(round(count * asked.share)):
            drawn = one_drawn(stock, units[number % len(units)], colour, number)
            seal = reader.read(drawn, number)
            names.add(drawn, seal)
            if asked.verbose and (seal is None or seal.text != drawn.name):
                said = f"{seal.text} {seal.text_confidence:.2f}" if seal else "no ring"
                print(f"{colour} {number} {drawn.conditions}: {drawn.name} read as {said}", flush=True)
    print(names.report())


if __name__ == "__main__":
    main()
