"""Signs of forgery, measured: ``python -m bench.forgeries [--count N] [--first SEED] [--real DIR]``.

Drawn forgeries and honest uploads of every kind, each opened as an upload is, its pixels examined with lines
and seals where they truly are (``--read``: as the reader finds them, which takes many times as long), and
judged by the checks. ``--real`` screens every file of a folder; all of them are taken as honest. What was
measured is written to ``--save`` line by line, and not measured again.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import checks
from bench.uploads import Read, asked_of_forgery, reading_at, reading_of
from domain.geometry import Box
from domain.kinds import EvidenceKind
from domain.reading import Reading
from domain.review import Flag
from fixtures.forgeries import CLEAN, FORGED, Upload, clean, forged
from fixtures.forgeries.reading import touched_box

WANTED_FOUND, WANTED_WARNED = 0.85, 0.02
_PLACED = ("seal", "text", "PDF, seal")


def flags_of(reading: Reading, kind: EvidenceKind) -> list[Flag]:
    """What the checks say of one file."""
    return [flag for result in checks.run(asked_of_forgery(reading, kind)) for flag in result.flags]


def measured(upload: Upload, read: Read | None) -> dict[str, object]:
    """``found``: any flag; ``placed``: one whose box meets what was forged."""
    flags = flags_of(reading_of(upload, read), EvidenceKind(upload.kind))
    place = touched_box(upload)
    return {
        "found": bool(flags),
        "placed": any(_meets(flag.box, place) for flag in flags),
        "reasons": [flag.found for flag in flags],
    }


def _meets(box: Box | None, place: Box | None) -> bool:
    return place is None or (box is not None and box.intersection(place) > 0)


def rows(
    kinds: Iterator[tuple[str, str, int]], done: set[tuple[str, str, int]], read: Read | None
) -> Iterator[dict[str, object]]:
    for group, kind, seed in kinds:
        if (group, kind, seed) not in done:
            upload = clean(kind, seed) if group == "clean" else forged(kind, seed)
            yield {"group": group, "kind": kind, "seed": seed, **measured(upload, read)}


def asked(first: int, count: int) -> Iterator[tuple[str, str, int]]:
    for seed in range(first, first + count):
        yield from (("clean", kind, seed) for kind in CLEAN)
        yield from (("forged", kind, seed) for kind in FORGED)


def table(results: list[dict[str, object]]) -> Iterator[str]:
    yield "| kind | warned | at the place | wanted |"
    yield "|---|---:|---:|---:|"
    for group, kinds in (("clean", tuple(CLEAN)), ("forged", FORGED)):
        of_group = [one for one in results if one["group"] == group]
        for kind in (*kinds, ""):
            these = [one for one in of_group if kind in ("", one["kind"])]
            if not these:
                continue
            placed = (
                [one for one in these if str(one["kind"]).startswith(_PLACED)] if group == "forged" else []
            )
            at = f"{sum(bool(one['placed']) for one in placed)} of {len(placed)}" if placed else "–"
            wanted = f"≤ {WANTED_WARNED}" if group == "clean" else f"≥ {WANTED_FOUND}"
            found = sum(bool(one["found"]) for one in these)
            name = kind or f"**all {group}**"
            yield f"| {name} | {found} of {len(these)} = {found / len(these):.2f} | {at} | {wanted} |"


def reader() -> Read:
    import ocr

    return ocr.Reader().read


def real(folder: Path) -> None:
    """Every file of ``folder`` that is warned of, and why."""
    read, warned, total = reader(), 0, 0
    for path in sorted(folder.iterdir()):
        flags = flags_of(reading_at(path, path.name, read), EvidenceKind.OTHER)
        total, warned = total + 1, warned + bool(flags)
        for flag in flags:
            print(f"{path.name} p.{flag.page}: {flag.found}", flush=True)
    print(f"{warned} of {total} files warned of")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--first", type=int, default=9000)
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--real", type=Path)
    parser.add_argument("--save", type=Path, default=Path("out/forgeries.jsonl"))
    given = parser.parse_args()
    if given.real:
        real(given.real)
        return
    given.save.parent.mkdir(parents=True, exist_ok=True)
    known = given.save.read_text(encoding="utf-8").splitlines() if given.save.exists() else []
    results = [json.loads(line) for line in known]
    done = {(one["group"], one["kind"], one["seed"]) for one in results}
    with given.save.open("a", encoding="utf-8") as target:
        for row in rows(asked(given.first, given.count), done, reader() if given.read else None):
            results.append(row)
            target.write(json.dumps(row, ensure_ascii=False) + "\n")
            target.flush()
    sys.stdout.write("\n".join(table(results)) + "\n")


if __name__ == "__main__":
    main()
