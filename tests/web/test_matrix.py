"""Who reaches what: every route of the OpenAPI against everybody. A new route without a row fails here."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from domain.settings import Settings
from store.accounts import Role
from store.blobs import DiskBlobs
from store.database import Database
from store.tables import BatchRow
from tests.web.house import DECLARED, House, Person, Rings, flag
from web.app import PREFIX, create_app
from web.service import Service

NOBODYS = "00000000-0000-0000-0000-000000000000"


class Expected(NamedTuple):
    """The status that each of them gets. ``owner``: of the application; ``clerk`` also brought the batch."""

    nobody: int
    owner: int
    stranger: int
    clerk: int
    other_clerk: int
    admin: int


OPEN_TO_ALL = Expected(200, 200, 200, 200, 200, 200)
READ = Expected(401, 200, 404, 200, 404, 200)
CHANGE = Expected(401, 200, 404, 403, 404, 200)
BATCH = Expected(401, 404, 404, 200, 404, 200)
MATRIX = {
    "POST /applications": Expected(401, 201, 201, 201, 403, 201),
    "GET /applications": Expected(401, 200, 200, 200, 200, 200),
    "GET /applications/{id}": READ,
    "PUT /applications/{id}/declaration": CHANGE,
    "POST /applications/{id}/files": Expected(401, 202, 404, 403, 404, 202),
    "GET /applications/{id}/audit": READ,
    "GET /files/{id}": READ,
    "GET /files/{id}/original": READ,
    "GET /files/{id}/pages/{n}.png": READ,
    "GET /files/{id}/events": READ,
    "POST /batches": Expected(401, 403, 403, 202, 202, 202),
    "GET /batches/{id}": BATCH,
    "GET /batches/{id}/events": BATCH,
    "GET /batches/{id}/report.xlsx": BATCH,
    "GET /batches/{id}/report.pdf": BATCH,
    "POST /flags/{id}/decisions": Expected(401, 403, 403, 201, 404, 201),
    # Nobody has this password.
    "POST /sessions": Expected(401, 401, 401, 401, 401, 401),
    "GET /sessions/current": Expected(401, 200, 200, 200, 200, 200),
    "DELETE /sessions/current": Expected(401, 204, 204, 204, 204, 204),
    "GET /healthz": OPEN_TO_ALL,
    "GET /readyz": OPEN_TO_ALL,
    "GET /metrics": OPEN_TO_ALL,
}


@dataclass
class Town:
    """One application with a judged file and a flag, one batch, and six people."""

    house: House
    people: dict[str, Person]
    ids: dict[str, str]

    def asks(self, who: str, route: str) -> Any:
        method, path = route.split(" ")
        subject = path.split("/")[1]
        address = path.replace("{id}", self.ids.get(subject, "")).replace("{n}", "1")
        prefix = "" if subject in ("healthz", "readyz", "metrics") else PREFIX
        headers = {"Authorization": f"Bearer {self.people[who].token}"} if who != "nobody" else {}
        return self.house.client.request(
            method, prefix + address, headers=headers, **_bodies().get(route, {})
        )


def _bodies() -> dict[str, dict[str, Any]]:
    return {
        "POST /applications": {"json": DECLARED},
        "PUT /applications/{id}/declaration": {"json": DECLARED},
        "POST /applications/{id}/files": {"files": {"file": ("b.png", _png())}},
        "POST /batches": {"files": {"file": ("batch.zip", b"PK")}},
        "POST /flags/{id}/decisions": {"json": {"decision": "confirm"}},
        "POST /sessions": {"json": {"name": "管理员", "password": "猜的"}},
    }


def _png() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 12), "white").save(picture, "PNG")
    return picture.getvalue()


@pytest.fixture
def town(house: House) -> Town:
    other = house.person("另一核对人员", Role.CLERK, [("another-plan", "*")])
    people = {
        "owner": house.applicant,
        "stranger": house.stranger,
        "clerk": house.clerk,
        "other_clerk": other,
        "admin": house.admin,
    }
    application = house.applicant.opens()
    file = house.applicant.uploads(application, _png())
    (raised,) = house.judged(application, "fail", flag("seal.missing", file=file))
    answer = house.clerk.ask("POST", "/batches", files={"file": ("batch.zip", b"PK")})
    batch = answer.json()["id"]
    with house.service.database.writing() as session:
        session.get_one(BatchRow, batch).status = "failed"
    return Town(
        house, people, {"applications": application, "files": file, "flags": raised, "batches": batch}
    )


@pytest.mark.parametrize("route", MATRIX)
def test_everybody_reaches_what_is_theirs_and_nothing_else(town: Town, route: str) -> None:
    expected = MATRIX[route]
    got = Expected(*(town.asks(who, route).status_code for who in Expected._fields))
    assert got == expected


def test_lists_hold_only_what_is_theirs(town: Town) -> None:
    seen = {
        who: [one["id"] for one in town.people[who].get("/applications")["applications"]]
        for who in town.people
    }
    mine = [town.ids["applications"]]
    assert seen == {"owner": mine, "stranger": [], "clerk": mine, "other_clerk": [], "admin": mine}


def test_what_is_not_theirs_looks_like_what_is_not_there(town: Town) -> None:
    for route, expected in MATRIX.items():
        if expected.stranger == 404:
            refused = town.asks("stranger", route)
            absent = Town(town.house, town.people, dict.fromkeys(town.ids, NOBODYS))
            assert refused.json() == absent.asks("stranger", route).json()


def test_every_route_has_its_row(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    service = Service(settings, Database("sqlite://"), DiskBlobs(tmp_path / "blobs"), Rings())
    with TestClient(create_app(service)) as client:
        paths = client.get(f"{PREFIX}/openapi.json").json()["paths"]
    routes = {
        f"{method.upper()} {path.removeprefix(PREFIX)}"
        for path, methods in paths.items()
        for method in methods
    }
    assert routes == set(MATRIX)
