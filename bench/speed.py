"""Pages a second and peak memory on the demo batch, beside PaddleOCR's own pipeline, in one run.

    python -m bench.speed [--folder fixtures/demo] [--pages 24]

Every page goes to every engine in turn (A B C, A B C, …), so that a noisy machine is noisy for all of them.
The first page of each engine is a warm-up and is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from PIL import Image
from rapidfuzz.distance import Levenshtein

from domain.errors import InputError
from domain.settings import Limits
from matching.text import bare

NAMES = ("hezheng", "lines", "paddleocr")


def pages_of(folder: Path, most: int, scratch: Path) -> list[Path]:
    """Every n-th page of the evidence under ``folder``, decoded by intake, as PNG files."""
    import intake

    written: list[Path] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in {".jpg", ".jpeg", ".png", ".pdf", ".tif", ".tiff"}:
            continue
        try:
            with intake.opened(path, path.name, Limits()) as opened:
                for page in opened.pages():
                    if page.problem is None:
                        target = scratch / f"{len(written):04d}.png"
                        Image.frombytes("RGB", (page.width, page.height), page.pixels).save(
                            target, compress_level=1
                        )
                        written.append(target)
        except InputError:
            continue
    step = max(len(written) // most, 1)
    return written[::step][:most]


class Served:
    """One engine in its own process. ``seconds`` and ``cpu`` hold one figure a page."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.engines", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=dict(os.environ),
        )
        self.seconds: list[float] = []
        self.cpu: list[float] = []
        self.texts: list[str] = []
        self.peak = 0.0

    def read(self, page: Path, counted: bool) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(page, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} stopped; is its group installed (uv sync --group peers)?")
        answer = json.loads(line)
        self.peak = answer["peak_mb"]
        if counted:
            self.seconds.append(answer["wall"])
            self.cpu.append(answer["cpu"])
            self.texts.append(bare("".join(sorted(answer["texts"]))))

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("fixtures/demo"))
    parser.add_argument("--pages", type=int, default=24)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = pages_of(arguments.folder, arguments.pages, Path(folder))
        engines = [Served(name) for name in NAMES]
        for engine in engines:
            engine.read(pages[0], counted=False)
        for page in pages:
            for engine in engines:
                engine.read(page, counted=True)
        for engine in engines:
            engine.end()
    peer = engines[-1]
    print(f"{len(pages)} pages; {os.cpu_count()} cores; hezheng on one thread, PaddleOCR with its own choice")
    print(
        f"{'engine':<12}{'pages/s':>9}{'s/page':>9}{'CPU s/page':>12}"
        f"{'wall ratio':>12}{'CPU ratio':>11}{'peak MB':>9}"
    )
    for engine in engines:
        wall = median(mine / other for mine, other in zip(engine.seconds, peer.seconds, strict=True))
        cpu = median(mine / other for mine, other in zip(engine.cpu, peer.cpu, strict=True))
        print(
            f"{engine.name:<12}{len(pages) / sum(engine.seconds):>9.2f}{median(engine.seconds):>9.2f}"
            f"{median(engine.cpu):>12.2f}{wall:>12.2f}{cpu:>11.2f}{engine.peak:>9.0f}"
        )
    alike = [
        Levenshtein.normalized_similarity(a, b) for a, b in zip(engines[1].texts, peer.texts, strict=True)
    ]
    print(f"likeness of our lines to PaddleOCR's, median page: {median(alike):.4f}")


if __name__ == "__main__":
    main()
