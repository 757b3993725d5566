"""What all tests share: the folder of shared scans, and where the weights lie.

Tests marked ``shared`` need scans and lists that are not in the tree. Where that folder is absent they are
skipped by name; with ``HEZHENG_REQUIRE_SHARED=1`` (continuous integration) a skip of theirs is a failure.
Likewise ``services`` (real servers; see ``tests/services.py``) and ``HEZHENG_REQUIRE_SERVICES=1``,
``browser`` (Debian's Chromium; see ``tests/pages/browsing.py``) and ``HEZHENG_REQUIRE_BROWSER=1``.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from fixtures.fonts import FontMissingError

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("HEZHENG_SHARED") or ROOT.parent / "shared").resolve()
MARKS = ("shared", "services", "browser")
REQUIRED = [mark for mark in MARKS if os.environ.get(f"HEZHENG_REQUIRE_{mark.upper()}") == "1"]

os.environ.setdefault("HEZHENG_DATA", str(ROOT / ".cache" / "data"))
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared scans and lists; for tests marked ``shared``."""
    return SHARED


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip(f"{item.nodeid} needs the shared scans; HEZHENG_SHARED names their folder")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    for mark in REQUIRED:
        if report.skipped and item.get_closest_marker(mark):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped, but HEZHENG_REQUIRE_{mark.upper()}=1"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """A test that draws is skipped by name where its fonts are missing (``fixtures/setup_fonts.sh``)."""
    try:
        yield
    except FontMissingError as missing:
        if os.environ.get("HEZHENG_REQUIRE_FONTS") == "1":
            raise
        pytest.skip(f"{item.name}: {missing}")
