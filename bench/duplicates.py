"""Pages handed in twice: ``python -m bench.duplicates [--count N] [--first SEED] [--pages N]``.

Drawn pairs of every sort, handed in by two people and judged together, lines, seals and marks taken from the
truth; then how long it takes to find all twins among many pages, every third of which is of one and the same
form, with as many seals and signatures.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from time import perf_counter, process_time

import fields
import policies
from bench.duplicates_many import Many, many
from bench.uploads import reading_of
from domain.kinds import Verdict
from domain.reading import Reading
from domain.review import ApplicationReview, EvidenceFile, FileReview
from domain.traces import PageTraces
from fixtures.forgeries.twins import SORTS, pair
from forensics.ink_twins import seal_twins, signature_twins
from forensics.twins import page_twins
from pipeline.pictures_across import with_pictures_across

PLAN = "shaoxing-construction-2020"
APPLICANTS = ("陈知远", "林晓")
_SAID = {
    "picture": "同一张图像",
    "shared": "共有材料",
    "changed": "数字不同",
    "seal-repeated": "公章印迹",
    "signature-repeated": "签名笔迹",
    "contents-row": "一行",
}
"""Words by which a flag's variant is known again."""


def review_of(reading: Reading, applicant: str) -> ApplicationReview:
    """An application with one file, nothing said of it yet."""
    evidence = EvidenceFile(reading=reading, document=fields.understand(reading, None))
    return ApplicationReview(
        path=applicant,
        applicant=applicant,
        plan=PLAN,
        verdict=Verdict.PASS,
        files=(FileReview(file=evidence, flags=()),),
        flags=(),
    )


def told(readings: list[Reading]) -> str:
    """What is said of a pair that two people handed in; empty: nothing."""
    reviews = [review_of(*one) for one in zip(readings, APPLICANTS, strict=True)]
    flags = with_pictures_across(reviews, policies.load_plan)[0].all_flags
    return ", ".join(sorted(_variant(flag.message) for flag in flags))


def _variant(message: str) -> str:
    return next(
        variant
        for variant, said in _SAID.items()
        if said in message and (variant != "picture" or "共有" not in message)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--first", type=int, default=9000)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--sort", default="", help="only sorts that hold this word")
    given = parser.parse_args()
    known: list[PageTraces] = []
    sys.stdout.write("| pair | as wanted | wanted | else |\n|---|---:|---|---|\n")
    for name, sort in SORTS.items():
        if given.sort not in name:
            continue
        said: Counter[str] = Counter()
        for seed in range(given.first, given.first + given.count):
            readings = [reading_of(upload) for upload in pair(name, seed)]
            known += [reading.pages[0].traces for reading in readings]
            said[told(readings)] += 1
        others = "; ".join(
            f"{what or 'nothing'}: {count}" for what, count in said.items() if what != sort.wanted
        )
        row = (name, f"{said[sort.wanted]} of {given.count}", sort.wanted or "nothing", others or "–")
        sys.stdout.write(f"| {' | '.join(row)} |\n")
        sys.stdout.flush()
    if given.pages:
        timed(many(known, given.pages))


def timed(prints: Many) -> None:
    """Prints the seconds, and whether exactly the planted twins are found."""
    searches: dict[str, Callable[[], Iterable[tuple[int, int]]]] = {
        "pages": lambda: ((twin.first, twin.second) for twin in page_twins(prints.pages)),
        "seals": lambda: seal_twins(prints.seals),
        "signatures": lambda: signature_twins(prints.signatures),
    }
    for what, search in searches.items():
        wall, cpu = perf_counter(), process_time()
        pairs = set(search())
        wall, cpu = perf_counter() - wall, process_time() - cpu
        sys.stdout.write(
            f"{len(prints.pages)} {what}: {wall:.1f} s, {cpu:.1f} s of CPU; of {len(prints.planted)} "
            f"planted twins {len(pairs & prints.planted)} found, {len(pairs - prints.planted)} others\n"
        )


if __name__ == "__main__":
    main()
