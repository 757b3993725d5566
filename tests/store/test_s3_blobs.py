"""Blobs in S3-compatible storage, against a real server on this machine."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from domain.errors import SetupError
from domain.settings import Settings
from store.blobs import DiskBlobs, blobs_for
from store.errors import BlobMissingError, BlobsUnreachableError, BlobTooLargeError
from store.s3_blobs import S3Blobs

BYTES = "核对无误".encode() * 1000
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def url(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    bucket = f"evidence-{uuid.uuid4().hex[:8]}"
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket=bucket)
    return f"s3://{bucket}/hezheng?endpoint={endpoint}"


@pytest.fixture
def blobs(url: str, tmp_path: Path) -> S3Blobs:
    return S3Blobs(url, tmp_path / "cache", 100 * MEGABYTE)


def elsewhere(url: str, tmp_path: Path, cache_bytes: int = 100 * MEGABYTE) -> S3Blobs:
    """The same storage as another machine sees it, with nothing fetched yet."""
    return S3Blobs(url, tmp_path / uuid.uuid4().hex, cache_bytes)


def copies(blobs: S3Blobs) -> list[Path]:
    return [path for path in blobs._cache.folder.rglob("*") if path.is_file()]


def test_settings_choose_the_storage(url: str, tmp_path: Path) -> None:
    assert isinstance(blobs_for(Settings(data=tmp_path)), DiskBlobs)
    assert isinstance(blobs_for(Settings(data=tmp_path, blobs=url)), S3Blobs)
    with pytest.raises(SetupError, match="ftp://"):
        blobs_for(Settings(data=tmp_path, blobs="ftp://bucket"))


def test_what_one_machine_puts_another_reads(blobs: S3Blobs, url: str, tmp_path: Path) -> None:
    blob = blobs.put([BYTES[:10], BYTES[10:]], len(BYTES))
    assert (blob.sha256, blob.size) == (hashlib.sha256(BYTES).hexdigest(), len(BYTES))
    other = elsewhere(url, tmp_path)
    assert b"".join(other.chunks(blob.sha256)) == BYTES
    assert other.path(blob.sha256).read_bytes() == BYTES


def test_an_upload_of_several_parts_is_whole(blobs: S3Blobs, url: str, tmp_path: Path) -> None:
    parts = [bytes([number]) * MEGABYTE for number in range(40)]
    blob = blobs.put(iter(parts), 40 * MEGABYTE)
    assert b"".join(elsewhere(url, tmp_path).chunks(blob.sha256)) == b"".join(parts)


def test_too_large_is_refused_while_it_streams(blobs: S3Blobs) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1024

    with pytest.raises(BlobTooLargeError):
        blobs.put(endless(), 10_000)
    assert copies(blobs) == []
    assert list(blobs.stored_before(datetime.now(UTC) + timedelta(days=1))) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_what_is_no_blob_of_ours_is_missing(blobs: S3Blobs, name: str) -> None:
    with pytest.raises(BlobMissingError):
        blobs.path(name)


def test_changed_bytes_are_missing(blobs: S3Blobs, url: str, tmp_path: Path) -> None:
    blob = blobs.put([BYTES], len(BYTES))
    blobs._client.put_object(Bucket=blobs.bucket, Key=blobs._key(blob.sha256), Body=b"other")
    other = elsewhere(url, tmp_path)
    with pytest.raises(BlobMissingError):
        other.path(blob.sha256)
    assert copies(other) == []


def test_deleted_is_gone_everywhere(blobs: S3Blobs, url: str, tmp_path: Path) -> None:
    blob = blobs.put([BYTES], len(BYTES))
    blobs.delete(blob.sha256)
    assert copies(blobs) == []
    with pytest.raises(BlobMissingError):
        elsewhere(url, tmp_path).path(blob.sha256)


def test_what_was_put_before_a_moment_is_listed(blobs: S3Blobs) -> None:
    blob = blobs.put([BYTES], len(BYTES))
    now = datetime.now(UTC)
    assert list(blobs.stored_before(now + timedelta(hours=1))) == [blob.sha256]
    assert list(blobs.stored_before(now - timedelta(hours=1))) == []


def test_copies_used_longest_ago_are_given_up_and_fetched_again(
    blobs: S3Blobs, url: str, tmp_path: Path
) -> None:
    first, second, third = (blobs.put([bytes([one]) * 1000], 1000).sha256 for one in (1, 2, 3))
    small = elsewhere(url, tmp_path, cache_bytes=2000)
    for sha256 in (first, second, first, third):
        small.path(sha256)
    assert {path.parent.name + path.name for path in copies(small)} == {first, third}
    assert small.path(second).read_bytes() == bytes([2]) * 1000


def test_storage_that_does_not_answer_is_said_so(blobs: S3Blobs, tmp_path: Path) -> None:
    away = S3Blobs("s3://bucket?endpoint=http://127.0.0.1:9", tmp_path / "away", MEGABYTE)
    with pytest.raises(BlobsUnreachableError, match="无法访问"):
        away.put([BYTES], len(BYTES))
    with pytest.raises(BlobsUnreachableError):
        away.path("0" * 64)


def test_the_bucket_is_made_once(endpoint: str, url: str, tmp_path: Path) -> None:
    fresh = S3Blobs(f"s3://fresh-{uuid.uuid4().hex[:8]}?endpoint={endpoint}", tmp_path / "fresh", MEGABYTE)
    fresh.prepare()
    fresh.prepare()
    assert fresh.path(fresh.put([BYTES], len(BYTES)).sha256).read_bytes() == BYTES
