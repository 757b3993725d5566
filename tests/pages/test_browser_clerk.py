"""A clerk in a browser, on the demo batch: the desk and the queue by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypedDict

import pytest
from playwright.sync_api import Browser, Page, expect

from store import examinations, judgements
from store.tables import ApplicationRow
from tests.pages.browsing import PHONE, WIDE, faults, overflow, shoot, visiting
from tests.pages.serving import PASSWORD, DemoHouse

pytestmark = pytest.mark.browser


class Coming(TypedDict):
    timeout: float
    wait_until: Literal["domcontentloaded"]


CLEAN = ("02-clean-paper", "03-clean-bound")
WRONG = ("04-hours-short", "06-copies", "09-paper")
SLOW = 20_000
"""Milliseconds that a page may take to come: machines are busy."""
COMING = Coming(timeout=SLOW, wait_until="domcontentloaded")
"""A page is there before its pictures are."""


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> DemoHouse:
    return DemoHouse(tmp_path_factory.mktemp("house"), getattr(request, "param", WRONG[-1:]))


@pytest.fixture
def address(house: DemoHouse) -> Iterator[str]:
    with house.served() as address:
        yield address


def at_desk(page: Page, application: str) -> None:
    page.wait_for_url(re.compile(f"/desk/{application}"), **COMING)
    expect(page.locator("#progress")).not_to_be_empty(timeout=SLOW)


def open_flags(page: Page) -> int:
    return page.locator('article.flag[data-asks=yes][data-state="open"]').count()


@pytest.mark.parametrize("house", [(*CLEAN, *WRONG)], indirect=True)
def test_a_clerk_works_five_applications_by_keyboard_alone(
    house: DemoHouse, address: str, chromium: Browser
) -> None:
    """Errors first: three with flags, each decided; then two clean ones, each by two keys."""
    keys = 0
    with visiting(chromium, address, "周核", PASSWORD) as page:

        def press(key: str) -> None:
            nonlocal keys
            keys += 1
            page.keyboard.press(key)

        shoot(page, "queue")
        press("g")
        for number, name in enumerate(WRONG):
            at_desk(page, house.applications[name])
            asked = open_flags(page)
            assert asked > 0
            for left in range(asked, 0, -1):
                # For a moment after a swap htmx still gives the old card its old class.
                here = page.locator('article.flag.current[data-state="open"]')
                expect(here).to_have_count(1, timeout=SLOW)
                if (left + number) % 2:
                    press("1")
                else:
                    press("2")
                    expect(page.locator("dialog[open]")).to_be_visible()
                    press("1")
                if left > 1:
                    expect(page.locator('article.flag[data-asks=yes][data-state="open"]')).to_have_count(
                        left - 1, timeout=SLOW
                    )
            page.wait_for_url(re.compile("done="), **COMING)
        for name in CLEAN:
            at_desk(page, house.applications[name])
            press("f")
            expect(page.locator("#finishing")).to_be_visible()
            press("Enter")
            page.wait_for_url(re.compile("done=" + house.applications[name]), **COMING)
        expect(page.get_by_text("没有待审的申报")).to_be_visible()
    print(f"\nfive applications in {keys} keys")
    with house.database.reading() as session:
        for identifier in house.applications.values():
            row = session.get_one(ApplicationRow, identifier)
            assert examinations.state_of(session, row) == examinations.DONE


def test_keys_walk_flags_and_files_and_take_back(house: DemoHouse, address: str, chromium: Browser) -> None:
    identifier = house.applications[WRONG[-1]]
    with visiting(chromium, address, "周核", PASSWORD) as page:
        page.goto(f"/desk/{identifier}", **COMING)
        at_desk(page, identifier)
        first = page.locator("article.flag.current").get_attribute("data-flag")
        page.keyboard.press("j")
        expect(page.locator("article.flag.current")).not_to_have_attribute("data-flag", first or "")
        page.keyboard.press("k")
        expect(page.locator("article.flag.current")).to_have_attribute("data-flag", first or "")
        shown = page.locator("#viewing").inner_text()
        page.keyboard.press("n")
        expect(page.locator("#viewing")).not_to_have_text(shown)
        page.keyboard.press("p")
        expect(page.locator("#viewing")).to_have_text(shown)
        page.keyboard.press("3")
        page.keyboard.press("Tab")
        page.locator("dialog[open] input").focus()
        page.keyboard.type("2号原件要看")
        page.keyboard.press("Enter")
        card = page.locator(f"#flag-{first}")
        expect(card).to_have_attribute("data-state", "doubt", timeout=SLOW)
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.keyboard.press("k")
        page.keyboard.press("u")
        expect(card).to_have_attribute("data-state", "open", timeout=SLOW)
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("照片")
        page.keyboard.press("Enter")
        expect(page.locator("article.flag.current")).to_contain_text("照片")
    with house.database.reading() as session:
        kept = [(one.decision, one.reason) for one in judgements.decisions(session, first or "")]
    assert kept == [("doubt", "2号原件要看"), ("withdraw", "")]


def test_the_box_of_a_flag_comes_into_view_and_is_zoomed_to(
    house: DemoHouse, address: str, chromium: Browser
) -> None:
    identifier = house.applications[WRONG[-1]]
    with visiting(chromium, address, "周核", PASSWORD) as page:
        page.goto(f"/desk/{identifier}", **COMING)
        at_desk(page, identifier)
        frame = page.locator("rect.current")
        expect(frame).to_be_visible()
        before = frame.bounding_box()
        page.keyboard.press("z")
        after = frame.bounding_box()
        stage = page.locator("#stage").bounding_box()
        assert before is not None
        assert after is not None
        assert stage is not None
        assert after["width"] > before["width"] * 1.2
        assert stage["x"] <= after["x"] + after["width"] / 2 <= stage["x"] + stage["width"]
        assert stage["y"] <= after["y"] + after["height"] / 2 <= stage["y"] + stage["height"]
        page.keyboard.press("]")
        turned = frame.bounding_box()
        assert turned is not None
        assert turned["height"] > turned["width"]
        sources = page.locator("img").evaluate_all("all => all.map(one => one.currentSrc || one.src)")
        assert all(re.search(r"side=(320|1000|2000)$", source) for source in sources)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_pages_are_accessible_and_fit_the_window(
    house: DemoHouse, address: str, chromium: Browser, size: tuple[int, int]
) -> None:
    identifier = house.applications[WRONG[-1]]
    tag = "" if size == WIDE else "-phone"
    with chromium.new_page(base_url=address, viewport={"width": size[0], "height": size[1]}) as page:
        page.goto("/")
        assert faults(page) == []
        assert overflow(page) <= 0
        shoot(page, f"sign-in{tag}")
    with visiting(chromium, address, "周核", PASSWORD, size) as page:
        page.wait_for_url(re.compile("/queue"), **COMING)
        assert faults(page) == []
        assert overflow(page) <= 0
        page.goto(f"/desk/{identifier}", **COMING)
        at_desk(page, identifier)
        assert faults(page) == []
        assert overflow(page) <= 0
        shoot(page, f"desk{tag}")
        for key, name in (("2", "reasons"), ("?", "keys"), ("a", "boxes")):
            page.keyboard.press(key)
            assert faults(page) == [], name
            if name != "boxes":
                page.keyboard.press("Escape")
        shoot(page, f"desk-boxes{tag}")
    with visiting(chromium, address, "吴核", PASSWORD, size) as page:
        page.goto(f"/desk/{identifier}", **COMING)
        expect(page.locator("#claim")).to_contain_text("正在审核这份申报")
        assert faults(page) == []
