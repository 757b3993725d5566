"""The guide's own commands: a backup is restored into an empty place, and all of it is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from commands.settings_table import DOCUMENT, written
from pipeline.work.kept import newest_review
from pipeline.work.performing import work_until_idle
from pipeline.work.workplace import Workplace
from store import audit
from store.blobs import DiskBlobs
from store.database import Database
from store.tables import FileRow
from tests.work.office import Office

ROOT = Path(__file__).resolve().parents[2]


def steps(name: str) -> str:
    """The shell commands under the guide's marker."""
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    assert found, name
    return found[1]


def follow(name: str, data: Path, backup: Path, database: str) -> str:
    environment = {**os.environ, "HEZHENG_DATA": str(data), "BACKUP": str(backup)}
    if database:
        environment["HEZHENG_DATABASE"] = database
    done = subprocess.run(  # noqa: S603 - our own guide
        ["/bin/bash", "-euo", "pipefail", "-c", steps(name)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_was_backed_up_is_restored_whole(place: Workplace, url: str, tmp_path: Path) -> None:
    sqlite = place.database.is_sqlite
    if not sqlite and not shutil.which("pg_dump"):
        pytest.skip("needs pg_dump, of Debian's postgresql-client")
    data, backup, restored = tmp_path, tmp_path / "backup", tmp_path / "restored"
    office = Office(place)
    application = office.apply("张三")
    file = office.upload(application, "pages 2")
    work_until_idle(replace(place))
    with place.database.reading() as session:
        before = audit.head(session)
        review = newest_review(session, application)
        sha256 = session.get_one(FileRow, file).sha256
    assert review is not None
    name = "sqlite" if sqlite else "postgresql"
    if sqlite:
        place.database.close()
        (tmp_path / "store.db").rename(data / "hezheng.db")
    follow(f"backup: {name}", data, backup, "" if sqlite else url)
    target = "" if sqlite else _emptied(url)
    assert f"共{before[0]}条，最后一条 {before[1]}" in follow(f"restore: {name}", restored, backup, target)
    database = Database(target or f"sqlite:///{restored / 'hezheng.db'}")
    with database.reading() as session:
        assert audit.broken_at(session) is None
        assert newest_review(session, application) == review
    database.close()
    assert DiskBlobs(restored / "blobs").path(sha256).read_bytes() == b"pages 2"


def _emptied(url: str) -> str:
    """The same database with nothing in it: what was there is only in the backup now."""
    server, name = url.rsplit("/", 1)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return url


def test_the_table_of_settings_is_that_of_the_code() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert written(document) == document


def test_every_unit_and_container_starts_a_command_that_exists() -> None:
    from typer.main import get_command

    import cli

    known = set(getattr(get_command(cli.app), "commands", {}))
    units = list((ROOT / "deploy" / "systemd").glob("*.service"))
    assert len(units) == 3
    for unit in units:
        started = re.findall(r"^Exec\w+=\S+/hezheng (\w+)", unit.read_text(encoding="utf-8"), re.M)
        assert started
        assert set(started) <= known
    compose = (ROOT / "deploy" / "compose.yml").read_text(encoding="utf-8")
    assert {"api", "worker", "migrate"} <= set(re.findall(r"command: \[(\w+)", compose)) & known
