"""Batches through the API: a zip as it came, or a table and files packed into one."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from store.tables import BatchRow
from tests.web.house import House


def _sent(house: House, *files: tuple[str, bytes], **said: Any) -> Any:
    return house.clerk.ask("POST", "/batches", files=[("file", one) for one in files], data=said)


def _stored(house: House, identifier: str) -> bytes:
    with house.service.database.reading() as session:
        row = session.get_one(BatchRow, identifier)
    return b"".join(house.service.blobs.chunks(row.sha256))


def test_a_zip_is_kept_as_it_came_and_rung_for(house: House) -> None:
    answer = _sent(house, ("批次.zip", b"PK\x05\x06" + b"\0" * 18), plan="general")
    assert answer.status_code == 202
    identifier = answer.json()["id"]
    found = house.clerk.get(f"/batches/{identifier}")
    assert (found["name"], found["plan"], found["status"]) == ("批次.zip", "general", "queued")
    assert _stored(house, identifier).startswith(b"PK\x05\x06")
    assert house.rings == ["batches"]


def test_a_table_and_files_become_the_same_zip_each_time(house: House) -> None:
    files = (("declarations.xlsx", b"table"), ("01/photo.jpg", b"picture"))
    first, second = (_sent(house, *files).json()["id"] for _ in range(2))
    assert _stored(house, first) == _stored(house, second)
    with zipfile.ZipFile(io.BytesIO(_stored(house, first))) as archive:
        assert archive.namelist() == ["declarations.xlsx", "01/photo.jpg"]
        assert archive.read("01/photo.jpg") == b"picture"


@pytest.mark.parametrize(
    "files",
    [
        (),
        (("a.zip", b"PK"), ("b.zip", b"PK")),
        (("declarations.xlsx", b"x"), ("b.zip", b"PK")),
        (("same.jpg", b"x"), ("same.jpg", b"y")),
    ],
)
def test_what_does_not_go_together_is_refused(house: House, files: tuple[tuple[str, bytes], ...]) -> None:
    assert _sent(house, *files).status_code in (415, 422)
    with house.service.database.reading() as session:
        assert session.query(BatchRow).count() == 0
