"""What the service needs beside the reader: settings, database, broker, storage."""

from __future__ import annotations

import os
import secrets

from sqlalchemy.exc import SQLAlchemyError

from domain.settings import Settings, default_data, settings_file
from pipeline.findings import Finding
from store.errors import StoreError

_PREFIX = "HEZHENG_"
_NOT_SETTINGS = {"HEZHENG_CONFIG", "HEZHENG_SHARED", "HEZHENG_FONTS", "HEZHENG_LISTS"}
_NEITHER = ("HEZHENG_REQUIRE_", "HEZHENG_TEST_")
"""Begin names that tests ask for."""
_BROKER_SECONDS = 2


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Nothing is changed but a probe in the storage that is taken away again."""
    return (_settings(settings), _database(settings), _broker(settings), _blobs(settings))


def _settings(settings: Settings) -> Finding:
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields} | _NOT_SETTINGS
    given = {name for name in os.environ if name.startswith(_PREFIX) and not name.startswith(_NEITHER)}
    if unknown := sorted(given - known):
        message = f"环境变量 {'、'.join(unknown)} 不是设置项，没有作用；请核对名称。"
        return Finding(subject="设置", present=False, optional=True, message=message)
    file = settings_file()
    told = f"文件“{file.resolve()}”" if file.is_file() else "没有设置文件，只用环境变量和默认值"
    if settings.data == default_data():
        told += f"；数据目录未指定，用默认的“{settings.data}”"
    return Finding(subject="设置", present=True, message=told)


def _database(settings: Settings) -> Finding:
    from store.database import Database
    from store.migrating import is_current

    own = not settings.database
    if own and not (settings.data / "hezheng.db").is_file():
        message = "还没有建立；运行 hezheng serve 或 hezheng migrate 时建立。"
        return Finding(subject="数据库", present=False, optional=True, message=message)
    database = Database(settings.database_url)
    try:
        current = is_current(database)
    except SQLAlchemyError as error:
        message = f"无法使用（{type(error).__name__}）。请检查设置 database 和数据库服务。"
        return Finding(subject="数据库", present=False, message=message)
    finally:
        database.close()
    if not current:
        return Finding(subject="数据库", present=False, message="结构不是本版本的，请运行 hezheng migrate。")
    return Finding(
        subject="数据库", present=True, message="自带的SQLite" if own else "PostgreSQL，结构是最新的"
    )


def _broker(settings: Settings) -> Finding:
    from pipeline.bell import bell_for

    if not settings.broker:
        return Finding(subject="消息服务", present=True, message="自带的队列，只用于单机")
    try:
        with bell_for(settings).app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=_BROKER_SECONDS)
    except Exception as error:  # noqa: BLE001 - each transport raises its own
        message = f"无法连接（{type(error).__name__}）。请检查设置 broker 和 Redis 或 RabbitMQ 服务。"
        return Finding(subject="消息服务", present=False, message=message)
    return Finding(subject="消息服务", present=True, message="可以连接")


def _blobs(settings: Settings) -> Finding:
    from store.blobs import blobs_for

    try:
        blobs = blobs_for(settings)
        probe = blobs.put([secrets.token_bytes(16)], 16)
        blobs.delete(probe.sha256)
    except (StoreError, OSError) as error:
        message = str(error) if isinstance(error, StoreError) else f"不可写（{error.strerror}）。"
        return Finding(subject="材料存储", present=False, message=message)
    where = "S3兼容存储" if settings.blobs else f"“{settings.data / 'blobs'}”"
    return Finding(subject="材料存储", present=True, message=f"{where}，可写")
