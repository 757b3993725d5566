"""The same pages through our reader, PaddleOCR, RapidOCR and Tesseract, in one run, interleaved.

    python -m bench.throughput [--each 2] [--dense 3] [--shared ../shared] [--real 8]

Every page goes to every engine in turn (A B C, A B C, …), so that a noisy machine is noisy for all of them; a
first page of each is a warm-up and is not counted. Engines use the threads that suit them best: ours one a
process, ``lines on two threads`` for a lone page, the others as many as they choose. Ratios are medians, page
by page, to PaddleOCR. An engine that is not there is named and left out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.throughput_pages import TimedPage, demo_pages, dense_pages, real_pages
from domain.machine import usable_cores

PEER = "paddleocr"
ENGINES = {
    "hezheng": ("hezheng", 1),
    "lines": ("lines", 1),
    "lines on two threads": ("lines", 2),
    PEER: (PEER, 0),
    "rapidocr": ("rapidocr", 0),
    "tesseract": ("tesseract", 0),
}
"""Name in the table, name of the engine, its threads where it does not choose them itself."""


@dataclass
class Served:
    """One engine in its own process; what it took for each page, by kind."""

    name: str
    process: subprocess.Popen[str]
    wall: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, list[float]] = field(default_factory=dict)
    wrong: dict[str, list[int]] = field(default_factory=dict)
    peak: float = 0.0

    @classmethod
    def started(cls, name: str) -> Served:
        engine, threads = ENGINES[name]
        environment = dict(os.environ)
        environment.pop("OMP_NUM_THREADS", None)
        if threads:
            environment |= {"HEZHENG_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.engines", engine],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        return cls(name, process)

    def read(self, page: TimedPage, *, counted: bool) -> bool:
        """Whether the engine is there."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            print(page.path.absolute(), file=self.process.stdin, flush=True)
        except BrokenPipeError:
            return False
        line = self.process.stdout.readline()
        if not line:
            return False
        answer = json.loads(line)
        self.peak = answer["peak_mb"]
        if counted:
            self.wall.setdefault(page.kind, []).append(answer["wall"])
            self.processor.setdefault(page.kind, []).append(answer["cpu"])
            wrong, of = page.errors(answer["texts"])
            counts = self.wrong.setdefault(page.kind, [0, 0])
            counts[0] += wrong
            counts[1] += of
        return True

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)


def rows(engines: Sequence[Served], kinds: Sequence[str]) -> list[str]:
    """The table, by kind of page."""
    peer = next((engine for engine in engines if engine.name == PEER), None)
    table = [
        "| pages | engine | wall s | ratio | CPU s | ratio | characters wrong |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for kind in kinds:
        for engine in engines:
            wall, processor = engine.wall[kind], engine.processor[kind]
            ratios = ["–", "–"]
            if peer is not None:
                others = ((wall, peer.wall[kind]), (processor, peer.processor[kind]))
                ratios = [
                    f"{median(mine / other for mine, other in zip(ours, theirs, strict=True)):.2f}"
                    for ours, theirs in others
                ]
            wrong, of = engine.wrong[kind]
            table.append(
                f"| {kind} ({len(wall)}) | {engine.name} | {median(wall):.2f} | {ratios[0]}"
                f" | {median(processor):.2f} | {ratios[1]} | {wrong} of {of} = {wrong / max(of, 1):.4f} |"
            )
    return table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=2, help="demo pages of every kind")
    parser.add_argument("--dense", type=int, default=3)
    parser.add_argument("--real", type=int, default=8)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--engines", nargs="*", choices=list(ENGINES), default=list(ENGINES))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = [*dense_pages(Path(folder), arguments.dense), *demo_pages(arguments.each)]
        if arguments.shared.is_dir():
            pages += real_pages(arguments.shared, arguments.real)
        engines = [Served.started(name) for name in arguments.engines]
        there = [engine for engine in engines if engine.read(pages[0], counted=False)]
        for missing in set(arguments.engines) - {engine.name for engine in there}:
            print(f"not measured: {missing} is not installed (uv sync --group peers; tesseract-ocr-chi-sim)")
        for page in pages:
            for engine in there:
                if not engine.read(page, counted=True):
                    sys.exit(f"{engine.name} stopped at {page.path.name}")
        for engine in there:
            engine.end()
    load = os.getloadavg()[0]
    print(f"{len(pages)} pages on {usable_cores()} cores, load average {load:.1f} at the end\n")
    print("\n".join(rows(there, list(dict.fromkeys(page.kind for page in pages)))))
    print("\npeak MB: " + ", ".join(f"{engine.name} {engine.peak:.0f}" for engine in there))


if __name__ == "__main__":
    main()
