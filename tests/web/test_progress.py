"""From upload to flags with the recorded engine at work: status, events, the file as in ``screen``."""

from __future__ import annotations

import json
import threading
from typing import Any

from tests.web.house import API, House

DECLARED: dict[str, Any] = {"plan": "recorded-plan", "applicant": {"name": "某人"}}


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]


def test_a_file_is_read_judged_and_shown_as_in_screen(house: House) -> None:
    application = house.applicant.opens(DECLARED)
    file = house.applicant.uploads(application, b"pages 2", "登记.png", kind="ce_record")
    assert house.applicant.get(f"/applications/{application}")["status"] == "reading"
    house.works()
    found = house.applicant.get(f"/files/{file}")
    assert (found["status"], found["progress"]) == ("done", {"page": 2, "pages": 2})
    assert (found["kind"], found["pages"], found["error"]) == ("ce_record", 2, None)
    assert found["fields"]["id_number"]["value"] == "330602********1234"
    assert [one["code"] for one in found["flags"]] == ["page.illegible"]
    whole = house.applicant.get(f"/applications/{application}")
    assert (whole["status"], whole["verdict"]) == ("done", "review")
    assert set(whole["versions"]) == {"reader", "rules", "plan", "lists"}
    assert [one["check"] for one in whole["checks"]] == ["recorded"]
    assert "330602199001011234" in house.clerk_of_all.ask("GET", f"/files/{file}?show_id_numbers=true").text


def test_a_file_that_cannot_be_read_says_why(house: House) -> None:
    file = house.applicant.uploads(house.applicant.opens(DECLARED), b"code file.encrypted")
    house.works()
    found = house.applicant.get(f"/files/{file}")
    assert found["status"] == "failed"
    assert found["error"]["code"] == "file.encrypted"
    assert found["error"]["message"]


def test_two_files_of_one_name_keep_their_own_flags(house: House) -> None:
    application = house.applicant.opens(DECLARED)
    first = house.applicant.uploads(application, b"pages 1")
    second = house.applicant.uploads(application, b"pages 2")
    house.works()
    assert house.applicant.get(f"/files/{first}")["flags"] == []
    assert len(house.applicant.get(f"/files/{second}")["flags"]) == 1


def test_events_follow_a_file_to_its_end(house: House) -> None:
    file = house.applicant.uploads(house.applicant.opens(DECLARED), b"pages 2")
    worker = threading.Timer(0.3, house.works)
    worker.start()
    answer = house.applicant.ask("GET", f"/files/{file}/events")
    worker.join()
    told = events(answer.text)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert told[0]["status"] == "queued"
    assert told[-1] == {"status": "done", "progress": {"page": 2, "pages": 2}}


def test_events_are_for_those_who_may_see_the_file(house: House) -> None:
    file = house.applicant.uploads(house.applicant.opens(DECLARED), b"pages 2")
    assert house.stranger.ask("GET", f"/files/{file}/events").status_code == 404
    assert house.client.get(f"{API}/files/{file}/events").status_code == 401


def test_who_waits_is_told_when_to_ask_again(house: House) -> None:
    file = house.applicant.uploads(house.applicant.opens(DECLARED), b"pages 1")
    assert house.applicant.ask("GET", f"/files/{file}").headers["retry-after"] == "1"
    house.works()
    assert "retry-after" not in house.applicant.ask("GET", f"/files/{file}").headers
