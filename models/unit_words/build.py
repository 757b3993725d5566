"""Count which characters follow one another in words, places and names of units: ``pairs.npz``.

    python -m models.unit_words.build --dictionary dict.txt

``dict.txt`` comes out of the source package that ``card.md`` names: one word a line, its count behind it. The
rest is the word stock with which the reader of seals is taught. A pair's affinity is its pointwise mutual
information (Church and Hanks, 1990), what it tells beyond how common either character is, in natural
units; only what speaks for a pair is kept.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np

_HERE = Path(__file__).parent
_STOCK = {"counties": 60, "places": 60, "works": 300, "offices": 300, "forms": 1000, "branches": 300}
"""What a word of the stock weighs beside the root of a dictionary word's count."""
_LEAST_COUNT, _LEAST_AFFINITY = 4.0, 0.5
_PRIOR = 50.0
"""Added to each character's own count, so that two rare ones that met once are no proof."""
_SCALE = 20
"""Steps of one natural unit in the file."""


def words(dictionary: Path) -> Iterable[tuple[str, float]]:
    """Every word with its weight."""
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split(" ")
        if all("\u4e00" <= character <= "\u9fff" for character in word):
            yield word, math.sqrt(float(count)) + 1
    stock = tomllib.loads((_HERE.parent / "seal_reader" / "words.toml").read_text(encoding="utf-8"))
    for kind, weight in _STOCK.items():
        for word in stock[kind].split():
            yield word, weight


def affinities(weighed: Iterable[tuple[str, float]]) -> dict[tuple[str, str], float]:
    """Pairs that stand together more often than chance would have them."""
    pairs: Counter[tuple[str, str]] = Counter()
    for word, weight in weighed:
        for pair in pairwise(word):
            pairs[pair] += weight  # type: ignore[assignment]  # typeshed counts in whole numbers
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    whole = sum(pairs.values())
    found = {}
    for (one, other), count in pairs.items():
        affinity = math.log(count * whole / ((first[one] + _PRIOR) * (second[other] + _PRIOR)))
        if count >= _LEAST_COUNT and affinity >= _LEAST_AFFINITY:
            found[one, other] = affinity
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dictionary", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=_HERE / "pairs.npz")
    given = parser.parse_args()
    found = affinities(words(given.dictionary))
    keys = np.array([ord(one) << 16 | ord(other) for one, other in found], np.uint32)
    values = np.array([min(round(value * _SCALE), 255) for value in found.values()], np.uint8)
    order = np.argsort(keys)
    np.savez_compressed(
        given.out, steps=np.diff(keys[order], prepend=0).astype(np.uint32), affinities=values[order]
    )
    print(f"{len(keys)} pairs, {given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
