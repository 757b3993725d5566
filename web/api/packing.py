"""A batch as it is stored: one zip, as it came, or packed of table and files that came one by one."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Self

from intake.names import safe_name
from store.blobs import Blob, Blobs
from store.errors import BlobTooLargeError
from web.api import problems

_ZIP = ".zip"
_ANY_DAY = (1980, 1, 1, 0, 0, 0)
"""The same files give the same zip, whenever they come."""
_CHUNK = 1024 * 1024


class Packing:
    """Takes the files of one form. ``file`` is an empty temporary file for what is not zipped yet."""

    def __init__(self, blobs: Blobs, file: IO[bytes], most: int) -> None:
        self._blobs, self._file, self._most = blobs, file, most
        self._archive: zipfile.ZipFile | None = None
        self._zip: tuple[str, Blob] | None = None
        self._names: set[str] = set()
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Before the temporary file goes: an archive left open would still write to it."""
        if self._archive is not None:
            self._archive.close()

    def take(self, filename: str, content: Iterator[bytes]) -> None:
        """Raises a 422 problem for what does not go together, ``BlobTooLargeError`` past the limit."""
        name = safe_name(filename)
        if self._zip is not None or (self._names and Path(name).suffix.lower() == _ZIP):
            raise problems.invalid("请上传一个zip压缩包，或一份xlsx表格和各申报人的材料，不要混在一起。")
        if Path(name).suffix.lower() == _ZIP:
            self._zip = name, self._blobs.put(content, self._most)
            return
        if name in self._names:
            raise problems.invalid(f"文件“{name}”上传了两次，请去掉重复的再上传。")
        self._names.add(name)
        if self._archive is None:
            self._archive = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED)
        with self._archive.open(zipfile.ZipInfo(name, _ANY_DAY), "w", force_zip64=True) as entry:
            for chunk in content:
                self._size += len(chunk)
                if self._size > self._most:
                    raise BlobTooLargeError(self._most)
                entry.write(chunk)

    def stored(self) -> tuple[str, Blob]:
        """Name and bytes of the batch. Raises a 422 problem where nothing came."""
        if self._zip is not None:
            return self._zip
        if self._archive is None:
            raise problems.invalid("请上传一个zip压缩包，或一份xlsx表格和各申报人的材料。")
        self._archive.close()
        self._file.seek(0, os.SEEK_SET)
        chunks = iter(lambda: self._file.read(_CHUNK), b"")
        return f"{len(self._names)}个文件", self._blobs.put(chunks, 2 * self._most)
