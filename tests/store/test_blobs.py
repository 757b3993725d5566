"""Blobs: whole or not at all, once, and what the folder holds is what the name says."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.blobs import DiskBlobs
from store.errors import BlobMissingError, BlobTooLargeError, StoreFullError

BYTES = "核对无误".encode() * 1000


@pytest.fixture
def blobs(tmp_path: Path) -> DiskBlobs:
    return DiskBlobs(tmp_path / "blobs")


def files(blobs: DiskBlobs) -> list[Path]:
    return [path for path in blobs.folder.rglob("*") if path.is_file()]


def test_what_is_put_comes_back(blobs: DiskBlobs) -> None:
    blob = blobs.put([BYTES[:10], BYTES[10:]], len(BYTES))
    assert blob.sha256 == hashlib.sha256(BYTES).hexdigest()
    assert blob.size == len(BYTES)
    assert b"".join(blobs.chunks(blob.sha256)) == BYTES


def test_the_same_bytes_lie_once(blobs: DiskBlobs) -> None:
    assert blobs.put([BYTES], len(BYTES)) == blobs.put([BYTES], len(BYTES))
    assert len(files(blobs)) == 1


def test_too_large_is_refused_while_it_streams(blobs: DiskBlobs) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1024

    with pytest.raises(BlobTooLargeError):
        blobs.put(endless(), 10_000)
    assert files(blobs) == []


def test_a_full_disk_keeps_nothing_and_says_so(blobs: DiskBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFullError, match="空间已满"):
        blobs.put([BYTES], len(BYTES))
    monkeypatch.undo()
    assert files(blobs) == []


def test_an_upload_broken_off_leaves_nothing(blobs: DiskBlobs) -> None:
    def broken() -> Iterator[bytes]:
        yield BYTES
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        blobs.put(broken(), len(BYTES))
    assert files(blobs) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_what_is_no_blob_of_ours_is_missing(blobs: DiskBlobs, name: str) -> None:
    with pytest.raises(BlobMissingError):
        blobs.path(name)


def test_a_new_folder_of_blobs_survives_a_power_cut(
    blobs: DiskBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even one that another process made, and had no time to sync."""
    synced: list[Path] = []
    monkeypatch.setattr("store.blobs._sync", synced.append)
    (blobs.folder / hashlib.sha256(b"content").hexdigest()[:2]).mkdir()
    kept = blobs.put([b"content"], 100)
    assert synced == [blobs.folder, blobs.path(kept.sha256).parent]


def test_changed_bytes_are_found(blobs: DiskBlobs) -> None:
    kept, changed = blobs.put([b"kept"], 10).sha256, blobs.put([b"changed"], 10).sha256
    blobs.path(changed).write_bytes(b"other")
    assert list(blobs.verify()) == [changed]
    blobs.delete(changed)
    assert list(blobs.verify()) == []
    assert blobs.path(kept).is_file()


def test_leftovers_of_a_crash_are_forgotten(blobs: DiskBlobs) -> None:
    (blobs.folder / "arriving" / "half").write_bytes(b"half")
    assert blobs.forget_unfinished() == 1
    assert files(blobs) == []
