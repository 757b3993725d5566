"""What must be at hand before the API can serve: asked by ``/readyz``, each raising where it is not."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import models
from domain.errors import SetupError
from domain.settings import Settings
from models import WeightState
from pipeline.bell import Bell
from store.database import Database
from store.migrating import is_current

_WEIGHTS_SECONDS = 600.0
"""Weights are some hundred megabytes to hash and change only at an update."""
_BROKER_SECONDS = 2


def readiness(settings: Settings, database: Database, bell: Bell) -> Mapping[str, Callable[[], None]]:
    """The checks by name."""
    return {
        "database": lambda: _database(database),
        "broker": lambda: _broker(bell),
        "weights": _remembered(lambda: _weights(settings), _WEIGHTS_SECONDS),
    }


def _database(database: Database) -> None:
    if not is_current(database):
        raise SetupError("数据库结构不是最新，请运行 hezheng migrate。")


def _broker(bell: Bell) -> None:
    with bell.app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, timeout=_BROKER_SECONDS)


def _weights(settings: Settings) -> None:
    bad = [one.name for one in models.verify(settings.models) if one.state is not WeightState.PRESENT]
    if bad:
        raise SetupError(f"模型缺少或已损坏：{'、'.join(bad)}，请运行 hezheng models fetch。")


def _remembered(check: Callable[[], None], seconds: float) -> Callable[[], None]:
    """A success holds for ``seconds``; a failure is looked at again each time."""
    good_until = 0.0

    def asked() -> None:
        nonlocal good_until
        if time.monotonic() >= good_until:
            check()
            good_until = time.monotonic() + seconds

    return asked
