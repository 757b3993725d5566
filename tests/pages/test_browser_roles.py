"""In a browser: each role is refused what is not its own, in words, and gets back to its own pages."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from fixtures.readings.record_demo import DEMO
from store import accounts
from store.accounts import Role
from tests.pages.browsing import PHONE, WIDE, faults, overflow, shoot, visiting
from tests.pages.serving import PASSWORD, DemoHouse

pytestmark = pytest.mark.browser

PAPER, HOURS = "02-clean-paper", "04-hours-short"
OTHER, STRANGER = "钱另", "孙生"
"""Another applicant, and a clerk to whom nothing has been granted."""
OFFICE = ("/admin", "/admin/users", "/admin/plans", "/admin/journals", "/admin/audit", "/admin/audit/{paper}")
DESK = ("/queue", "/desk/{paper}", "/batches")
OWN = ("/mine/{paper}", "/mine/{paper}/state", "/mine/{paper}/declaration")
REFUSED = {
    "申报人": (*DESK, *OFFICE),
    OTHER: (*OWN, *DESK, *OFFICE),
    STRANGER: (*OWN, "/desk/{paper}", *OFFICE),
    "周核": (*OWN, *OFFICE),
    "管理员": OWN,
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> DemoHouse:
    house = DemoHouse(tmp_path_factory.mktemp("house"), (PAPER, HOURS))
    with house.database.writing() as session:
        accounts.create_user(session, house._now, OTHER, Role.APPLICANT, PASSWORD)
        accounts.create_user(session, house._now, STRANGER, Role.CLERK, PASSWORD)
    return house


@pytest.fixture(scope="module")
def address(house: DemoHouse) -> Iterator[str]:
    with house.served() as address:
        yield address


@pytest.mark.parametrize("name", REFUSED)
def test_each_role_is_refused_what_is_not_its_own(
    house: DemoHouse, address: str, chromium: Browser, name: str
) -> None:
    paper = house.applications[PAPER]
    applicant = json.loads((DEMO / PAPER / "declaration.json").read_text(encoding="utf-8"))["applicant"][
        "name"
    ]
    with visiting(chromium, address, name, PASSWORD, refused=True) as page:
        home = page.url
        for path in REFUSED[name]:
            answer = page.goto(path.format(paper=paper))
            assert answer is not None
            assert answer.status in (403, 404), (path, answer.status)
            said = page.locator("main").inner_text()
            assert "没有" in said or "无权" in said or "不存在" in said, (path, said)
            assert applicant not in said, path
        assert not faults(page)
        assert overflow(page) <= 0
        if name == OTHER:
            shoot(page, "refused")
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert overflow(page) <= 0
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        page.goto(home)
        expect(page.locator("main")).to_be_visible()


def test_a_stranger_is_led_to_the_door_and_on(house: DemoHouse, address: str, chromium: Browser) -> None:
    """Nobody signed in: every page asks for a name first, and leads on to where one was going."""
    context = chromium.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    try:
        for path in ("/queue", f"/desk/{house.applications[PAPER]}", "/mine", "/admin/users", "/batches"):
            page.goto(path)
            expect(page.locator("input[name=password]")).to_be_visible()
        page.fill("input[name=name]", "周核")
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{address}/batches")
    finally:
        context.close()


def test_what_one_may_not_see_is_not_in_the_list_either(
    house: DemoHouse, address: str, chromium: Browser
) -> None:
    """The clerk without a grant has an empty queue that says why; another applicant an empty list."""
    with visiting(chromium, address, STRANGER, PASSWORD) as page:
        page.goto("/queue")
        expect(page.locator("main")).not_to_contain_text(house.applications[PAPER])
        assert page.locator("table tbody tr").count() == 0
    with visiting(chromium, address, OTHER, PASSWORD) as page:
        page.goto("/mine")
        assert page.locator(f'a[href*="{house.applications[PAPER]}"]').count() == 0
