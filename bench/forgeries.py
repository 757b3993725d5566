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
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import checks
import forensics
import intake
from domain.declaration import Declaration
from domain.facts import Document, KindGuess
from domain.geometry import Box
from domain.kinds import EvidenceKind, ReadingStatus
from domain.page import PageImage
from domain.plan import CheckUse, Requirement
from domain.reading import PageReading, Reading
from domain.review import Dossier, EvidenceFile, Flag
from domain.settings import Limits
from domain.traces import FileTraces
from fixtures.checks.builder import plan
from fixtures.forgeries import CLEAN, FORGED, Upload, clean, forged
from fixtures.forgeries.reading import reading_from_truth, touched_box

CHECKS = ("tamper.seal", "tamper.text", "tamper.file")
WANTED_FOUND, WANTED_WARNED = 0.85, 0.02
Read = Callable[[PageImage], PageReading]
_PLACED = ("seal", "text", "PDF, seal")


def flags_of(
    name: str, kind: EvidenceKind, media_type: str, traces: FileTraces, pages: list[PageReading]
) -> list[Flag]:
    """What the checks say of one file."""
    uses = tuple(CheckUse(check=check) for check in CHECKS)
    requirement = Requirement(id="G-FORGE", title="核实", quote="核实", how=("E",), checks=uses)
    reading = Reading(
        path=name,
        sha256="0" * 64,
        size=1,
        media_type=media_type,
        status=ReadingStatus.COMPLETE,
        pages=tuple(pages),
        traces=traces,
    )
    document = Document(
        kind=KindGuess(name=kind, confidence=1.0), page_kinds=tuple(kind for _ in pages), facts=()
    )
    dossier = Dossier(
        declaration=Declaration.model_validate({"applicant": {"name": "某"}}),
        files=(EvidenceFile(reading=reading, document=document),),
        plan=plan((requirement,)),
    )
    return [flag for result in checks.run(dossier) for flag in result.flags]


def judged(path: Path, kind: EvidenceKind, read: Read, pages: int = 3) -> list[Flag]:
    """Flags on the first pages of a file, opened as an upload."""
    with intake.opened(path, path.name, Limits()) as file:
        readings = []
        for image in file.pages():
            reading = read(image)
            traces = forensics.examine(image, reading)
            readings.append(reading.model_copy(update={"traces": traces}))
            if len(readings) == pages:
                break
        return flags_of(path.name, kind, file.media_type, file.traces, readings)


def measured(upload: Upload, read: Read | None) -> dict[str, object]:
    """``found``: any flag; ``placed``: one whose box meets what was forged."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(upload.data)
        look = read or (lambda image: reading_from_truth(upload, image.width, image.height))
        flags = judged(path, EvidenceKind(upload.kind), look)
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
        flags = judged(path, EvidenceKind.OTHER, read)
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
