"""What ``bench.load`` measured, and its table."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from statistics import quantiles

UPLOAD_SECONDS, POLL_SECONDS = 0.300, 0.050
"""Wanted at the 95th percentile."""


@dataclass
class Figures:
    """Seconds of every answer, by what was asked; statuses by how often."""

    uploads: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    finished: int = 0
    cpu: dict[str, float] = field(default_factory=dict)
    """Processor seconds of each process."""

    def count(self, status: int) -> None:
        self.statuses[status] = self.statuses.get(status, 0) + 1


def printed(figures: Figures, seconds: float, *, paced: bool) -> bool:
    """Print the table; whether all is as wanted."""
    errors = sum(number for status, number in figures.statuses.items() if status >= 500)
    good = errors == 0
    print("\n| | number | a second | p50 ms | p95 ms | wanted p95 ms |\n|---|---|---|---|---|---|")
    for name, times, wanted in (
        ("upload of 100 kB", figures.uploads, UPLOAD_SECONDS),
        ("poll", figures.polls, POLL_SECONDS),
    ):
        cuts = quantiles(times, n=20)
        good &= cuts[18] <= wanted or not paced
        row = (len(times), len(times) / seconds, cuts[9] * 1000, cuts[18] * 1000)
        print("| {} | {} | {:.0f} | {:.0f} | {:.0f} |".format(name, *row), f"{wanted * 1000:.0f} |" * paced)
    print(f"\nfollowed to their end: {figures.finished}; answers by status: {json.dumps(figures.statuses)}")
    spent = ", ".join(f"{name} {used:.1f} s" for name, used in figures.cpu.items())
    requests = sum(figures.statuses.values())
    print(f"processor time: {spent}; API per request {figures.cpu['API'] / requests * 1000:.1f} ms")
    print(f"5xx: {errors}; load average {', '.join(f'{one:.1f}' for one in os.getloadavg())}")
    return good
