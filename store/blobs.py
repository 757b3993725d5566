"""Uploads by content: a file is named by its SHA-256, written once, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from store.errors import BlobMissingError, BlobTooLargeError, StoreFullError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Blob:
    """``size`` in bytes."""

    sha256: str
    size: int


class Blobs(Protocol):
    """Where uploads lie. Putting the same bytes twice stores them once."""

    def put(self, chunks: Iterable[bytes], most: int) -> Blob: ...
    def chunks(self, sha256: str) -> Iterator[bytes]: ...
    def path(self, sha256: str) -> Path: ...
    def delete(self, sha256: str) -> None: ...


class DiskBlobs:
    """Blobs in a folder: ``ab/cdef…``, the first two figures of the digest as a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._arriving = folder / "arriving"
        self._arriving.mkdir(parents=True, exist_ok=True)

    def put(self, chunks: Iterable[bytes], most: int) -> Blob:
        """Store what ``chunks`` bring, at most ``most`` bytes; it is on disk when this returns.

        Raises ``BlobTooLargeError``, ``StoreFullError``; then nothing is left behind.
        """
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=self._arriving)
        arriving = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > most:
                        raise BlobTooLargeError(most)
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            target = self._place(digest.hexdigest())
            target.parent.mkdir(exist_ok=True)
            arriving.replace(target)
            _sync(target.parent)
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise StoreFullError from error
            raise
        finally:
            arriving.unlink(missing_ok=True)
        return Blob(digest.hexdigest(), size)

    def chunks(self, sha256: str) -> Iterator[bytes]:
        with self.path(sha256).open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def path(self, sha256: str) -> Path:
        """The file itself, for the child process that decodes it. Raises ``BlobMissingError``."""
        place = self._place(sha256)
        if not place.is_file():
            raise BlobMissingError(sha256)
        return place

    def delete(self, sha256: str) -> None:
        self._place(sha256).unlink(missing_ok=True)

    def verify(self) -> Iterator[str]:
        """Digests whose bytes are no longer what the name says."""
        for place in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            with place.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != place.parent.name + place.name:
                    yield place.parent.name + place.name

    def forget_unfinished(self) -> int:
        """Remove what a crash left half-written. Only while nobody uploads. Returns how many there were."""
        left = list(self._arriving.iterdir())
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _place(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise BlobMissingError(sha256)
        return self.folder / sha256[:2] / sha256[2:]


def _sync(folder: Path) -> None:
    """The name in the folder must survive a power cut as well as the bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
