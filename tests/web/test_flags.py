"""Flags, decisions and the trail: kept for good, and never telling an applicant what gave a forgery away."""

from __future__ import annotations

import json

from tests.web.house import House, flag

HIDDEN = ("tamper.suspected", "duplicate.across-applications")


def test_decisions_stay_and_the_last_one_counts(house: House) -> None:
    application = house.applicant.opens()
    (identifier,) = house.judged(application, "fail", flag("seal.missing"))
    for decision, reason in (("confirm", ""), ("dismiss", "原件已核验")):
        words = {"decision": decision, "reason": reason}
        answer = house.clerk.ask("POST", f"/flags/{identifier}/decisions", json=words)
        assert answer.status_code == 201, answer.text
        assert answer.json()["by"] == house.clerk.name
    (told,) = house.applicant.get(f"/applications/{application}")["flags"]
    assert [one["decision"] for one in told["decisions"]] == ["confirm", "dismiss"]
    assert told["decision"]["reason"] == "原件已核验"
    assert "330602********1234" in told["message"]


def test_a_dismissal_needs_its_reason(house: House) -> None:
    (identifier,) = house.judged(house.applicant.opens(), "fail", flag("seal.missing"))
    words = {"decision": "dismiss", "reason": " "}
    answer = house.clerk.ask("POST", f"/flags/{identifier}/decisions", json=words)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "reason"


def test_a_flag_that_is_gone_is_decided_no_more(house: House) -> None:
    application = house.applicant.opens()
    (identifier,) = house.judged(application, "fail", flag("seal.missing"))
    house.judged(application, "pass")
    answer = house.clerk.ask("POST", f"/flags/{identifier}/decisions", json={"decision": "confirm"})
    assert answer.status_code == 409


def test_an_applicant_is_told_nothing_of_hidden_flags_anywhere(house: House) -> None:
    application = house.applicant.opens()
    file = house.applicant.uploads(application)
    flags = [flag(code, "warning", file=file) for code in HIDDEN] + [flag("seal.missing", file=file)]
    for identifier in house.judged(application, "fail", *flags):
        house.clerk.ask("POST", f"/flags/{identifier}/decisions", json={"decision": "confirm"})
    for path in ("", "/audit"):
        told = house.applicant.get(f"/applications/{application}{path}")
        clerks = house.clerk.get(f"/applications/{application}{path}")
        assert any(code in json.dumps(clerks) for code in HIDDEN)
        assert not any(word in json.dumps(told) for word in ("tamper", "duplicate.across"))
    (shown,) = house.applicant.get(f"/files/{file}")["flags"]
    assert shown["code"] == "seal.missing"
    (listed,) = house.applicant.get("/applications")["applications"]
    assert [one["code"] for one in listed["files"][0]["flags"]] == ["seal.missing"]


def test_the_trail_holds_everything_in_order(house: House) -> None:
    application = house.applicant.opens()
    house.applicant.uploads(application)
    (identifier,) = house.judged(application, "fail", flag("seal.missing"))
    house.clerk.ask("POST", f"/flags/{identifier}/decisions", json={"decision": "confirm"})
    house.clerk.get(f"/applications/{application}?show_id_numbers=true")
    entries = house.clerk.get(f"/applications/{application}/audit")["entries"]
    assert [one["action"] for one in entries] == [
        "application.opened",
        "file.received",
        "application.judged",
        "flag.decided",
        "application.examined",
        "id_numbers.shown",
    ]
    assert [one["sequence"] for one in entries] == sorted(one["sequence"] for one in entries)
    told = house.applicant.get(f"/applications/{application}/audit")["entries"]
    assert [one["action"] for one in told] == [one["action"] for one in entries[:4]]
    assert told[2]["details"] == {}
    assert told[3]["actor"] == "核对人员"
