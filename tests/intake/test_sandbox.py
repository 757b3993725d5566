"""The child's limits, with real processes: memory, CPU, time, files, grandchildren, nonsense."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import pytest

import intake
from domain.errors import FileProblem, InputError
from domain.settings import Limits
from fixtures.hostile import build, pdfs
from intake.receiving import Receiver
from intake.sandbox import ChildUnableError, Sandbox
from intake.wire import Job, Reason, RefusedError

LIMITS = Limits(memory_bytes=256 * 1024**2, cpu_seconds=1)
JOB = Job(0, 1, 200, 50_000_000, 2_000_000_000, 200, 2600)
MISBEHAVING = "tests.intake.misbehaving"


@contextmanager
def misbehaving(how: str, wall: float = 20.0) -> Iterator[Sandbox]:
    file = os.open(os.devnull, os.O_RDONLY)
    sandbox = Sandbox(MISBEHAVING, [how], file, LIMITS, wall)
    try:
        yield sandbox
    finally:
        sandbox.close()
        os.close(file)


def running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_sleeping_child_is_given_up_after_the_wall_clock_limit() -> None:
    started = monotonic()
    with misbehaving("sleep", wall=0.5) as child, pytest.raises(RefusedError) as refused:
        child.read(1)
    assert refused.value.reason is Reason.OUT_OF_TIME
    assert monotonic() - started < 10


@pytest.mark.parametrize("module", [MISBEHAVING, "intake.no_such_decoder"])
def test_a_decoder_of_ours_that_is_missing_is_no_fault_of_the_file(module: str) -> None:
    """The environment was taken away under a running batch: its scans were called damaged, for good."""
    with open(os.devnull, "rb") as file:
        sandbox = Sandbox(module, ["no-decoder"], file.fileno(), LIMITS, 20.0)
        with pytest.raises(ChildUnableError):
            sandbox.read(1)
        sandbox.close()


def test_a_child_that_eats_memory_dies_alone() -> None:
    with misbehaving("eat") as child, pytest.raises(RefusedError) as refused:
        child.read(1)
    assert refused.value.reason is Reason.CRASHED


def test_a_child_that_spins_is_stopped_by_its_cpu_limit() -> None:
    with misbehaving("spin") as child, pytest.raises(RefusedError) as refused:
        child.read(1)
    assert refused.value.reason is Reason.OUT_OF_TIME
    assert refused.value.problem is FileProblem.TOO_LARGE


def test_a_grandchild_dies_with_the_child() -> None:
    with misbehaving("fork") as child:
        grandchild = int.from_bytes(child.read(8), "big")
        assert running(grandchild)
    deadline = monotonic() + 10
    while running(grandchild) and monotonic() < deadline:
        sleep(0.02)
    assert not running(grandchild)


def test_the_child_writes_no_file_and_no_core() -> None:
    with misbehaving("write") as child:
        assert child.read(2) == b"\0\0"


def test_the_childs_folder_is_its_own_and_is_removed() -> None:
    with misbehaving("folder") as child:
        folder = Path(child.read(int.from_bytes(child.read(2), "big")).decode())
        assert folder.is_dir()
        assert folder != Path.cwd()
    assert not folder.exists()


@pytest.mark.parametrize("how", ["nonsense", "giant", "wrong-page"])
def test_the_parent_believes_no_number(how: str) -> None:
    with misbehaving(how) as child, pytest.raises(RefusedError) as refused:
        Receiver(child, JOB).page(1)
    assert refused.value.reason is Reason.CRASHED


def test_a_page_that_kills_the_child_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.opening.CHILD", MISBEHAVING)
    with intake.opened(pdfs.merged(tmp_path), "merged.pdf", Limits()) as file:
        pages = list(file.pages())
    assert [(page.number, page.problem) for page in pages] == [
        (1, None),
        (2, FileProblem.UNREADABLE),
        (3, None),
    ]
    assert pages[2].pixels == b"\3\0\0"


def test_too_little_memory_for_a_picture_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        intake.opened(
            build.bomb_png(tmp_path), "bomb.png", Limits(memory_bytes=128 * 1024**2, pixels_per_page=10**9)
        )
    assert error.value.code == "file.too-large"
    assert "内存" in error.value.message


def test_too_little_time_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        intake.opened(build.cmyk_jpeg(tmp_path), "a.jpg", Limits(wall_seconds=0))
    assert error.value.code == "file.too-large"
    assert "时间" in error.value.message


def children() -> frozenset[str]:
    """The processes whose parent is this one, dead ones that nobody has waited for among them."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            parent = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            if int(parent) == os.getpid():
                found.add(stat.parent.name)
    return frozenset(found)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process, no open file, no folder: after a whole reading, a half one, and a refusal."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    document = pdfs.many_pages(tmp_path, 3)
    broken = build.truncated_jpeg(tmp_path)
    open_files = len(os.listdir("/proc/self/fd"))
    others = children()
    with intake.opened(document, "many.pdf", Limits()) as file:
        assert len(list(file.pages())) == 3
    with intake.opened(document, "many.pdf", Limits()) as file:
        next(file.pages())
    with pytest.raises(InputError):
        intake.opened(broken, "broken.jpg", Limits())
    assert len(os.listdir("/proc/self/fd")) == open_files
    assert list(temporary.iterdir()) == []
    assert children() <= others
