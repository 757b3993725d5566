"""Applications through the API: opened, declared again, listed, shown to whom they concern."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.store.conftest import Clock
from tests.web.house import DECLARED, House, flag


def test_an_application_is_opened_and_shown(house: House) -> None:
    identifier = house.applicant.opens()
    found = house.applicant.get(f"/applications/{identifier}")
    assert found["id"] == identifier
    assert (found["applicant"], found["plan"], found["status"]) == ("某人", "general", "open")
    assert found["verdict"] is None
    assert found["files"] == found["flags"] == []


def test_id_numbers_are_masked_and_shown_only_to_clerks_with_a_trace(house: House) -> None:
    path = f"/applications/{house.applicant.opens()}"
    assert house.applicant.get(path)["declaration"]["applicant"]["id_number"] == "330602********1234"
    assert house.applicant.ask("GET", path + "?show_id_numbers=true").status_code == 403
    whole = house.clerk.get(path + "?show_id_numbers=true")
    assert whole["declaration"]["applicant"]["id_number"] == "330602199001011234"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"applicant": {}}, "姓名"),
        ({"applicant": {"name": "某人"}, "continuing_education": [{"year": "二〇"}]}, "年度"),
        ({"applicant": {"name": "名" * 81}}, "姓名过长"),
        ({"applicant": {"name": "某\x00人"}}, "空字符"),
        ({"applicant": {"name": "某人"}, "statement": "述\x00职"}, "空字符"),
    ],
)
def test_a_wrong_declaration_is_told_by_field(house: House, wrong: dict[str, Any], said: str) -> None:
    answer = house.applicant.ask("POST", "/applications", json=wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("hours", ["NaN", "Infinity", "1e400"])
def test_hours_without_end_are_refused(house: House, hours: str) -> None:
    declared = {"applicant": {"name": "某人"}, "continuing_education": [{"year": 2018, "total": 90}]}
    body = json.dumps(declared).replace("90", hours)
    headers = {"Content-Type": "application/json"}
    answer = house.applicant.ask("POST", "/applications", content=body.encode(), headers=headers)
    assert answer.status_code == 422
    assert "total（总学时）应为数字" in answer.json()["detail"]


def test_nul_in_a_search_is_no_fault_of_the_server(house: House) -> None:
    """PostgreSQL refuses it."""
    for query in ("q=%00", "plan=%00", "cursor=%00"):
        answer = house.clerk.ask("GET", f"/applications?{query}")
        assert answer.status_code in (200, 422), query


def test_declaring_again_takes_the_verdict_back_and_rings(house: House) -> None:
    identifier = house.applicant.opens()
    house.judged(identifier, "pass")
    changed = {**DECLARED, "applicant": {"name": "另一人"}}
    answer = house.applicant.ask("PUT", f"/applications/{identifier}/declaration", json=changed)
    assert answer.status_code == 200
    found = house.applicant.get(f"/applications/{identifier}")
    assert (found["applicant"], found["verdict"]) == ("另一人", None)
    assert house.rings == ["uploads"]


def test_a_clerk_may_look_but_not_change(house: House) -> None:
    identifier = house.applicant.opens()
    house.clerk.get(f"/applications/{identifier}")
    answer = house.clerk.ask("PUT", f"/applications/{identifier}/declaration", json=DECLARED)
    assert answer.status_code == 403


def test_nobody_declares_himself_out_of_his_own_sight(house: House) -> None:
    answer = house.clerk.ask("POST", "/applications", json={**DECLARED, "plan": "another"})
    assert answer.status_code == 403
    assert house.admin.get("/applications")["applications"] == []


def test_hidden_flags_do_not_speak_through_the_verdict(house: House) -> None:
    identifier = house.applicant.opens()
    house.judged(identifier, "review", flag("tamper.suspected", "warning"))
    assert house.applicant.get(f"/applications/{identifier}")["verdict"] == "pass"
    assert house.clerk.get(f"/applications/{identifier}")["verdict"] == "review"
    assert house.applicant.get("/applications?verdict=review")["applications"] == []
    assert len(house.clerk.get("/applications?verdict=review")["applications"]) == 1
    assert "tamper" not in house.applicant.ask("GET", f"/applications/{identifier}").text


def test_pages_neither_repeat_nor_skip_when_others_come_in(house: House, clock: Clock) -> None:
    first = [house.applicant.opens() for _ in range(5)]
    page = house.applicant.get("/applications?limit=2")
    seen = [one["id"] for one in page["applications"]]
    clock.wait(1)
    house.applicant.opens()
    while page["next"]:
        page = house.applicant.get(f"/applications?limit=2&cursor={page['next']}")
        seen += [one["id"] for one in page["applications"]]
    assert sorted(seen) == sorted(first)


def test_lists_are_narrowed_by_words_taken_literally(house: House) -> None:
    house.applicant.opens({"applicant": {"name": "百分之%"}})
    house.applicant.opens({"applicant": {"name": "某人"}})
    assert len(house.applicant.get("/applications?q=%25")["applications"]) == 1
    assert len(house.applicant.get("/applications?plan=general")["applications"]) == 0


def test_a_forged_cursor_is_refused(house: House) -> None:
    for cursor in ("x", "MjAyMA", "é"):
        assert house.applicant.ask("GET", "/applications", params={"cursor": cursor}).status_code == 422
