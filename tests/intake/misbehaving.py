"""Children that misbehave, for ``intake.sandbox``: each is a real process under the real limits."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from intake import child, wire
from intake.wire import DrawnPage, Frame, Job, Picture, Traces


class DeadlyBook:
    """Three pages; drawing the second kills the process, as a decoder's bug would."""

    page_count = 3

    def picture(self) -> Picture | None:
        return None

    def traces(self) -> Traces:
        return Traces()

    def draw(self, number: int) -> DrawnPage:
        if number == 2:
            os.abort()
        return DrawnPage(1, 1, bytes([number, 0, 0]))


def main(arguments: list[str]) -> int:
    if len(arguments) > 1:
        return deadly(arguments)
    return {
        "sleep": sleep,
        "eat": eat,
        "spin": spin,
        "fork": fork,
        "write": write,
        "nonsense": nonsense,
        "giant": giant,
        "wrong-page": wrong_page,
        "folder": folder,
        "no-decoder": no_decoder,
    }[arguments[0]]()


def deadly(arguments: list[str]) -> int:
    child.serve(sys.stdin.buffer, sys.stdout.buffer, _with_book(arguments))
    return 0


def no_decoder() -> int:
    """As on a machine whose installation was spoilt under the running program."""

    def missing(source: object, job: Job) -> DeadlyBook:
        raise ImportError("No module named 'PIL'")

    child.open_book = missing
    return child.main(Job(0, 1, 200, 50_000_000, 2_000_000_000, 200, 2600).to_arguments())


def _with_book(arguments: list[str]) -> Job:
    child.open_book = lambda source, job: DeadlyBook()
    return Job.from_arguments(arguments)


def sleep() -> int:
    time.sleep(600)
    return 0


def eat() -> int:
    hoard = []
    while True:
        hoard.append(bytearray(16 * 1024 * 1024))


def spin() -> int:
    while True:
        pass


def fork() -> int:
    """Leaves a grandchild behind and tells its process id."""
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.DEVNULL)
    sys.stdout.buffer.write(left.pid.to_bytes(8, "big"))
    sys.stdout.buffer.flush()
    time.sleep(600)
    return 0


def write() -> int:
    """Tries to fill the disk; tells whether it was held back, and whether a core would be written."""
    import resource

    try:
        with open("filled", "wb") as file:
            file.write(b"x" * 100_000)
        answer = b"\1"
    except OSError:
        answer = b"\0"
    core = resource.getrlimit(resource.RLIMIT_CORE)[0]
    sys.stdout.buffer.write(answer + core.to_bytes(1, "big"))
    return 0


def folder() -> int:
    here = os.getcwd().encode()
    sys.stdout.buffer.write(len(here).to_bytes(2, "big") + here)
    return 0


def nonsense() -> int:
    sys.stdout.buffer.write(b"\xff" * 4096)
    return 0


def giant() -> int:
    """Promises a page of four gigapixels."""
    child.send(sys.stdout.buffer, Frame.START, wire.pack_start(1, None))
    payload = wire.PAGE.pack(1, 65_535, 65_535, 0, 0, 0, 0)
    sys.stdout.buffer.write(wire.HEADER.pack(Frame.PAGE, 2**32 - 1) + payload)
    return 0


def wrong_page() -> int:
    child.send(sys.stdout.buffer, Frame.START, wire.pack_start(2, None))
    child.send_page(sys.stdout.buffer, 2, DrawnPage(1, 1, b"\0\0\0"))
    return 0
