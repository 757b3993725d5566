"""A desk with sixty flags on forty pages, in a browser: what is fetched, how it scrolls, how it prints."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, Request, expect

from domain.kinds import Severity
from tests.pages.browsing import visiting
from tests.pages.cases import Drawn, flag, judged
from tests.pages.serving import PASSWORD, DemoHouse

pytestmark = pytest.mark.browser

PAGES, FLAGS = 40, 60
SLOW = 20_000
FETCHED_AT_FIRST = PAGES + 10
"""Of eighty, thumbnails included: those in sight, and what a browser fetches three screens ahead."""
SMOOTH_SECONDS = 0.05
"""From here on a person sees single pictures. Held on the median frame: the machine may be busy."""

_SCROLLED = """async viewer => {
  const frames = [];
  let before = performance.now();
  const last = viewer.scrollHeight - viewer.clientHeight;
  for (let step = 1; step <= 90; step++) {
    viewer.scrollTop = last * step / 90;
    const now = await new Promise(requestAnimationFrame);
    frames.push((now - before) / 1000);
    before = now;
  }
  return frames.slice(1);
}"""
"""Seconds between the frames of a scroll from the first page to the last."""


def test_a_full_desk_fetches_what_is_seen_and_scrolls(
    chromium: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = DemoHouse(tmp_path, ())
    flags = tuple(
        flag(Severity.ERROR, f"第{number}个问题。", file="scans.pdf", page=number % PAGES + 1)
        for number in range(FLAGS)
    )
    application = judged(
        house.service, house.users["申报人"], "陈安", [Drawn("scans.pdf", flags, pages=PAGES)]
    )
    asked: list[str] = []

    def note(request: Request) -> None:
        if ".png" in request.url:
            asked.append(request.url)

    with house.served() as address, visiting(chromium, address, "周核", PASSWORD) as page:
        page.on("request", note)
        page.goto(f"/desk/{application}", timeout=SLOW, wait_until="domcontentloaded")
        expect(page.locator("#progress")).not_to_be_empty(timeout=SLOW)
        page.locator(".sheet img").first.evaluate("image => image.decode()")
        at_first = len(asked)
        frames = page.locator(".stage").evaluate(_SCROLLED)
        page.locator(".sheet img").last.evaluate("image => image.decode()")
        assert page.locator("article.flag").count() == FLAGS
        page.emulate_media(media="print")
        printed = page.locator("article.flag:visible").count()
    with capsys.disabled():
        slowest = sorted(frames)[int(0.95 * len(frames))]
        print(
            f"\ndesk with {FLAGS} flags on {PAGES} pages: {at_first} pictures at first, {len(asked)} in all;"
            f" a frame {median(frames) * 1000:.0f} ms, p95 {slowest * 1000:.0f} ms"
        )
    assert 0 < at_first <= FETCHED_AT_FIRST
    assert len(asked) > at_first, "nothing was scrolled"
    assert all(re.search(r"[?&]side=\d+", url) for url in asked), "an original was fetched"
    assert median(frames) <= SMOOTH_SECONDS
    assert printed == FLAGS
