"""What the web layer is handed: where things lie, and how to tell a worker. ``api.py`` puts it together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from domain.settings import Settings
from store.blobs import Blobs
from store.database import Database


class Bell(Protocol):
    """Tells workers that a job lies in ``queue``. Rung after the commit; a lost ring only costs time."""

    def ring(self, queue: str) -> None: ...


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Service:
    """``readiness``: what ``/readyz`` asks, by name; each raises where its part cannot be used."""

    settings: Settings
    database: Database
    blobs: Blobs
    bell: Bell
    clock: Callable[[], datetime] = utc_now
    readiness: Mapping[str, Callable[[], None]] = field(default_factory=dict)
