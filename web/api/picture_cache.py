"""Pictures kept on disk up to a number of bytes; the least used go first. Losing any costs only time."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

MOST_BYTES = 2 * 1024**3


class PictureCache:
    """``folder`` may be shared by processes: a picture is there whole or not at all."""

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self.folder, self.most = folder, most
        self._lock = threading.Lock()

    def find(self, name: str) -> Path | None:
        path = self.folder / name
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    def keep(self, name: str, content: bytes) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, arriving = tempfile.mkstemp(dir=self.folder, suffix=".arriving")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        target = Path(arriving).replace(self.folder / name)
        with self._lock:
            self._make_room(target)
        return target

    def _make_room(self, newest: Path) -> None:
        found = []
        for entry in os.scandir(self.folder):
            try:
                state = entry.stat()
            except FileNotFoundError:  # another process was quicker
                continue
            found.append((state.st_mtime, state.st_size, Path(entry.path)))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= self.most:
                return
            if path != newest:
                path.unlink(missing_ok=True)
                total -= size
