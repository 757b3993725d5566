"""Limits, folders and addresses, with their real defaults in one place.

Each comes from ``HEZHENG_NAME`` in the environment, else from ``hezheng.toml`` (``HEZHENG_CONFIG`` names
another), else from here. ``HEZHENG_DATA`` names the data folder; ``HEZHENG_LISTS`` a folder of journal lists
apart from it, for a batch that is judged by others.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import TomlConfigSettingsSource as TomlSource

from domain.base import Record
from domain.errors import SetupError


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


class Settings(BaseSettings):
    """Where things lie and what is allowed. An unknown key in the file is refused."""

    model_config = SettingsConfigDict(
        env_prefix="HEZHENG_", frozen=True, extra="forbid", use_attribute_docstrings=True
    )

    data: Path = Field(default_factory=lambda: default_data())
    """The data folder: weights, lists and, unless they lie elsewhere, database and uploads."""
    limits: Limits = Limits()
    """What one file may ask of the machine, as a table ``[limits]`` of the file."""
    named_lists: Path | None = Field(default=None, validation_alias="HEZHENG_LISTS")
    """Journal lists in a folder of their own."""
    database: str = ""
    """``postgresql://…``; empty: SQLite in the data folder."""
    broker: str = ""
    """``redis://…`` or ``amqp://…``; empty: kombu's SQL transport on a SQLite file of its own."""
    bell: str = "hezheng"
    """Begins the names of our queues at the broker; another installation there takes another."""
    lease_seconds: float = Field(default=60.0, gt=0)
    """A worker that was not heard of for so long is gone, and its job goes to another."""
    blobs: str = ""
    """``s3://bucket/prefix?endpoint=URL``; empty: a folder in the data folder."""
    blob_cache_bytes: int = 20 * 1024**3
    """Local copies of uploads that lie in S3, the least used given up first."""
    upload_bytes: int = 100 * 1024 * 1024
    """The most one upload may bring, checked while it streams in."""
    batch_bytes: int = 4 * 1024**3
    """The most one batch may bring."""
    requests_per_minute: int = 1200
    """Of one user, over all routes."""
    sign_ins_per_minute: int = 10
    """Of one address."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlSource(settings_cls, settings_file())

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data / 'hezheng.db'}"

    @property
    def broker_url(self) -> str:
        return self.broker or f"sqla+sqlite:///{self.data / 'bell.db'}"

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

    @property
    def thresholds(self) -> Path:
        """Thresholds of checks that this house moved (``hezheng tune``)."""
        return self.data / "thresholds.toml"

    @property
    def last_batch(self) -> Path:
        """Holds the path of the folder into which ``screen --out`` wrote last."""
        return self.data / "last-batch"


def load_settings() -> Settings:
    """Settings as the environment and the file give them. Raises ``SetupError`` naming what is wrong."""
    try:
        return Settings()
    except tomllib.TOMLDecodeError as error:
        raise SetupError(f"设置文件“{settings_file()}”不是有效的TOML（{error}），请改正。") from None
    except ValidationError as error:
        wrong = "；".join(_wrong(one["loc"], one["type"]) for one in error.errors(include_url=False))
        raise SetupError(f"设置有误：{wrong}。请对照 docs/operations.md 改正。") from None


def settings_file() -> Path:
    return Path(os.environ.get("HEZHENG_CONFIG", "hezheng.toml"))


def _wrong(place: tuple[int | str, ...], kind: str) -> str:
    name = ".".join(map(str, place))
    return f"没有名为“{name}”的设置" if kind == "extra_forbidden" else f"“{name}”的值不对"


def default_data() -> Path:
    """``.cache/data`` of the checkout that hezheng runs from, else ``~/.local/share/hezheng``."""
    root = Path(__file__).resolve().parent.parent
    if (root / "pyproject.toml").is_file():
        return root / ".cache" / "data"
    return Path.home() / ".local" / "share" / "hezheng"
