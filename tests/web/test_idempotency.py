"""A request sent twice under one key is done once, also when both come at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from store import answers
from store.tables import ApplicationRow, FileRow
from tests.web.house import DECLARED, House

KEY = {"Idempotency-Key": "k-1"}


def test_the_same_request_gets_the_same_answer(house: House) -> None:
    first, second = (
        house.applicant.ask("POST", "/applications", json=DECLARED, headers=KEY) for _ in range(2)
    )
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert len(house.applicant.get("/applications")["applications"]) == 1


def test_another_request_under_the_same_key_is_refused(house: House) -> None:
    house.applicant.ask("POST", "/applications", json=DECLARED, headers=KEY)
    other = {"applicant": {"name": "另一人"}}
    answer = house.applicant.ask("POST", "/applications", json=other, headers=KEY)
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:hezheng:problem:idempotency-key-reused"


def test_a_key_is_its_owners_alone(house: House) -> None:
    mine = house.applicant.ask("POST", "/applications", json=DECLARED, headers=KEY).json()["id"]
    theirs = house.stranger.ask("POST", "/applications", json=DECLARED, headers=KEY).json()["id"]
    assert mine != theirs


def test_an_upload_sent_again_is_one_file(house: House) -> None:
    application = house.applicant.opens()
    first = house.applicant.sends(application, headers=KEY)
    again = house.applicant.sends(application, headers=KEY)
    assert first.json() == again.json()
    assert house.applicant.sends(application, b"other bytes", headers=KEY).status_code == 422


def test_what_was_refused_may_be_put_right_under_the_same_key(house: House) -> None:
    application = house.applicant.opens()
    assert house.applicant.sends(application, kind="nonsense", headers=KEY).status_code == 422
    assert house.applicant.sends(application, kind="ce_record", headers=KEY).status_code == 202


def test_of_eight_at_once_one_is_done_and_all_are_told_of_it(house: House) -> None:
    application = house.applicant.opens()
    person = house.applicant
    first, second = {"Idempotency-Key": "a"}, {"Idempotency-Key": "b"}
    with ThreadPoolExecutor(8) as pool:
        opened = list(
            pool.map(
                lambda _: person.ask("POST", "/applications", json=DECLARED, headers=first),
                range(8),
            )
        )
        sent = list(pool.map(lambda _: person.sends(application, headers=second), range(8)))
    assert {answer.status_code for answer in opened} == {201}
    assert {answer.status_code for answer in sent} == {202}
    assert len({answer.json()["id"] for answer in opened}) == 1
    assert len({answer.json()["id"] for answer in sent}) == 1
    with house.service.database.reading() as session:
        assert session.query(ApplicationRow).count() == 2
        assert session.query(FileRow).count() == 1


def test_keys_are_free_again_after_two_days(house: House) -> None:
    house.applicant.opens()
    house.applicant.ask("POST", "/applications", json=DECLARED, headers=KEY)
    later = house.service.clock() + answers.KEPT + timedelta(seconds=1)
    with house.service.database.writing() as session:
        answers.forget_old(session, later)
    other = {"applicant": {"name": "另一人"}}
    assert house.applicant.ask("POST", "/applications", json=other, headers=KEY).status_code == 201
