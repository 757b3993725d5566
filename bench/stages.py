"""Where a page's CPU goes: seconds by stage, signs of forgery among them, each without the stages inside it.

    python -m bench.stages [FILE ...]       (default: a record, a sealed certificate, a dense page, a copy)

Each file's first page is read twice, and the second time counts: what only the first page of a process pays
(loading networks, compiling them for new shapes) is told apart, as ``first``. Under every page, and at the
end for all of them, stands the floor: the time inside the networks alone, and what everything else, decoding
included, adds to it (wanted: at most 25 %).
"""

from __future__ import annotations

import argparse
import functools
import importlib
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

DEMO = Path("fixtures/demo")
PAGES = (
    DEMO / "01-clean" / "ce-2018.jpg",
    DEMO / "05-hours-declared" / "certificate.jpg",
    DEMO / "09-paper" / "paper-article.jpg",
    DEMO / "06-copies" / "certificate.jpg",
)
STAGES = {
    "ocr.reader": ("rotation_of", "read_lines", "find_seals", "read_under_ink", "find_marks", "quality_of"),
    "ocr.seals.find": (
        "coloured_pieces",
        "patch_about",
        "ring_at",
        "gate",
        "prepared",
        "read_ring",
        "read_stamp",
    ),
    "ocr.under_ink.lines_anew": ("found_near",),
    "ocr.under_ink.cleaning": ("_print_darkness", "without_coloured_ink"),
    "ocr.detection": ("boxes_of",),
    "ocr.recognition": ("_prepared", "collapsed"),
}
"""Functions by the module in which they are called, and so replaced."""

NETWORK = "network "
"""What the stages of networks begin with."""

Call = Callable[..., Any]


class Clock:
    """CPU seconds and calls by stage; a stage within another is not counted twice."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self._inside: list[float] = []

    def timed(self, name: str, call: Call) -> Call:
        @functools.wraps(call)
        def measured(*positional: Any, **named: Any) -> Any:
            started = time.process_time()
            self._inside.append(0.0)
            try:
                return call(*positional, **named)
            finally:
                spent = time.process_time() - started
                self.seconds[name] += spent - self._inside.pop()
                self.calls[name] += 1
                if self._inside:
                    self._inside[-1] += spent

        return measured

    def forget(self) -> None:
        self.seconds.clear()
        self.calls.clear()


class _TimedNetwork:
    """A session whose runs are counted; everything else is the session's own."""

    def __init__(self, clock: Clock, name: str, network: Any) -> None:
        self._network = network
        self.run = clock.timed(f"{NETWORK}{name}", network.run)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)


def networks_alone(seconds: Mapping[str, float]) -> float:
    """The floor: of the seconds by stage, those inside the networks."""
    return sum(spent for stage, spent in seconds.items() if stage.startswith(NETWORK))


def overhead(seconds: Mapping[str, float]) -> float:
    """What everything beside the networks adds to their time, as a share of it."""
    floor = networks_alone(seconds)
    return sum(seconds.values()) / floor - 1 if floor else 0.0


def _children() -> float:
    """Processor seconds of the children that have ended: uploads are decoded in one each."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def instrument(clock: Clock) -> None:
    """Put the clock round the stages and the networks of this process, before a reader is made."""
    import models

    made: dict[str, _TimedNetwork] = {}
    session = models.session

    def timed_session(name: str) -> _TimedNetwork:
        if name not in made:
            made[name] = _TimedNetwork(clock, name, session(name))
        return made[name]

    setattr(models, "session", timed_session)  # noqa: B010 - the type is another on purpose
    # Stages side by side would count each other's time.
    importlib.import_module("ocr.reader").begun = lambda call: call  # type: ignore[attr-defined]
    for module_name, stages in STAGES.items():
        module = importlib.import_module(module_name)
        for stage in stages:
            setattr(module, stage, clock.timed(stage.strip("_"), getattr(module, stage)))


def main() -> None:
    """Print a table for every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", default=PAGES)
    arguments = parser.parse_args()
    clock = Clock()
    instrument(clock)
    import cv2

    import forensics
    import intake
    from domain.settings import Limits
    from ocr import Reader

    cv2.setNumThreads(1)
    reader = Reader()
    every: dict[str, float] = defaultdict(float)
    for path in arguments.files:
        decoded = _children()
        with intake.opened(path, path.name, Limits()) as opened:
            page = next(iter(opened.pages()))
        decoded = _children() - decoded
        started = time.process_time()
        reader.read(page)
        first = time.process_time() - started
        clock.forget()
        reading = clock.timed("all else", reader.read)(page)
        clock.timed("signs of forgery", forensics.examine)(page, reading)
        clock.seconds["decoding, in its child"] += decoded
        clock.calls["decoding, in its child"] += 1
        total = sum(clock.seconds.values())
        print(
            f"\n{path}: {page.width} x {page.height}, {len(reading.lines)} lines, {len(reading.seals)} seals"
        )
        print(f"  {'all':<32}{total * 1000:>8.0f} ms   (first {first * 1000:.0f} ms)")
        for stage, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1]):
            every[stage] += seconds
            if seconds > 0.002 * total:
                print(
                    f"  {stage:<32}{seconds * 1000:>8.0f} ms {seconds / total:>6.0%}{clock.calls[stage]:>6}"
                )
        print(f"  {_told(clock.seconds)}")
    print(f"\nall {len(arguments.files)} pages: {_told(every)}")


def _told(seconds: Mapping[str, float]) -> str:
    floor, total = networks_alone(seconds), sum(seconds.values())
    return (
        f"networks alone {floor * 1000:.0f} ms of {total * 1000:.0f}: {overhead(seconds):.0%} over the floor"
    )


if __name__ == "__main__":
    main()
