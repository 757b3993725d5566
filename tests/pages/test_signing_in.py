"""Coming in, going out, and what strangers' pages cannot do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from store import accounts
from store.accounts import Role
from store.tables import UserRow
from tests.pages.conftest import PASSWORD
from web.api.limits import RateLimit
from web.service import Service

Browser = Callable[[str], TestClient]
Account = Callable[..., UserRow]


@pytest.mark.parametrize(
    ("role", "home"), [(Role.APPLICANT, "/mine"), (Role.CLERK, "/queue"), (Role.ADMIN, "/admin")]
)
def test_everybody_lands_on_their_own_home(browser: Browser, account: Account, role: Role, home: str) -> None:
    account("陈安", role)
    client = browser("")
    answer = client.post("/sign-in", data={"name": " 陈安 ", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, home)
    assert client.get("/").headers["Location"] == home


def test_the_cookie_is_kept_from_scripts_and_strangers(browser: Browser, account: Account) -> None:
    account("陈安", Role.CLERK)
    cookie = browser("").post("/sign-in", data={"name": "陈安", "password": PASSWORD}).headers["Set-Cookie"]
    assert {"HttpOnly", "Secure", "SameSite=lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize(("name", "password"), [("陈安", "wrong"), ("无此人", PASSWORD)])
def test_a_wrong_name_or_password_is_told_alike(
    browser: Browser, account: Account, name: str, password: str
) -> None:
    account("陈安", Role.CLERK)
    answer = browser("").post("/sign-in", data={"name": name, "password": password})
    assert answer.status_code == 401
    assert "账号或密码不正确" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_signing_in_leads_on_to_where_one_was_going(browser: Browser, account: Account) -> None:
    account("陈安", Role.CLERK)
    client = browser("")
    page = client.post("/sign-in", data={"name": "陈安", "password": PASSWORD, "next": "/queue?q=a"})
    assert page.headers["Location"] == "/queue?q=a"


@pytest.mark.parametrize("next_", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "x"])
def test_signing_in_never_leads_elsewhere(browser: Browser, account: Account, next_: str) -> None:
    account("陈安", Role.CLERK)
    answer = browser("").post("/sign-in", data={"name": "陈安", "password": PASSWORD, "next": next_})
    assert answer.headers["Location"] == "/queue"


def test_a_form_of_another_site_signs_nobody_in(browser: Browser, account: Account) -> None:
    account("陈安", Role.CLERK)
    told = {"name": "陈安", "password": PASSWORD}
    answer = browser("").post("/sign-in", data=told, headers={"Origin": "https://elsewhere.test"})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_guessing_of_passwords_is_slowed(browser: Browser, account: Account, app: FastAPI) -> None:
    app.state.sign_in_limit = RateLimit(10, lambda: 0.0)
    account("陈安", Role.CLERK)
    client = browser("")
    for _ in range(10):
        assert client.post("/sign-in", data={"name": "陈安", "password": "x"}).status_code == 401
    answer = client.post("/sign-in", data={"name": "陈安", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "秒后再试" in answer.text


def test_signing_out_ends_the_session_for_good(browser: Browser, account: Account, service: Service) -> None:
    account("陈安", Role.APPLICANT)
    client = browser("陈安")
    secret = client.cookies["hezheng_session"]
    with service.database.reading() as session:
        found = accounts.by_credential(session, service.clock(), secret, "session")
    assert found is not None
    assert client.post("/sign-out", data={"csrf": "wrong"}).status_code == 403
    assert client.post("/sign-out", data={"csrf": found[1]}).headers["Location"] == "/"
    client.cookies.set("hezheng_session", secret)
    assert client.get("/").status_code == 200


def test_an_address_that_is_nowhere_is_a_page_to_people_and_json_to_programs(browser: Browser) -> None:
    page = browser("").get("/nowhere", headers={"Accept": "text/html,*/*"})
    assert (page.status_code, "没有找到" in page.text) == (404, True)
    assert page.headers["Content-Type"].startswith("text/html")
    for path in ("/nowhere", "/api/v1/nowhere"):
        assert browser("").get(path).headers["Content-Type"] == "application/problem+json"


def test_static_files_are_kept_by_the_browser(browser: Browser) -> None:
    address = re.findall(r'src="(/static/[^"]+)"', browser("").get("/").text)[0]
    assert "immutable" in browser("").get(address).headers["Cache-Control"]
    assert browser("").get("/static/page.js").headers["Cache-Control"] == "no-cache"


def test_every_page_forbids_scripts_that_are_not_ours(browser: Browser) -> None:
    policy = browser("").get("/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
