"""Pages handed in twice: ``python -m bench.duplicates [--count N] [--first SEED] [--pages N]``.

Drawn pairs of every sort, told by their prints; then how long it takes to find all twins among many pages,
every third of which is of one and the same form, with as many seals.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from time import process_time

import numpy as np

import forensics
import intake
from domain.settings import Limits
from domain.traces import PagePrint, PageTraces, SealPrint
from fixtures.forgeries.reading import reading_from_truth
from fixtures.forgeries.twins import HONEST, SORTS, pair
from fixtures.forgeries.upload import Upload
from forensics.prints import PAGE_LEVELS, PAGE_SIDES, SEAL_SIDE, packed, unpacked
from forensics.twins import page_twins, seal_twins

_SEALS = "one picture of a seal on two sheets"


def traces_of(upload: Upload) -> PageTraces:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(upload.data)
        with intake.opened(path, path.name, Limits()) as file:
            page = next(iter(file.pages()))
            return forensics.examine(page, reading_from_truth(upload, page.width, page.height))


def is_twin(sort: str, seed: int) -> tuple[bool, list[PageTraces]]:
    """Whether the pair is told to be one picture (of a page, or of a seal)."""
    seen = [traces_of(upload) for upload in pair(sort, seed)]
    if sort == _SEALS:
        return bool(list(seal_twins([print_ for one in seen for print_ in one.seal_prints]))), seen
    return bool(list(page_twins([one.print for one in seen if one.print]))), seen


def many(known: list[PageTraces], count: int) -> tuple[list[PagePrint], list[SealPrint]]:
    """Prints of ``count`` pages: the known ones, with the cells of a few words changed here and there."""
    generator = np.random.default_rng(9000)
    pages, seals = [], []
    prints = [one.print for one in known if one.print]
    marks = [one for traces in known for one in traces.seal_prints]
    for number in range(count):
        base = prints[0] if number % 3 == 0 else prints[number % len(prints)]
        levels = unpacked(base.picture, *PAGE_SIDES)
        noise = generator.random(levels.shape) < generator.uniform(0.003, 0.05)
        levels = np.where(noise, (levels + 4) % PAGE_LEVELS, levels)
        turned = 0 if number % 3 == 0 else int(generator.integers(0, 1 << 62))
        pages.append(
            PagePrint(
                hash=f"{int(base.hash, 16) ^ turned:016x}",
                picture=packed((levels / (PAGE_LEVELS - 1)).astype(np.float32), PAGE_LEVELS),
            )
        )
        mark = unpacked(marks[number % len(marks)].picture, SEAL_SIDE, SEAL_SIDE)
        rough = mark / 15 + generator.normal(0, 0.2, mark.shape)
        seals.append(SealPrint(seal=0, picture=packed(np.clip(rough, 0, 1).astype(np.float32), 16)))
    return pages, seals


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--first", type=int, default=9000)
    parser.add_argument("--pages", type=int, default=10_000)
    given = parser.parse_args()
    known: list[PageTraces] = []
    sys.stdout.write("| pair | told to be one picture | |\n|---|---:|---|\n")
    for sort in SORTS:
        told = 0
        for seed in range(given.first, given.first + given.count):
            found, seen = is_twin(sort, seed)
            told += found
            known += seen
        wanted = "honest: none wanted" if sort in HONEST else "all wanted"
        sys.stdout.write(f"| {sort} | {told} of {given.count} | {wanted} |\n")
        sys.stdout.flush()
    pages, seals = many(known, given.pages)
    before = process_time()
    twins = sum(1 for _ in page_twins(pages))
    between = process_time()
    same = sum(1 for _ in seal_twins(seals))
    sys.stdout.write(
        f"{given.pages} pages: {between - before:.1f} s ({twins} pairs); "
        f"as many seals: {process_time() - between:.1f} s ({same} pairs), CPU\n"
    )


if __name__ == "__main__":
    main()
