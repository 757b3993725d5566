"""What the speed bench counts as wrong, and what it prints."""

from __future__ import annotations

from pathlib import Path
from subprocess import DEVNULL, Popen

import pytest

from bench.throughput import Served, rows
from bench.throughput_pages import TimedPage, demo_pages


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (["继续教育登记证明", "2018年度"], 0),
        (["继续教育登记证明2018年度"], 0),
        (["继续教育登记", "证明", "2018年度"], 2),
        (["继续救育登记证明", "2018年度"], 1),
        (["继续教育登记证明"], 6),
        ([], 14),
    ],
)
def test_what_is_misread_or_missing_counts(read: list[str], wrong: int) -> None:
    page = TimedPage("tables", Path("page.png"), ("继续教育登记证明", "2018年度"))
    assert page.errors(read) == (wrong, 14)


def test_pages_of_every_kind_come_with_their_lines() -> None:
    pages = list(demo_pages(1))
    assert {page.kind for page in pages} == {"tables", "contents", "articles", "certificates", "letters"}
    assert all(page.path.is_file() and page.lines for page in pages)


def test_ratios_are_to_the_peer_page_by_page() -> None:
    def engine(name: str, *seconds: float) -> Served:
        process = Popen(["true"], text=True, stdin=DEVNULL, stdout=DEVNULL)  # noqa: S607
        process.wait()
        times = {"dense A4": list(seconds)}
        return Served(name, process, times, times, {"dense A4": [3, 1000]})

    table = rows([engine("lines", 1.0, 1.0, 3.0), engine("paddleocr", 2.0, 4.0, 6.0)], ["dense A4"])
    assert table[2] == "| dense A4 (3) | lines | 1.00 | 0.50 | 1.00 | 0.50 | 3 of 1000 = 0.0030 |"
    assert "| 1.00 | 4.00 | 1.00 |" in table[3]
