"""Takes a zip apart; runs in a child, as any decoder does (see ``intake.sandbox``).

Output: for every file an ENTRY with its name, DATA, and CLOSE with what became of it; END, or FAIL, at last.
Standard library only, no file is written, no name is believed: the parent says what goes where.
"""

from __future__ import annotations

import os
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Sequence
from enum import IntEnum
from typing import BinaryIO

HEADER = struct.Struct(">BI")
"""Frame, length of its payload."""
CHUNK = 1024 * 1024
LONGEST_NAME = 4096
"""In bytes of UTF-8."""
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Frame(IntEnum):
    ENTRY = 1
    DATA = 2
    CLOSE = 3
    END = 4
    FAIL = 5


class Outcome(IntEnum):
    """What became of a file (CLOSE), or why the archive is of no use (FAIL)."""

    WHOLE = 1
    LINK = 2
    LOCKED = 3
    DAMAGED = 4
    TOO_LARGE = 5
    METHOD = 6
    NOT_A_ZIP = 7
    TOO_MANY = 8


class _RefusedError(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.name)
        self.outcome = outcome


def main(arguments: list[str]) -> int:
    """Entry point of the process: the most entries, bytes of one and bytes of all."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    entries, entry_bytes, total_bytes = map(int, arguments)
    try:
        _send_all(sys.stdin.buffer, output, entries, entry_bytes, total_bytes)
    except _RefusedError as refused:
        _send(output, Frame.FAIL, bytes([refused.outcome]))
    except Exception:  # noqa: BLE001 - whatever the reader raises, the parent learns only that it failed
        _send(output, Frame.FAIL, bytes([Outcome.DAMAGED]))
    output.flush()
    os._exit(0)


def _send_all(source: BinaryIO, output: BinaryIO, entries: int, entry_bytes: int, total_bytes: int) -> None:
    if not zipfile.is_zipfile(source):
        raise _RefusedError(Outcome.NOT_A_ZIP)
    with zipfile.ZipFile(source) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        if len(files) > entries:
            raise _RefusedError(Outcome.TOO_MANY)
        left = total_bytes
        for info, name in zip(files, names_of(files), strict=True):
            _send(output, Frame.ENTRY, name.encode("utf-8", "replace")[:LONGEST_NAME])
            outcome = _unfit(info)
            if outcome is None:
                outcome, sent = _send_content(archive, info, output, min(entry_bytes, left), left)
                left -= sent
            _send(output, Frame.CLOSE, bytes([outcome]))
    _send(output, Frame.END, b"")


def _unfit(info: zipfile.ZipInfo) -> Outcome | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return Outcome.LINK
    if info.flag_bits & _ENCRYPTED:
        return Outcome.LOCKED
    return None if info.compress_type in _METHODS else Outcome.METHOD


def _send_content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, output: BinaryIO, most: int, left: int
) -> tuple[Outcome, int]:
    """The bytes as they really are: what the archive says of their number is not believed."""
    sent = 0
    try:
        with archive.open(info) as content:
            while chunk := content.read(CHUNK):
                sent += len(chunk)
                if sent > left:
                    raise _RefusedError(Outcome.TOO_LARGE)
                if sent > most:
                    return Outcome.TOO_LARGE, sent
                _send(output, Frame.DATA, chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError):
        return Outcome.DAMAGED, sent
    return Outcome.WHOLE, sent


def names_of(files: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Names as they were meant: those that do not say that they are UTF-8 are mostly GBK in China.

    One writer made the archive, so that one encoding holds for all of them.
    """
    unmarked = [info.orig_filename.encode("cp437") for info in files if not info.flag_bits & _UTF8_NAME]
    encoding = next((one for one in ("utf-8", "gb18030") if _fits(unmarked, one)), "cp437")
    return [
        info.orig_filename
        if info.flag_bits & _UTF8_NAME
        else info.orig_filename.encode("cp437").decode(encoding)
        for info in files
    ]


def _fits(names: Sequence[bytes], encoding: str) -> bool:
    try:
        for name in names:
            name.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _send(output: BinaryIO, frame: Frame, payload: bytes) -> None:
    output.write(HEADER.pack(frame, len(payload)) + payload)
