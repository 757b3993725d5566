"""What atheris feeds: each target takes bytes as an uploader might send them and lets out what is no answer.

A refusal with a code of the contract is an answer; any other exception, a hang or a file laid outside its
folder is not. Decoders run in this process instead of a child, so that every byte steers the search; that a
child may die is measured by ``bench.hostile``.
"""

# ruff: noqa: PT017 - an assertion here is what the fuzzer looks for; no test reads it

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import intake.archives
import intake.workbook
from bench.fuzz_dressing import dressed_png, dressed_xlsx, renamed_zip
from domain.errors import InputError, SetupError
from domain.settings import Limits
from intake import archives, cells, child, unzipping, wire
from intake.applications import find_applications
from intake.declarations import parse_declaration
from intake.names import safe_name
from intake.receiving import Receiver
from intake.sniff import HEAD_BYTES, sniff
from intake.wire import Job, RefusedError
from intake.workbook import read_workbook
from policies.journals import ListKind, import_list, load_lists

Target = Callable[[bytes], None]
SMALL = Limits(
    pages=3, pixels_per_page=400_000, pixels_per_file=1_000_000, render_dpi=50, render_long_side=500
)
"""Limits so low that an input takes milliseconds."""
_ARCHIVE = archives.ArchiveLimits(entries=20, entry_bytes=100_000, total_bytes=300_000)
ROOM = Path(tempfile.mkdtemp(prefix="hezheng-fuzz-"))


class InProcess:
    """Stands where ``Sandbox`` stands, over bytes that are there already."""

    seconds_left = 60.0

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)

    def read(self, count: int) -> bytes:
        content = self._stream.read(count)
        if len(content) < count:
            raise RefusedError(wire.PROBLEMS[0], wire.Reason.CRASHED)
        return content

    def close(self) -> None:
        self._stream.close()


def decoded(content: bytes) -> None:
    """Sniffed, drawn by the decoder of its kind, and received as the parent receives it."""
    found = sniff(content[:HEAD_BYTES])
    if found.kind is None:
        return
    job = Job(
        kind=wire.KINDS.index(found.kind),
        first_page=1,
        pages=SMALL.pages,
        pixels_per_page=SMALL.pixels_per_page,
        pixels_per_file=SMALL.pixels_per_file,
        render_dpi=SMALL.render_dpi,
        render_long_side=SMALL.render_long_side,
    )
    output = io.BytesIO()
    try:
        child.serve(io.BytesIO(content), output, job)
    except RefusedError as refused:
        child.send_failure(output, refused)
    except Exception as error:  # noqa: BLE001 - as the child does
        child.send_failure(output, child.translated(error))
    received(output.getvalue(), job)


def received(content: bytes, job: Job) -> None:
    """The parent's end over any bytes: pages within the limits, or a refusal."""
    try:
        receiver = Receiver(InProcess(content), job)  # type: ignore[arg-type]
        for number in range(1, receiver.page_count + 1):
            page = receiver.page(number)
            assert page.width * page.height <= job.pixels_per_page
            assert len(page.pixels) == page.width * page.height * 3 or page.problem is not None
    except RefusedError as refused:
        assert refused.problem in wire.PROBLEMS


def wired(content: bytes) -> None:
    """A child that has been taken over may send anything."""
    received(content, Job(*(wire.KINDS.index("TIFF"), 1, 3, 400_000, 1_000_000, 50, 500)))


def pictured(content: bytes) -> None:
    """PNG checksums are set right, or hardly any mutation would pass them."""
    decoded(dressed_png(content))


def declared(content: bytes) -> None:
    try:
        found = parse_declaration(content, "declaration.json")
    except InputError as error:
        assert error.code == "form.value-format"
        error.message.encode()
    else:
        found.model_dump_json(by_alias=True).encode()


def tabled(content: bytes) -> None:
    """A workbook as it came, or the content as one part of a sound workbook (by its first byte)."""
    path = ROOM / "declarations.xlsx"
    path.write_bytes(dressed_xlsx(content))
    with _in_process(intake.workbook, _cells):
        try:
            found = read_workbook(path, SMALL)
        except InputError as error:
            assert error.code in ("form.value-format", "file.too-large")
            error.message.encode()
        else:
            assert all(len(safe_name(name)) for name in found)


def unpacked(content: bytes) -> None:
    """Nothing beside the folder, no link in it; what was laid there can be gone through as a batch."""
    home = Path(tempfile.mkdtemp(dir=ROOM))
    source, target = home / "batch.zip", home / "target"
    source.write_bytes(renamed_zip(content))
    target.mkdir()
    try:
        with _in_process(intake.archives, _unzipped):
            problems = archives.unpack_archive(source, source.name, target, _ARCHIVE)
        find_applications(target, SMALL)
    except InputError as error:
        assert error.code.startswith("file.")
    else:
        assert all(problem.code.startswith("file.") for problem in problems)
    finally:
        outside = {path.name for path in home.iterdir()} - {"batch.zip", "target"}
        links = [path for path in target.rglob("*") if path.is_symlink()]
        shutil.rmtree(home, ignore_errors=True)
    assert not outside
    assert not links


def listed(content: bytes) -> None:
    """A list that was imported can be loaded again, each row of it."""
    source, folder = ROOM / "list.csv", ROOM / "lists"
    source.write_bytes(content)
    try:
        version = import_list(
            source, ListKind.BLACKLIST if content[:1] == b"k" else ListKind.REGISTER, folder
        )
    except InputError:
        return
    try:
        lists = load_lists(folder)
    except SetupError as error:
        raise AssertionError("imported, and then said to be damaged") from error
    rows = lists.blacklist_rows if version.kind is ListKind.BLACKLIST else lists.register_rows
    assert len(rows) == version.rows


@contextmanager
def _in_process(module: Any, answer: Callable[[int, list[str]], bytes]) -> Iterator[None]:
    """``module.Sandbox`` gives ``answer(file, arguments)`` instead of starting a child."""
    real = module.Sandbox

    def started(name: str, arguments: list[str], file: int, limits: Limits, wall: float) -> InProcess:
        return InProcess(answer(file, arguments))

    module.Sandbox = started
    try:
        yield
    finally:
        module.Sandbox = real


def _cells(file: int, arguments: list[str]) -> bytes:
    import json

    with os.fdopen(os.dup(file), "rb") as source:
        try:
            answer = json.dumps(cells.read_cells(source.read()), ensure_ascii=False).encode()
        except Exception:  # noqa: BLE001 - as the child does
            answer = b""
    return cells.LENGTH.pack(len(answer)) + answer


def _unzipped(file: int, arguments: list[str]) -> bytes:
    output = io.BytesIO()
    entries, entry_bytes, total_bytes = map(int, arguments)
    with os.fdopen(os.dup(file), "rb") as source:
        source.seek(0)
        try:
            unzipping._send_all(source, output, entries, entry_bytes, total_bytes)
        except unzipping._RefusedError as refused:
            unzipping._send(output, unzipping.Frame.FAIL, bytes([refused.outcome]))
        except (Exception, zipfile.BadZipFile):  # noqa: BLE001 - as the child does
            unzipping._send(output, unzipping.Frame.FAIL, bytes([unzipping.Outcome.DAMAGED]))
    return output.getvalue()


TARGETS: Mapping[str, Target] = {
    "opening": decoded,
    "wire": wired,
    "pdf": decoded,
    "pictures": pictured,
    "declarations": declared,
    "workbook": tabled,
    "archives": unpacked,
    "lists": listed,
}
