"""Debian's Chromium in the hands of Playwright: pages looked at as people see them, and by axe."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT

CHROMIUM = Path(os.environ.get("HEZHENG_CHROMIUM", "/usr/bin/chromium"))
AXE = Path(__file__).parent / "vendored" / "axe.min.js"
IMAGES = ROOT / "docs" / "images"
WIDE, PHONE = (1280, 800), (390, 844)
COLOURS = 128
"""A picture of a page is a third as large with so many and looks the same."""
_REFUSAL = re.compile(r"status of 40[34]\b")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def visiting(
    browser: Browser,
    address: str,
    name: str,
    password: str,
    size: tuple[int, int] = WIDE,
    *,
    refused: bool = False,
) -> Iterator[Page]:
    """A page signed in as ``name``. Whatever a script complains of in its console fails the test.

    ``refused``: pages will be refused, which the browser puts into its console too.
    """
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        base_url=address,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        page.goto("/")
        page.fill("input[name=name]", name)
        page.fill("input[name=password]", password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: not url.endswith(("/", "/sign-in")), wait_until="domcontentloaded")
        yield page
    finally:
        context.close()
    told = [one for one in complaints if not (refused and _REFUSAL.search(one))]
    assert not told, told


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line each."""
    # By the protocol, not as a script of the page: its content policy forbids those, and is tested by that.
    page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", _TAGS
    )
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def shoot(page: Page, name: str) -> None:
    """A picture for ``docs/images``, taken once all that is in view has come. Written on demand alone."""
    page.wait_for_load_state("networkidle")
    if os.environ.get("HEZHENG_SCREENSHOTS") == "1":
        taken = Image.open(io.BytesIO(page.screenshot()))
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
            IMAGES / f"{name}.png", optimize=True
        )
