"""Uploads in S3-compatible storage, for several machines; each keeps a copy of those it worked with lately.

Bytes stream to the local disk first: the key is their SHA-256, known only at the end, and S3 renames nothing.
So the bucket never holds half an upload or one under a wrong name. Access keys come from where boto3 looks
(``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY`` in the environment, or its own files).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from domain.errors import SetupError
from store.blobs import Blob, DiskBlobs
from store.errors import BlobMissingError, BlobsUnreachableError

_PART_BYTES = 16 * 1024 * 1024
_TRANSFER = TransferConfig(
    multipart_threshold=_PART_BYTES, multipart_chunksize=_PART_BYTES, max_concurrency=2
)
_PREFIX_FIGURES = 2


class S3Blobs:
    """Blobs under ``prefix/ab/cdef…`` of a bucket, with copies in ``cache`` of at most ``cache_bytes``."""

    def __init__(self, url: str, cache: Path, cache_bytes: int) -> None:
        self.bucket, self._prefix, endpoint = _parts(url)
        self._cache, self._cache_bytes = DiskBlobs(cache), cache_bytes
        self._client = _client(endpoint)

    def prepare(self) -> None:
        """Make the bucket where there is none. Raises ``BlobsUnreachableError``."""
        try:
            with _spoken_of(""):
                self._client.head_bucket(Bucket=self.bucket)
        except BlobMissingError:
            with _spoken_of(""):
                self._client.create_bucket(Bucket=self.bucket)

    def put(self, chunks: Iterable[bytes], most: int) -> Blob:
        """As ``DiskBlobs.put``; the bucket has it when this returns. Raises ``BlobsUnreachableError`` too."""
        blob = self._cache.put(chunks, most)
        with _spoken_of(blob.sha256):
            copy = str(self._cache.path(blob.sha256))
            self._client.upload_file(copy, self.bucket, self._key(blob.sha256), Config=_TRANSFER)
        self._make_room(blob.sha256)
        return blob

    def chunks(self, sha256: str) -> Iterator[bytes]:
        self.path(sha256)
        yield from self._cache.chunks(sha256)

    def path(self, sha256: str) -> Path:
        """The local copy, fetched and held against its digest where there is none yet."""
        try:
            copy = self._cache.path(sha256)
        except BlobMissingError:
            copy = self._fetched(sha256)
        now = time.time_ns()
        os.utime(copy, ns=(now, now))  # the last to be given up; the kernel's own clock is too coarse
        return copy

    def delete(self, sha256: str) -> None:
        with _spoken_of(sha256):
            self._client.delete_object(Bucket=self.bucket, Key=self._key(sha256))
        self._cache.delete(sha256)

    def stored_before(self, moment: datetime) -> Iterator[str]:
        """Digests of blobs last put before ``moment``."""
        with _spoken_of(""):
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket, Prefix=self._prefix):
                for item in page.get("Contents", ()):
                    if item["LastModified"] < moment:
                        yield item["Key"].removeprefix(self._prefix).replace("/", "")

    def _fetched(self, sha256: str) -> Path:
        with _spoken_of(sha256):
            answer = self._client.get_object(Bucket=self.bucket, Key=self._key(sha256))
            blob = self._cache.put(answer["Body"].iter_chunks(1024 * 1024), answer["ContentLength"])
        if blob.sha256 != sha256:
            self._cache.delete(blob.sha256)
            raise BlobMissingError(sha256)
        self._make_room(sha256)
        return self._cache.path(sha256)

    def _make_room(self, kept: str) -> None:
        """Give up the copies that were not used for longest. One that is being read stays readable."""
        copies = sorted(self._cache.copies(), key=lambda copy: copy.used_at, reverse=True)
        left = self._cache_bytes - sum(copy.size for copy in copies if copy.sha256 == kept)
        for copy in copies:
            if copy.sha256 == kept:
                continue
            left -= copy.size
            if left < 0:
                self._cache.delete(copy.sha256)

    def _key(self, sha256: str) -> str:
        return f"{self._prefix}{sha256[:_PREFIX_FIGURES]}/{sha256[_PREFIX_FIGURES:]}"


@contextmanager
def _spoken_of(sha256: str) -> Iterator[None]:
    """What boto3 raises in the store's own words."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in {"NoSuchKey", "404"}:
            raise BlobMissingError(sha256) from error
        raise BlobsUnreachableError from error
    except (BotoCoreError, Boto3Error) as error:
        raise BlobsUnreachableError from error


def _parts(url: str) -> tuple[str, str, str | None]:
    """Bucket, prefix (empty, or ending in a slash) and endpoint of ``s3://bucket/prefix?endpoint=URL``."""
    parsed = urlsplit(url)
    if parsed.scheme != "s3" or not parsed.netloc:
        raise SetupError(f"blobs 的写法应为 s3://存储桶/前缀?endpoint=地址，现为“{url}”。")
    prefix = parsed.path.strip("/")
    return parsed.netloc, f"{prefix}/" if prefix else "", parse_qs(parsed.query).get("endpoint", [None])[0]


def _client(endpoint: str | None) -> Any:
    config = Config(
        connect_timeout=5,
        read_timeout=60,
        retries={"mode": "standard", "max_attempts": 4},
        s3={"addressing_style": "path"} if endpoint else {},
        # Stores other than Amazon's lag behind its newest checksums; the digest is checked here anyway.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    return boto3.client("s3", endpoint_url=endpoint, region_name=region, config=config)
