"""Uploads by content: a file is named by its SHA-256, written once, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from domain.settings import Settings
from store.errors import BlobMissingError, BlobTooLargeError, StoreFullError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Blob:
    """``size`` in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A blob as it lies on disk; ``used_at``: when it was written or last touched."""

    sha256: str
    size: int
    used_at: datetime


class Blobs(Protocol):
    """Where uploads lie. Putting the same bytes twice stores them once."""

    def prepare(self) -> None: ...
    def put(self, chunks: Iterable[bytes], most: int) -> Blob: ...
    def chunks(self, sha256: str) -> Iterator[bytes]: ...
    def path(self, sha256: str) -> Path: ...
    def delete(self, sha256: str) -> None: ...
    def stored_before(self, moment: datetime) -> Iterator[str]: ...


def blobs_for(settings: Settings) -> Blobs:
    """Where ``settings`` say that uploads lie: a folder, or S3-compatible storage by its URL."""
    if not settings.blobs:
        return DiskBlobs(settings.data / "blobs")
    from store.s3_blobs import S3Blobs  # boto3 is slow to load, and most have no use for it

    return S3Blobs(settings.blobs, settings.data / "blob-cache", settings.blob_cache_bytes)


class DiskBlobs:
    """Blobs in a folder: ``ab/cdef…``, the first two figures of the digest as a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._arriving = folder / "arriving"
        self._arriving.mkdir(parents=True, exist_ok=True)
        self._lasting: set[Path] = set()

    def prepare(self) -> None:
        """Nothing is to be made: the folder is there."""

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
            self._made(target.parent)
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

    def copies(self) -> Iterator[Copy]:
        """Everything that lies here; what is taken away meanwhile is passed over."""
        for place in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            try:
                found = place.stat()
            except FileNotFoundError:
                continue
            used_at = datetime.fromtimestamp(found.st_mtime, UTC)
            yield Copy(place.parent.name + place.name, found.st_size, used_at)

    def stored_before(self, moment: datetime) -> Iterator[str]:
        """Digests of blobs last put before ``moment``."""
        return (copy.sha256 for copy in self.copies() if copy.used_at < moment)

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

    def _made(self, folder: Path) -> None:
        """The folder's own name must survive a power cut too, whichever process made it a moment ago."""
        if folder not in self._lasting:
            folder.mkdir(exist_ok=True)
            _sync(self.folder)
            self._lasting.add(folder)

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
