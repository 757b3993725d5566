"""A zip into a folder: nothing outside it, no links, nothing twice, nothing past the limits.

A child that may die reads the archive (``intake.unzipping``); names and bytes that it sends are checked here.
What is wrong with one file is told and the rest is unpacked; an archive past the limits is refused whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from domain.errors import FileProblem, InputError
from domain.settings import Limits
from intake.entry_names import OutsideError, steps_of
from intake.names import safe_name
from intake.sandbox import Sandbox
from intake.unzipping import CHUNK, HEADER, LONGEST_NAME, Frame, Outcome
from intake.wire import RefusedError

ENDING = ".zip"
_CHILD = Limits(memory_bytes=1024**3, cpu_seconds=1800)
_WALL_SECONDS = 1800.0
_LARGEST = {Frame.ENTRY: LONGEST_NAME, Frame.DATA: CHUNK, Frame.CLOSE: 1, Frame.FAIL: 1, Frame.END: 0}
_SAID = {
    Outcome.LINK: (FileProblem.UNSUPPORTED, "压缩包中的“{name}”是链接，没有解压；请放入文件本身。"),
    Outcome.LOCKED: (
        FileProblem.ENCRYPTED,
        "压缩包中的“{name}”设有密码，没有解压；请取消密码后重新压缩上传。",
    ),
    Outcome.DAMAGED: (FileProblem.UNREADABLE, "压缩包中的“{name}”已损坏，没有解压；请重新压缩后上传。"),
    Outcome.TOO_LARGE: (
        FileProblem.TOO_LARGE,
        "压缩包中的“{name}”解压后过大，没有解压；请拆分后重新上传。",
    ),
    Outcome.METHOD: (
        FileProblem.UNSUPPORTED,
        "压缩包中的“{name}”压缩方法不常用，没有解压；请另存为普通zip后上传。",
    ),
}
_REFUSED = {
    Outcome.NOT_A_ZIP: (
        FileProblem.UNSUPPORTED,
        "“{name}”不是zip压缩包，请把申报文件夹压缩为zip格式后上传。",
    ),
    Outcome.DAMAGED: (FileProblem.UNREADABLE, "压缩包“{name}”已损坏或不完整，请重新压缩后上传。"),
    Outcome.TOO_LARGE: (FileProblem.TOO_LARGE, "压缩包“{name}”解压后超过{megabytes}MB，请分成几批上传。"),
    Outcome.TOO_MANY: (FileProblem.TOO_LARGE, "压缩包“{name}”里的文件超过{entries}个，请分成几批上传。"),
}
_OUTSIDE = "压缩包中的“{name}”指向压缩包以外的位置，没有解压；请重新压缩申报文件夹后上传。"
_TWICE = "压缩包中有多个“{name}”，只解压了第一个；请改用不同的文件名后重新上传。"
_TOO_DEEP = "压缩包中的“{name}”文件夹层次过多或名称过长，没有解压；请减少层次、缩短名称后重新上传。"
_NESTED = "“{name}”在压缩包内的压缩包里，又是一个压缩包，没有解压；请直接放入申报文件夹。"


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may ask of the disk, archives within it included. ``path``: characters."""

    entries: int = 100_000
    entry_bytes: int = Limits().file_bytes
    total_bytes: int = 16 * 1024**3
    steps: int = 15
    path: int = 380
    nested: int = 1
    """How deep archives may lie in archives."""


