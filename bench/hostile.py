"""Hostile files, measured: ``python -m bench.hostile [--files DIR] [--seconds N]``.

Every file of the corpus (``fixtures.hostile``) is opened as an upload, unpacked as a batch or read as a
workbook, within the usual limits but for the clock. It has to end in a code of the contract or in a reading;
this process may grow by no more than 300 MB, and nothing may lie outside the folder of each. Then a batch of
ten applications, one of which brings hostile files: the other nine have to be judged as they are without it.
Exit status 1 where any of this fails.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import intake
from domain.errors import FileProblem, InputError
from domain.geometry import Point, Quad
from domain.page import PageImage
from domain.reading import Line, PageQuality, PageReading
from domain.settings import Limits
from fixtures.hostile.__main__ import corpus
from fixtures.hostile.odd_pictures import encoded
from intake.applications import find_applications
from intake.archives import ArchiveLimits, unpack_archive
from intake.workbook import read_workbook
from pipeline.tools import ReadingTools

MOST_GROWN = 300
"""Megabytes."""
CODES = {problem.value for problem in FileProblem} | {"form.value-format"}
_SAFE = ArchiveLimits(entries=50_000, entry_bytes=200_000_000, total_bytes=300_000_000)
_WHOLE = Quad(points=(Point(0, 0), Point(1, 0), Point(1, 1), Point(0, 1)))


def as_upload(path: Path, limits: Limits, room: Path) -> str:
    with intake.opened(path, path.name, limits) as file:
        pages = [_told(page) for page in file.pages()]
    return f"{len(pages)} pages, {sum(pages)} read"


def _told(page: PageImage) -> bool:
    assert page.problem is None or page.problem.value in CODES
    return page.problem is None


def as_batch(path: Path, limits: Limits, room: Path) -> str:
    problems = unpack_archive(path, path.name, room, _SAFE)
    assert all(problem.code in CODES for problem in problems)
    links = [one for one in room.rglob("*") if one.is_symlink()]
    assert not links, links
    return f"{sum(one.is_file() for one in room.rglob('*'))} files, {len(problems)} refused"


def as_workbook(path: Path, limits: Limits, room: Path) -> str:
    declared = read_workbook(path, limits)
    return f"{len(declared)} applications"


def outcome(path: Path, limits: Limits, room: Path) -> str:
    """What came of a file: a code, or what was read."""
    ways: dict[str, Callable[[Path, Limits, Path], str]] = {".zip": as_batch, ".xlsx": as_workbook}
    try:
        return ways.get(path.suffix, as_upload)(path, limits, room)
    except InputError as refused:
        if refused.code in CODES:
            return str(refused.code)
        raise


def peak_megabytes(*, anew: bool = False) -> float:
    """Largest resident size of this process, since it was asked ``anew``."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def one_by_one(files: list[Path], limits: Limits, home: Path) -> list[str]:
    """Prints a row a file; returns what failed."""
    failed = []
    for path in files:
        room = home / "room"
        room.mkdir()
        before, start = peak_megabytes(anew=True), monotonic()
        try:
            told = outcome(path, limits, room)
        except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
            told = f"FAILED: {type(error).__name__} {error}"
            failed.append(path.name)
        grown = peak_megabytes() - before
        shutil.rmtree(room)
        outside = {one.name for one in home.iterdir()} - {"corpus", "scratch", "batch"}
        outside |= {one.name for one in (home / "scratch").iterdir()}
        if outside or grown > MOST_GROWN:
            failed.append(path.name)
        seconds = monotonic() - start
        print(f"{path.name!r:34} {told:38} {seconds:6.1f} s {grown:6.0f} MB {outside or ''}", flush=True)
    return failed


def quick_tools() -> ReadingTools:
    """The real intake, and a reader that only tells one page's pixels from another's."""
    return ReadingTools(opened=intake.opened, read_page=_glance)


def _glance(page: PageImage) -> PageReading:
    text = f"第{zlib.crc32(page.pixels)}号证明"
    line = Line(text=text, raw=text, confidence=1.0, quad=_WHOLE)
    return PageReading(
        number=page.number,
        width=page.width,
        height=page.height,
        quality=PageQuality(sharpness=1.0),
        lines=(line,) if page.pixels else (),
        problem=page.problem,
    )


def batch(home: Path, hostile: list[Path], *, with_hostile: bool) -> dict[str, str]:
    """Every application's review, by its folder."""
    from pipeline.real_tools import judging_tools
    from pipeline.screening import screen

    folder = home / "batch"
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(10):
        own = folder / f"{number:02}"
        own.mkdir(parents=True)
        declaration = {"applicant": {"name": "陈知远"}, "evidence": [{"file": "ce.jpg", "kind": "ce_record"}]}
        (own / "declaration.json").write_text(json.dumps(declaration), encoding="utf-8")
        (own / "ce.jpg").write_bytes(encoded("JPEG", quality=60 + number))
    if with_hostile:
        for path in hostile:
            shutil.copy(path, folder / "09" / path.name)
    screening = screen(
        find_applications(folder),
        quick_tools,
        judging_tools(),
        workers=2,
        limits=Limits(cpu_seconds=20, wall_seconds=120),
    )
    return {one.path: one.model_dump_json() for one in screening.applications}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path)
    parser.add_argument("--seconds", type=int, default=Limits().cpu_seconds)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "scratch").mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(home / "scratch")
        files = sorted(given.files.iterdir()) if given.files else corpus(home / "corpus")
        limits = Limits(cpu_seconds=given.seconds)
        failed = one_by_one(files, limits, home)
        uploads = [path for path in files if path.suffix not in (".zip", ".xlsx") and "\n" not in path.name]
        alone, beside = (batch(home, uploads[:20], with_hostile=one) for one in (False, True))
        differ = [name for name in alone if not name.startswith("09") and alone[name] != beside.get(name)]
    print(f"{len(files)} files, failed: {failed or 'none'}")
    print(f"a batch with one hostile application in ten: {9 - len(differ)} of 9 others judged alike")
    return bool(failed or differ)


if __name__ == "__main__":
    sys.exit(main())
