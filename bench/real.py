"""Real scans against their labels: key lines found, seals found and read, false seals.

    python -m bench.real [--shared ../shared] [--json out.json]

Runs ``hezheng inspect``'s own line over every real file. A key line counts as found where its letters and
digits stand in the page's text (exact), or do so but for one character in seven (near); a key line that is
broken over two lines of a cell is looked for there too. A seal counts as
found where a box overlaps it by half (intersection over union 0.5), as read where the unit's name is exact.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from domain.geometry import Box
from domain.reading import PageReading, Reading
from domain.settings import Limits
from matching.text import bare, best_within
from pipeline.batch import read_batch
from pipeline.pool import ReadJob
from pipeline.real_tools import reading_tools

NEAR = 6 / 7
SAME_SEAL = 0.5


@dataclass
class Tally:
    """Counts over all files; ``misses`` name the file and what was not found."""

    key_lines: int = 0
    exact: int = 0
    near: int = 0
    printed: int = 0
    printed_exact: int = 0
    printed_near: int = 0
    seals: int = 0
    found: int = 0
    named: int = 0
    read: int = 0
    reported: int = 0
    false: int = 0
    unreadable: int = 0
    by_colour: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    misses: list[str] = field(default_factory=list)


def labelled(shared: Path) -> list[dict[str, object]]:
    """The label rows of ``shared/real/labels.jsonl``."""
    text = (shared / "real" / "labels.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def judge(tally: Tally, row: dict[str, object], reading: Reading) -> None:
    """Add one file's outcome."""
    name = str(row["file"])
    if reading.error is not None:
        tally.unreadable += 1
        tally.misses.append(f"{name}: {reading.error.code}")
    text = bare("".join(line.text for page in reading.pages for line in page.lines))
    text += "\n" + "\n".join(bare(cell) for page in reading.pages for cell in _stacked(page))
    handwritten = row["group"] == 6
    for key in _list(row, "transcript_key_lines"):
        exact = bare(str(key)) in text
        near = exact or best_within(str(key), text) >= NEAR
        tally.key_lines += 1
        tally.exact += exact
        tally.near += near
        if not handwritten:
            tally.printed += 1
            tally.printed_exact += exact
            tally.printed_near += near
        if not near:
            tally.misses.append(f"{name}: line")
    if not name.endswith(".pdf"):
        _judge_seals(tally, row, reading.pages)


def _stacked(page: PageReading) -> Iterable[str]:
    """Every line with the one right beneath it: in a narrow cell a key line is broken in two."""
    for line in page.lines:
        below = [
            other
            for other in page.lines
            if 0 < other.box.centre.y - line.box.centre.y < 2.2 * line.box.height
            and abs(other.box.centre.x - line.box.centre.x) < 0.5 * max(line.box.width, other.box.width)
        ]
        if below:
            yield line.text + min(below, key=lambda other: other.box.centre.y).text


def _judge_seals(tally: Tally, row: dict[str, object], pages: Iterable[PageReading]) -> None:
    labels = [seal for seal in _list(row, "seals") if isinstance(seal, dict)]
    seen = [(page, seal) for page in pages for seal in page.seals]
    tally.reported += len(seen)
    matched: set[int] = set()
    for label in labels:
        tally.seals += 1
        tally.by_colour[str(label.get("colour"))][1] += 1
        best, index = max(
            ((_upright(row, label, page).overlap(seal.box), i) for i, (page, seal) in enumerate(seen)),
            default=(0.0, -1),
        )
        wanted = bare(str(label.get("text") or ""))
        tally.named += bool(wanted)
        if best < SAME_SEAL:
            tally.misses.append(f"{row['file']}: {label.get('shape')} {label.get('colour')} seal not found")
            continue
        matched.add(index)
        tally.found += 1
        tally.by_colour[str(label.get("colour"))][0] += 1
        told = bare(seen[index][1].text)
        parts = {bare(part) for part in str(label.get("text") or "").split()}
        tally.read += bool(told) and (told == wanted or told in parts)
    tally.false += len(seen) - len(matched)
    tally.misses += [f"{row['file']}: false seal" for i in range(len(seen)) if i not in matched]


def _upright(row: dict[str, object], label: dict[str, object], page: PageReading) -> Box:
    """A label's box, in pixels of the file as stored, on the upright page."""
    width, height = float(str(row["width"])), float(str(row["height"]))
    x0, y0, x1, y1 = (float(str(value)) for value in _list(label, "box"))
    left, top, right, bottom = x0 / width, y0 / height, x1 / width, y1 / height
    places = {
        0: (left, top, right, bottom),
        90: (top, 1 - right, bottom, 1 - left),
        180: (1 - right, 1 - bottom, 1 - left, 1 - top),
        270: (1 - bottom, left, 1 - top, right),
    }
    return Box.clipped(*places[page.rotation])


def _list(row: dict[str, object], key: str) -> list[object]:
    value = row.get(key)
    return value if isinstance(value, list) else []


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "0/0"


def main() -> int:
    """Print the figures; exit 1 where a file crashed the reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("HEZHENG_SHARED", "../shared")))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    if not (arguments.shared / "real" / "labels.jsonl").is_file():
        sys.exit(f"no labels under {arguments.shared}: name the folder with --shared or HEZHENG_SHARED")
    rows = labelled(arguments.shared)
    jobs = [
        ReadJob(str(i), arguments.shared / "real" / str(row["file"]), str(row["file"]), str(i))
        for i, row in enumerate(rows)
    ]
    readings = read_batch(
        jobs, reading_tools, workers=arguments.workers, limits=Limits(), progress=lambda event: None
    )
    tally = Tally()
    for job, row in zip(jobs, rows, strict=True):
        judge(tally, row, readings[job.key])
    print(f"files                     {len(rows)}, of which not readable {tally.unreadable}")
    print(f"key lines, all            exact {_share(tally.exact, tally.key_lines)}")
    print(f"                          near  {_share(tally.near, tally.key_lines)}")
    print(f"key lines, printed pages  exact {_share(tally.printed_exact, tally.printed)}")
    print(f"                          near  {_share(tally.printed_near, tally.printed)}")
    print(f"seals found               {_share(tally.found, tally.seals)}")
    for colour, (found, whole) in sorted(tally.by_colour.items()):
        print(f"  {colour:<24}{_share(found, whole)}")
    print(f"seals reported, not there {tally.false} of {tally.reported}")
    print(f"unit name read            {_share(tally.read, tally.named)}")
    for miss in tally.misses:
        print("  miss:", miss)
    if arguments.json:
        arguments.json.write_text(json.dumps(vars(tally), ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