class _FailedError(Exception):
    """The child said that the archive is of no use."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.name)
        self.outcome = outcome


def unpack_archive(
    source: Path, name: str, target: Path, limits: ArchiveLimits, tick: Callable[[], None] = lambda: None
) -> tuple[InputError, ...]:
    """Unpack ``source`` into the empty folder ``target``; what could not be unpacked comes back.

    ``name``: what the archive is called in messages. ``tick`` is called again and again on the way. Raises
    ``InputError`` where the archive as a whole is of no use, ``OSError`` where the disk is.
    """
    unpacking = _Unpacking(target, limits, tick)
    unpacking.unpack(source, safe_name(name), (), 0)
    return tuple(unpacking.problems)


class _Unpacking:
    """One archive with those inside it; limits hold for all together."""

    def __init__(self, target: Path, limits: ArchiveLimits, tick: Callable[[], None]) -> None:
        self._target, self._limits, self._tick = target, limits, tick
        self._entries, self._bytes = limits.entries, limits.total_bytes
        self.problems: list[InputError] = []

    def unpack(self, source: Path, name: str, home: tuple[str, ...], depth: int) -> None:
        """``home``: where within the target; ``depth``: how many archives this one lies in."""
        for steps in list(self._files_of(source, name, home)):
            if not steps[-1].lower().endswith(ENDING):
                continue
            place, shown = self._target.joinpath(*steps), safe_name("/".join(steps))
            if depth >= self._limits.nested:
                self._report(FileProblem.UNSUPPORTED, _NESTED, shown)
            else:
                self._unpack_inner(place, shown, steps, depth + 1)
            place.unlink()

    def _unpack_inner(self, place: Path, shown: str, steps: tuple[str, ...], depth: int) -> None:
        """An archive within the archive is of no use by itself; past the limits all are."""
        try:
            self.unpack(place, shown, (*steps[:-1], steps[-1][: -len(ENDING)].strip() or "_"), depth)
        except InputError as error:
            if error.code == FileProblem.TOO_LARGE.value:
                raise
            self.problems.append(error)

    def _files_of(self, source: Path, name: str, home: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Write every file of one archive; gives the places of those that are whole."""
        wanted = [str(value) for value in (self._entries, self._limits.entry_bytes, self._bytes)]
        with (
            source.open("rb") as file,
            closing(Sandbox("intake.unzipping", wanted, file.fileno(), _CHILD, _WALL_SECONDS)) as sandbox,
        ):
            try:
                while (frame := _received(sandbox))[0] is Frame.ENTRY:
                    steps = self._place(frame[1].decode("utf-8", "replace"), home)
                    if self._received_file(sandbox, steps):
                        yield steps
            except RefusedError:
                raise self._refusal(Outcome.DAMAGED, name) from None
            except _FailedError as failed:
                raise self._refusal(failed.outcome, name) from None

    def _received_file(self, sandbox: Sandbox, steps: tuple[str, ...]) -> bool:
        """Whether the next file was laid at ``steps``, whole; where these are empty, it is passed over."""
        path = self._target.joinpath(*steps)
        handle = self._opened(path, steps) if steps else None
        try:
            while (frame := _received(sandbox))[0] is Frame.DATA:
                self._tick()
                self._bytes -= len(frame[1])
                if handle is not None:
                    _write(handle, frame[1])
        finally:
            if handle is not None:
                os.close(handle)
        outcome = _outcome(frame[1])
        if outcome is Outcome.WHOLE or not steps:
            return handle is not None
        if handle is not None:
            path.unlink()
        problem, words = _SAID.get(outcome, _SAID[Outcome.DAMAGED])
        self._report(problem, words, safe_name("/".join(steps)))
        return False

    def _place(self, untrusted: str, home: tuple[str, ...]) -> tuple[str, ...]:
        """Where a file of this name goes; empty where it must not go anywhere."""
        self._entries -= 1
        try:
            steps = steps_of(untrusted)
        except OutsideError:
            self._report(FileProblem.UNSUPPORTED, _OUTSIDE, safe_name(untrusted))
            return ()
        placed = (*home, *steps) if steps else ()
        if len(placed) > self._limits.steps or len("/".join(placed)) > self._limits.path:
            self._report(FileProblem.UNSUPPORTED, _TOO_DEEP, safe_name(untrusted))
            return ()
        return placed

    def _opened(self, path: Path, steps: tuple[str, ...]) -> int | None:
        """A new file, ``None`` where something lies there already. No link is ever made below the target."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            self._report(FileProblem.UNSUPPORTED, _TWICE, safe_name("/".join(steps)))
            return None

    def _report(self, problem: FileProblem, words: str, shown: str) -> None:
        self.problems.append(InputError(problem.value, words.format(name=shown), shown))

    def _refusal(self, outcome: Outcome, name: str) -> InputError:
        problem, words = _REFUSED.get(outcome, _REFUSED[Outcome.DAMAGED])
        megabytes, entries = self._limits.total_bytes // 1024**2, self._limits.entries
        return InputError(problem.value, words.format(name=name, megabytes=megabytes, entries=entries), name)


def _received(sandbox: Sandbox) -> tuple[Frame, bytes]:
    """The next frame. Raises ``RefusedError`` where the child dies, ``_FailedError`` where it gives up."""
    frame, length = HEADER.unpack(sandbox.read(HEADER.size))
    if frame not in _LARGEST or length > _LARGEST[Frame(frame)]:
        raise _FailedError(Outcome.DAMAGED)
    payload = sandbox.read(length)
    if frame == Frame.FAIL:
        raise _FailedError(_outcome(payload))
    return Frame(frame), payload


def _outcome(untrusted: bytes) -> Outcome:
    try:
        return Outcome(untrusted[0])
    except (IndexError, ValueError):
        return Outcome.DAMAGED


def _write(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]
