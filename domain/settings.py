"""Limits and folders, with their real defaults in one place. ``HEZHENG_DATA`` names the data folder.

``HEZHENG_LISTS`` names a folder of journal lists apart from it, for a batch that is judged by others.
"""

from __future__ import annotations

import os
from pathlib import Path

from domain.base import Record


class Limits(Record):
    """What a file may ask of the machine. Checked before anything is rendered or decoded."""

    file_bytes: int = 200 * 1024 * 1024
    pages: int = 200
    pixels_per_page: int = 50_000_000
    pixels_per_file: int = 2_000_000_000
    memory_bytes: int = 2 * 1024**3
    cpu_seconds: int = 120
    wall_seconds: int = 180
    render_dpi: int = 200
    """PDF pages are rendered at this resolution, less where the page would pass ``render_long_side``."""
    render_long_side: int = 2600


class Settings(Record):
    data: Path
    limits: Limits = Limits()
    named_lists: Path | None = None

    @property
    def models(self) -> Path:
        """Weights of this data folder, or those fetched once for the checkout, which serve them all."""
        own, common = self.data / "models", default_data() / "models"
        return common if common.is_dir() and not own.is_dir() else own

    @property
    def lists(self) -> Path:
        return self.named_lists or self.data / "lists"

    @property
    def plans(self) -> Path:
        """Plans that were added here, beside those that are built in."""
        return self.data / "plans"


def load_settings() -> Settings:
    """Settings from the environment: ``HEZHENG_DATA``, and ``HEZHENG_LISTS`` for journal lists kept apart."""
    data, lists = os.environ.get("HEZHENG_DATA"), os.environ.get("HEZHENG_LISTS")
    return Settings(data=Path(data) if data else default_data(), named_lists=Path(lists) if lists else None)


def default_data() -> Path:
    """``.cache/data`` of the checkout that hezheng runs from, else ``~/.local/share/hezheng``."""
    root = Path(__file__).resolve().parent.parent
    if (root / "pyproject.toml").is_file():
        return root / ".cache" / "data"
    return Path.home() / ".local" / "share" / "hezheng"
