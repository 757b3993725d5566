"""What all tests share: the folder of shared scans, and where the weights lie.

Tests marked ``shared`` need scans and lists that are not in the tree. Where that folder is absent they are
skipped by name; with ``HEZHENG_REQUIRE_SHARED=1`` (continuous integration) a skip of theirs is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("HEZHENG_SHARED") or ROOT.parent / "shared").resolve()
REQUIRED = os.environ.get("HEZHENG_REQUIRE_SHARED") == "1"

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
    if REQUIRED and report.skipped and item.get_closest_marker("shared"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but HEZHENG_REQUIRE_SHARED=1"
    return report
