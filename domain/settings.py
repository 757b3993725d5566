"""Limits and folders, with their real defaults in one place. ``HEZHENG_DATA`` names the data folder."""

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

    @property
    def models(self) -> Path:
        return self.data / "models"

    @property
    def lists(self) -> Path:
        return self.data / "lists"


def load_settings() -> Settings:
    """Settings from the environment; the default data folder is ``~/.local/share/hezheng``."""
    named = os.environ.get("HEZHENG_DATA")
    return Settings(data=Path(named) if named else Path.home() / ".local" / "share" / "hezheng")
