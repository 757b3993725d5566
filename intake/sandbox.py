"""A child process that may die: limits on memory, CPU, files and time, its own session and folder.

The child has no way to be trusted, so the parent only reads bytes from it and watches the clock. What
this does not hold back is the network and other files of the same user; run the service in a container
or under systemd's hardening for that.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from domain.errors import FileProblem
from domain.settings import Limits
from intake.wire import UNABLE, Reason, RefusedError

# Limits come first, before a single module that could touch the file is loaded. SIGXFSZ is ignored by
# Python, so a write to any file fails with an ordinary error.
_BOOTSTRAP = """
import resource, sys
root, module, memory, seconds = sys.argv[1:5]
del sys.argv[1:5]
for kind, soft, hard in (
    (resource.RLIMIT_CORE, 0, 0),
    (resource.RLIMIT_FSIZE, 0, 0),
    (resource.RLIMIT_NOFILE, 64, 64),
    (resource.RLIMIT_CPU, int(seconds), int(seconds) + 1),
    (resource.RLIMIT_AS, int(memory), int(memory)),
):
    resource.setrlimit(kind, (soft, hard))
sys.path.insert(0, root)
import importlib
try:
    found = importlib.import_module(module)
except (ImportError, OSError):
    sys.exit(70)
sys.exit(found.main(sys.argv[1:]))
"""
_ROOT = Path(__file__).resolve().parent.parent
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_OUT_OF_TIME = {-signal.SIGXCPU}
_OUT_OF_MEMORY = {-signal.SIGKILL}
_GRACE_SECONDS = 5.0


class ChildUnableError(Exception):
    """The child could not begin: the program's installation is at fault, never the file."""


class Sandbox:
    """One running child. ``read`` gives its bytes; ``close`` ends it and whatever it started."""

    def __init__(self, module: str, arguments: list[str], source: int, limits: Limits, wall: float) -> None:
        """Start ``module.main(arguments)`` with the open file ``source`` as its standard input.

        ``wall``: seconds that the parent is willing to wait for output, all waits together. Time that the
        parent spends elsewhere does not count: the child stands still at a full pipe then.
        """
        self._left = wall
        self._closed = False
        self._folder = tempfile.mkdtemp(prefix="hezheng-child-")
        command = [sys.executable, "-I", "-B", "-c", _BOOTSTRAP, str(_ROOT), module]
        command += [str(limits.memory_bytes), str(limits.cpu_seconds), *arguments]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, integers as arguments
                command,
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                env=_environment(self._folder),
                start_new_session=True,
            )
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        stdout = self._process.stdout
        if stdout is None:
            raise AssertionError("Popen was asked for a pipe")
        self._stdout = stdout
        self._poll = select.poll()
        self._poll.register(stdout.fileno(), select.POLLIN | select.POLLHUP)

    @property
    def seconds_left(self) -> float:
        return self._left

    def read(self, count: int) -> bytes:
        """Exactly ``count`` bytes of the child's output.

        Raises RefusedError where it dies or takes too long, ChildUnableError where it lacks a part of ours.
        """
        buffer = bytearray(count)
        view = memoryview(buffer)
        filled = 0
        while filled < count:
            started = monotonic()
            ready = self._poll.poll(max(self._left, 0.0) * 1000)
            self._left -= monotonic() - started
            if not ready:
                raise RefusedError(FileProblem.TOO_LARGE, Reason.OUT_OF_TIME)
            got = os.readv(self._stdout.fileno(), [view[filled:]])
            if got == 0:
                raise self._cause_of_death()
            filled += got
        return bytes(buffer)

    def _cause_of_death(self) -> Exception:
        """Why the child's output ended early. A kill from outside is the kernel short of memory."""
        try:
            status = self._process.wait(timeout=max(min(self._left, _GRACE_SECONDS), 0.0))
        except subprocess.TimeoutExpired:
            return RefusedError(FileProblem.TOO_LARGE, Reason.OUT_OF_TIME)
        if status == UNABLE:
            return ChildUnableError(f"status {status}")
        if status in _OUT_OF_TIME:
            return RefusedError(FileProblem.TOO_LARGE, Reason.OUT_OF_TIME)
        if status in _OUT_OF_MEMORY:
            return RefusedError(FileProblem.TOO_LARGE, Reason.OUT_OF_MEMORY)
        return RefusedError(FileProblem.UNREADABLE, Reason.CRASHED)

    def close(self) -> None:
        """End the child's whole session and remove its folder. May be called twice."""
        if self._closed:
            return
        self._closed = True
        # The group outlives its leader while a grandchild runs, so it is killed even after a clean end.
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self._process.kill()
        self._stdout.close()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


def _environment(folder: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "PATH") if name in os.environ}
    return kept | dict.fromkeys(_ONE_THREAD, "1") | {"LANG": "C.UTF-8", "TMPDIR": folder, "HOME": folder}
