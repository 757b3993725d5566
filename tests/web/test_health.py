"""Health and measures: honest about what is broken, silent about people."""

from __future__ import annotations

from dataclasses import replace

from fastapi.testclient import TestClient

from tests.store.conftest import Clock
from tests.web.house import House
from web.app import create_app


def test_a_living_process_says_so(house: House) -> None:
    assert house.client.get("/healthz").json() == {"status": "ok"}


def test_readiness_names_what_is_missing_but_not_why(house: House) -> None:
    def broken() -> None:
        raise ConnectionError("amqp://guest:secret@host")

    service = replace(house.service, readiness={"database": lambda: None, "broker": broken})
    with TestClient(create_app(service)) as client:
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "broker": "failed"}
    assert "secret" not in answer.text


def test_measures_count_what_waits_and_what_was_read(house: House, clock: Clock) -> None:
    application = house.applicant.opens({"plan": "recorded-plan", "applicant": {"name": "某人"}})
    house.applicant.uploads(application, b"pages 3")
    house.applicant.uploads(application, b"code file.encrypted")
    clock.wait(7)
    before = house.client.get("/metrics").text
    assert 'hezheng_queue_depth{queue="uploads"} 2.0' in before
    assert "hezheng_oldest_job_seconds 7.0" in before
    house.works()
    after = house.client.get("/metrics").text
    assert "hezheng_pages_per_second 0.05" in after
    assert 'hezheng_file_failures{code="file.encrypted"} 1.0' in after
    assert "某人" not in after
