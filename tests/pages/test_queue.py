"""What a clerk finds in the queue, in which order, and what is kept from whom."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from domain.kinds import Severity
from store import claims
from store.accounts import Role
from store.tables import UserRow
from tests.pages.cases import Drawn, flag, judged
from tests.pages.conftest import Clock
from web.service import Service

Browser = Callable[[str], TestClient]
Account = Callable[..., UserRow]


@pytest.fixture
def owner(account: Account) -> UserRow:
    return account("申报人", Role.APPLICANT)


@pytest.fixture
def clerk(account: Account, browser: Browser) -> TestClient:
    account("周核", Role.CLERK)
    return browser("周核")


def names(html: str) -> list[str]:
    return re.findall(r'class="applicant"[^>]*>([^<]+)</a>', html)


def some(service: Service, owner: UserRow, clock: Clock) -> dict[str, str]:
    """Four applications, opened in this order, the first eight days ago."""
    clock.wait(days=-8)
    warned = Drawn("ce.png", (flag(Severity.WARNING),))
    wrong = Drawn("ce.png", (flag(Severity.ERROR),))
    found = {}
    for name, file in (("乙洁", Drawn("ce.png")), ("丙核", warned), ("丁误", wrong), ("戊误", wrong)):
        found[name] = judged(service, owner, name, [file])
        clock.wait(days=2)
    return found


def test_errors_come_first_and_among_equals_whoever_waits_longest(
    clerk: TestClient, service: Service, owner: UserRow, clock: Clock
) -> None:
    some(service, owner, clock)
    page = clerk.get("/queue")
    assert page.status_code == 200
    assert names(page.text) == ["丁误", "戊误", "丙核", "乙洁"]
    assert "共 4 份" in page.text


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("verdict=review", ["丙核"]),
        ("q=误", ["丁误", "戊误"]),
        ("days=5", ["丙核", "乙洁"]),
        ("plan=other", []),
        ("organisation=绍兴市演示建筑设计有限公司", ["丁误", "戊误", "丙核", "乙洁"]),
        ("state=done", []),
        ("state=nonsense&days=x&verdict=y", ["丁误", "戊误", "丙核", "乙洁"]),
    ],
)
def test_the_queue_is_narrowed(
    clerk: TestClient, service: Service, owner: UserRow, clock: Clock, query: str, wanted: list[str]
) -> None:
    some(service, owner, clock)
    page = clerk.get(f"/queue?{query}", headers={"HX-Request": "true"})
    assert names(page.text) == wanted
    assert "<html" not in page.text


def test_pages_of_the_queue_neither_repeat_nor_skip(
    clerk: TestClient, service: Service, owner: UserRow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.queue.ROWS", 3)
    some(service, owner, clock)
    first = clerk.get("/queue?q=")
    further = re.findall(r'href="([^"]+)" rel="next"', first.text)[0].replace("&amp;", "&")
    assert names(first.text) + names(clerk.get(further).text) == ["丁误", "戊误", "丙核", "乙洁"]
    assert clerk.get("/queue?cursor=9.x").status_code == 422


def test_an_application_in_other_hands_is_marked_and_not_opened_next(
    clerk: TestClient, service: Service, owner: UserRow, clock: Clock, account: Account
) -> None:
    ids = some(service, owner, clock)
    other = account("吴核", Role.CLERK)
    with service.database.writing() as session:
        claims.claim(session, clock(), other, ids["丁误"])
    assert "吴核审核中" in clerk.get("/queue").text
    assert clerk.get("/queue/next").headers["Location"] == f"/desk/{ids['戊误']}"
    clock.wait(minutes=16)
    assert clerk.get("/queue/next").headers["Location"] == f"/desk/{ids['丁误']}"


def test_next_stays_within_what_was_asked_for(
    clerk: TestClient, service: Service, owner: UserRow, clock: Clock
) -> None:
    ids = some(service, owner, clock)
    going = clerk.get("/queue/next?verdict=review").headers["Location"]
    assert going == f"/desk/{ids['丙核']}?verdict=review"
    nothing = clerk.get(f"/queue/next?verdict=review&after={ids['丙核']}").headers["Location"]
    assert nothing == "/queue?verdict=review"


def test_a_clerk_sees_only_what_was_granted(
    browser: Browser, account: Account, service: Service, owner: UserRow
) -> None:
    account("郑核", Role.CLERK, grants=(("*", "甲单位"),))
    judged(service, owner, "庚", organisation="甲单位")
    judged(service, owner, "辛", organisation="乙单位")
    page = browser("郑核").get("/queue")
    assert names(page.text) == ["庚"]
    assert "乙单位" not in page.text


def test_an_empty_queue_says_so(clerk: TestClient) -> None:
    assert "没有待审的申报" in clerk.get("/queue").text
    assert "没有符合条件的申报" in clerk.get("/queue?q=无").text


def test_an_applicant_is_refused_in_words(browser: Browser, owner: UserRow) -> None:
    page = browser("申报人").get("/queue")
    assert page.status_code == 403
    assert "本页只供核对人员、管理员使用" in page.text
    assert 'href="/mine"' in page.text


def test_nobody_is_led_to_the_sign_in(browser: Browser) -> None:
    assert browser("").get("/queue?q=a").headers["Location"] == "/?next=%2Fqueue%3Fq%3Da"
    partial = browser("").get("/queue", headers={"HX-Request": "true"})
    assert partial.headers["HX-Redirect"] == "/"


def test_names_of_persons_are_escaped(clerk: TestClient, service: Service, owner: UserRow) -> None:
    judged(service, owner, "<b>名</b>", organisation='"><script>')
    page = clerk.get("/queue").text
    assert "<b>名" not in page
    assert "<script>" not in page.split("<main")[1]
