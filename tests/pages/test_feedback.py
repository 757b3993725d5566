"""In a browser, against the real program: how long an applicant waits for a word on a page just uploaded."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from PIL import Image
from playwright.sync_api import Browser
from sqlalchemy import func, select

from fixtures.readings.record_demo import DEMO
from store import applications
from store.tables import FileRow, ReadingRow
from tests.conftest import ROOT
from tests.pages.browsing import visiting
from tests.pages.serving import PASSWORD, DemoHouse

pytestmark = [pytest.mark.browser, pytest.mark.reader]

UPLOADS = int(os.environ.get("HEZHENG_UPLOADS", "4"))
"""After the first, with which the networks are loaded."""
START_SECONDS, LONGEST_SECONDS = 240, 120
"""On a machine that others share; on two idle cores a median of 2.5 s and a p95 of 4 s are wanted."""

_UNTIL_TOLD = """name => new Promise(resolve => {
  let began = 0;
  document.addEventListener("change", () => (began = performance.now()), {capture: true, once: true});
  const look = () => {
    const files = [...document.querySelectorAll("article.file")];
    const file = files.find(one => one.querySelector("h3").textContent === name);
    if (!file || file.querySelector(".file-head .waiting")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve((performance.now() - began) / 1000)));
  };
  const observer = new MutationObserver(look);
  observer.observe(document.getElementById("state"), {childList: true, subtree: true});
})"""
"""Seconds from the choice of a file until what is wrong with it, or that nothing is, has been painted."""


@contextmanager
def served(data: Path) -> Iterator[str]:
    """``hezheng serve`` on a folder of the test's own: API, doorbell and one worker a core."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEZHENG_")}
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--data", str(data)]
    with (data / "said").open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=ROOT, env=environment, stdout=said, stderr=said
        )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(address):
            assert process.poll() is None, (data / "said").read_text()[-2000:]
            assert time.monotonic() < until
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(LONGEST_SECONDS)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def scans() -> Iterator[tuple[str, bytes]]:
    """Scans of one page, no two the same, written anew: the demo's own bytes were read before."""
    found = {
        hashlib.sha256(path.read_bytes()).digest(): path
        for path in sorted(DEMO.glob("*/*.jpg"), reverse=True)
        if path.name != "photo.jpg"
    }
    for path in sorted(found.values())[: UPLOADS + 1]:
        written = io.BytesIO()
        with Image.open(path) as image:
            image.save(written, "JPEG", quality=86)
        yield f"{path.parent.name}-{path.name}", written.getvalue()


@pytest.mark.timeout(LONGEST_SECONDS * (UPLOADS + 3))
def test_an_applicant_soon_reads_what_is_wrong_with_a_page(chromium: Browser, tmp_path: Path) -> None:
    house = DemoHouse(tmp_path, ())
    declaration = json.loads((DEMO / "04-hours-short" / "declaration.json").read_text(encoding="utf-8"))
    declaration.pop("evidence")
    with house.database.writing() as session:
        owner = house.users["申报人"]
        identifier = applications.open_application(session, house._now, owner, declaration).id
        read_before = session.scalar(select(func.count(ReadingRow.sha256.distinct()))) or 0
    waited = []
    with served(tmp_path) as address, visiting(chromium, address, "申报人", PASSWORD) as page:
        page.set_default_timeout(LONGEST_SECONDS * 1000)
        page.goto(f"/mine/{identifier}")
        for name, content in scans():
            waits = page.evaluate_handle(f"name => ({{told: ({_UNTIL_TOLD})(name)}})", name)
            page.locator("#upload input[multiple]").set_input_files(
                {"name": name, "mimeType": "image/jpeg", "buffer": content}
            )
            waited.append(float(waits.evaluate("one => one.told")))
        with house.database.reading() as session:
            read = session.scalar(select(func.count(ReadingRow.sha256.distinct()))) or 0
            failed = session.scalars(select(FileRow.name).where(FileRow.status == applications.FAILED)).all()
    assert read - read_before == len(waited), "a kept reading was measured instead of the reader"
    assert not failed
    first, *later = waited
    told = " ".join(f"{one:.2f}" for one in later)
    p95 = quantiles(later, n=20, method="inclusive")[-1]
    print(f"\nupload to first feedback, {len(later)} pages: median {median(later):.2f} s, p95 {p95:.2f} s")
    print(f"each: {told}; the first, which loads the networks: {first:.2f}")
    assert len(later) == UPLOADS
    assert median(later) < LONGEST_SECONDS / 2
