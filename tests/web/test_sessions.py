"""Coming in: by token or by cookie, never by another site's form, never by guessing."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from store.accounts import Role
from tests.store.conftest import Clock
from tests.web.house import API, DECLARED, House
from web.app import create_app

WORDS = "对的口令"


def signs_in(client: TestClient, name: str, password: str) -> Response:
    words = {"name": name, "password": password}
    answer: Response = client.post(f"{API}/sessions", json=words)
    return answer


@pytest.fixture
def browser(house: House) -> dict[str, Any]:
    """A signed-in browser: the client holds the cookie."""
    house.person("登录者", Role.APPLICANT, password=WORDS)
    answer = signs_in(house.client, "登录者", WORDS)
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=lax", "secure"))
    document: dict[str, Any] = answer.json()
    return document


def test_a_session_reads_by_cookie_alone_but_changes_only_with_its_token(
    house: House, browser: dict[str, Any]
) -> None:
    client = house.client
    assert client.get(f"{API}/sessions/current").json() == browser
    assert client.post(f"{API}/applications", json=DECLARED).status_code == 403
    for token, status in (("", 403), ("x" * 43, 403), (browser["csrf"], 201)):
        answer = client.post(f"{API}/applications", json=DECLARED, headers={"X-CSRF-Token": token})
        assert answer.status_code == status


def test_a_session_ends_for_good(house: House, browser: dict[str, Any]) -> None:
    kept = dict(house.client.cookies)
    headers = {"X-CSRF-Token": browser["csrf"]}
    assert house.client.delete(f"{API}/sessions/current", headers=headers).status_code == 204
    house.client.cookies.update(kept)
    answer = house.client.get(f"{API}/applications")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_session_runs_out(house: House, browser: dict[str, Any], clock: Clock) -> None:
    clock.wait(12 * 3600 + 1)
    assert house.client.get(f"{API}/sessions/current").status_code == 401


def test_wrong_name_and_wrong_password_are_told_alike(house: House) -> None:
    house.person("登录者", Role.APPLICANT, password=WORDS)
    answers = [signs_in(house.client, name, "错的口令") for name in ("登录者", "没有这个人")]
    assert {answer.status_code for answer in answers} == {401}
    assert answers[0].json() == answers[1].json()


def test_guessing_is_slowed_down(house: House) -> None:
    most = house.service.settings.sign_ins_per_minute
    # A clock that stands: on a busy machine the guesses take longer than the bucket takes to refill.
    house.client.app.state.sign_in_limit.clock = lambda: 0.0  # type: ignore[attr-defined]
    codes = [signs_in(house.client, "没有这个人", "错的口令").status_code for _ in range(most + 1)]
    assert codes == [401] * most + [429]


def test_one_user_cannot_keep_the_service_busy(house: House) -> None:
    settings = house.service.settings.model_copy(update={"requests_per_minute": 3})
    service = type(house.service)(
        settings, house.service.database, house.service.blobs, house.service.bell, house.service.clock
    )
    first, second = house.applicant, house.stranger
    app = create_app(service)
    app.state.user_limit.clock = lambda: 0.0
    with TestClient(app) as client:
        first.client = second.client = client
        answers = [first.ask("GET", "/applications") for _ in range(4)]
        assert [one.status_code for one in answers] == [200, 200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) <= 20
        assert second.ask("GET", "/applications").status_code == 200
