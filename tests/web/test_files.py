"""Uploads through the API: taken as they come, never past their limit, handed back as they were."""

from __future__ import annotations

from typing import Any

import pytest

from store.tables import BlobRow, FileRow
from tests.web.house import PNG, House


def test_an_upload_is_kept_queued_and_rung_for(house: House) -> None:
    application = house.applicant.opens()
    answer = house.applicant.sends(application, kind="ce_record", copy="true", about="papers/0")
    assert answer.status_code == 202
    identifier = answer.json()["id"]
    assert answer.json()["status_url"] == f"/api/v1/files/{identifier}"
    found = house.applicant.get(f"/files/{identifier}")
    assert (found["status"], found["progress"]) == ("queued", {"page": 0, "pages": 0})
    assert (found["kind"], found["copy"], found["about"]) == ("ce_record", True, "papers/0")
    assert (found["path"], found["application"]) == ("扫描件.png", application)
    assert house.rings == ["uploads"]


def test_the_original_comes_back_as_a_download_that_no_browser_runs(house: House) -> None:
    file = house.applicant.uploads(house.applicant.opens(), name="../../etc/‮证书.html")
    answer = house.applicant.ask("GET", f"/files/{file}/original")
    assert answer.content == PNG
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%EF%BF%BD")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_upload_past_the_limit_is_cut_off_and_nothing_is_kept(house: House) -> None:
    application = house.applicant.opens()
    most = house.service.settings.upload_bytes
    assert house.applicant.sends(application, b"x" * most).status_code == 202
    answer = house.applicant.sends(application, b"x" * (most + 1))
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:hezheng:problem:too-large"
    with house.service.database.reading() as session:
        assert session.query(BlobRow).count() == 1
    assert not list((house.service.settings.data / "blobs" / "arriving").iterdir())


@pytest.mark.parametrize(
    ("said", "field"),
    [({"kind": "nonsense"}, "kind"), ({"copy": "maybe"}, "copy"), ({"nobody": "x"}, "nobody")],
)
def test_wrong_words_beside_a_file_are_told(house: House, said: dict[str, Any], field: str) -> None:
    answer = house.applicant.sends(house.applicant.opens(), **said)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_a_body_that_is_no_form_is_refused(house: House) -> None:
    path = f"/applications/{house.applicant.opens()}/files"
    assert house.applicant.ask("POST", path, content=b"x").status_code == 415
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    broken = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf'
    assert house.applicant.ask("POST", path, content=broken, headers=headers).status_code == 400
    assert house.applicant.ask("POST", path, content=b"", headers=headers).status_code in (400, 422)
    with house.service.database.reading() as session:
        assert session.query(FileRow).count() == 0


def test_a_replacement_takes_the_place_of_the_old_file_once(house: House) -> None:
    application = house.applicant.opens()
    old = house.applicant.uploads(application)
    new = house.applicant.uploads(application, replaces=old)
    assert house.applicant.sends(application, replaces=old).status_code == 409
    assert house.applicant.get(f"/files/{old}")["replaced"] is True
    files = house.applicant.get(f"/applications/{application}")["files"]
    assert [one["id"] for one in files] == [new]


def test_only_a_file_of_the_same_application_is_replaced(house: House) -> None:
    other = house.stranger.uploads(house.stranger.opens())
    answer = house.applicant.sends(house.applicant.opens(), replaces=other)
    assert answer.status_code == 422


def test_nobody_takes_a_byte_from_a_stranger(house: House) -> None:
    application = house.applicant.opens()
    assert house.stranger.sends(application).status_code == 404
    assert house.clerk.sends(application).status_code == 403
    with house.service.database.reading() as session:
        assert session.query(BlobRow).count() == 0
