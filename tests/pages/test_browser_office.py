"""In a browser: an applicant's bad scan and its replacement, a blacklist, a batch with live progress."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, expect

from fixtures.readings.record_demo import DEMO
from pipeline.tools import ReadingTools
from store import applications, batches
from store.tables import ApplicationRow, BatchRow
from tests.operations.zips import zipped
from tests.pages.browsing import PHONE, WIDE, faults, overflow, shoot, visiting
from tests.pages.serving import PASSWORD, DemoHouse
from tests.pages.working import working

pytestmark = pytest.mark.browser

BUSY = 90_000
"""Milliseconds that a worker may take on a busy machine; what is waited for mostly comes at once."""
PAPER = "02-clean-paper"


def nothing_to_read() -> ReadingTools:
    """Every byte was read before."""
    return cast(ReadingTools, None)


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> DemoHouse:
    return DemoHouse(tmp_path_factory.mktemp("house"), getattr(request, "param", ()))


def looked_at(page: Page, name: str) -> None:
    """Sound for everybody, and no wider than a telephone."""
    assert not faults(page)
    shoot(page, name)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert overflow(page) <= 0
    shoot(page, f"{name}-phone")
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})


@pytest.mark.reader
def test_an_applicant_uploads_a_bad_scan_sees_why_and_replaces_it(
    house: DemoHouse, chromium: Browser, tmp_path: Path
) -> None:
    from pipeline.real_tools import reading_tools

    good = DEMO / "01-clean" / "ce-2018.jpg"
    bad = tmp_path / "模糊.jpg"
    Image.open(good).filter(ImageFilter.GaussianBlur(9)).save(bad, quality=80)
    declaration = json.loads((good.parent / "declaration.json").read_text(encoding="utf-8"))
    declaration.pop("evidence")
    with house.database.writing() as session:
        owner = house.users["申报人"]
        identifier = applications.open_application(session, house._now, owner, declaration).id
    with (
        house.served() as address,
        working(house, cache(reading_tools)),
        visiting(chromium, address, "申报人", PASSWORD) as page,
    ):
        page.goto(f"/mine/{identifier}")
        expect(page.get_by_text("还没有材料")).to_be_visible()
        page.locator("#upload input[multiple]").set_input_files(bad)
        blurred = page.locator("article.file", has_text="模糊.jpg").locator("article.flag")
        expect(blurred.first).to_contain_text("请", timeout=BUSY)
        expect(page.locator("article.file")).to_contain_text("模糊不清")
        looked_at(page, "applicant-flag")
        page.locator("article.file input[type=file]").set_input_files(good)
        expect(page.locator("article.file h3")).to_have_text("ce-2018.jpg", timeout=BUSY)
        expect(page.locator("[data-under-way]")).to_have_count(0, timeout=BUSY)
        expect(page.locator("article.file")).not_to_contain_text("模糊不清")
        looked_at(page, "applicant-replaced")


@pytest.mark.parametrize("house", [(PAPER,)], indirect=True)
def test_an_imported_blacklist_flags_the_affected_application(
    house: DemoHouse, chromium: Browser, tmp_path: Path
) -> None:
    identifier = house.applications[PAPER]
    with house.database.reading() as session:
        paper = session.get_one(ApplicationRow, identifier).declaration["papers"][0]
    journal = paper["journal"]
    blacklist = tmp_path / "黑名单.csv"
    blacklist.write_text(
        f"title,issn,cn,kind\n{journal},{paper['issn']},{paper['cn']},illegal\n", encoding="utf-8"
    )
    with house.served() as address, working(house, nothing_to_read):
        with visiting(chromium, address, "申报人", PASSWORD) as page:
            page.goto(f"/mine/{identifier}")
            expect(page.locator("#state")).not_to_contain_text("黑名单")
        with visiting(chromium, address, "管理员", PASSWORD) as page:
            page.goto("/admin/journals")
            page.select_option("select[name=kind]", "blacklist")
            page.set_input_files("input[type=file]", blacklist)
            page.get_by_role("button", name="导入并替换").click()
            expect(page.locator("#history")).to_be_visible()
            expect(page.get_by_role("cell", name="黑名单.csv")).to_be_visible()
            looked_at(page, "journals")
        with visiting(chromium, address, "申报人", PASSWORD) as page:
            page.goto(f"/mine/{identifier}")
            flagged = page.locator("article.flag", has_text="非法期刊").first
            expect(flagged).to_contain_text(journal, timeout=BUSY)
            looked_at(page, "applicant")


def hand_in(page: Page, packed: Path) -> None:
    """Upload a batch, and from then on collect in ``seen`` what its board says of its progress."""
    page.goto("/batches")
    page.locator("input[accept*=zip]").set_input_files(packed)
    page.get_by_role("button", name="上传并开始").click()
    page.wait_for_url("**/batches/*-*")
    expect(page.locator("#state")).to_contain_text("排队中")
    page.evaluate(
        """() => {
            window.seen = new Set();
            const look = () => seen.add(document.querySelector(".reading strong")?.textContent);
            new MutationObserver(look).observe(document.getElementById("state"), {childList: true});
        }"""
    )


def written_anew(path: Path) -> bytes:
    """The same scan in other bytes, which nobody has read before."""
    written = io.BytesIO()
    with Image.open(path) as image:
        image.save(written, "JPEG", quality=87)
    return written.getvalue()


@pytest.mark.reader
def test_ten_new_applications_are_read_by_the_real_reader_while_the_board_counts(
    house: DemoHouse, chromium: Browser, tmp_path: Path
) -> None:
    from pipeline.real_tools import reading_tools

    scans = sorted(DEMO.glob("*/appointment-1.jpg"))[:10]
    assert len(scans) == 10
    members = {}
    for scan in scans:
        declaration = json.loads((scan.parent / "declaration.json").read_text(encoding="utf-8"))
        declaration["evidence"] = [one for one in declaration["evidence"] if one["file"] == scan.name]
        members[f"{scan.parent.name}/declaration.json"] = json.dumps(declaration).encode()
        members[f"{scan.parent.name}/{scan.name}"] = written_anew(scan)
    packed = tmp_path / "新批次.zip"
    packed.write_bytes(zipped(members))
    with house.served() as address, visiting(chromium, address, "周核", PASSWORD) as page:
        hand_in(page, packed)
        with working(house, cache(reading_tools)):
            expect(page.locator("#state")).to_contain_text("已完成", timeout=4 * BUSY)
        seen = page.evaluate("[...seen].filter(Boolean)")
        assert len(seen) > 3, seen
        assert seen[-1] == "第 10 / 10 页"
        expect(page.locator("#state")).to_contain_text("申报 10 / 10")
        with page.expect_download() as downloaded:
            page.get_by_role("link", name="下载汇总表").click()
        assert downloaded.value.path().stat().st_size > 1000


def test_a_batch_of_ten_is_read_with_live_progress(
    house: DemoHouse, chromium: Browser, tmp_path: Path
) -> None:
    folders = sorted(path.parent for path in DEMO.glob("*/declaration.json"))[:10]
    files = [path for folder in folders for path in folder.iterdir() if path.name != "truth.json"]
    packed = tmp_path / "演示批次.zip"
    packed.write_bytes(zipped({path.relative_to(DEMO).as_posix(): path.read_bytes() for path in files}))
    with house.served() as address, visiting(chromium, address, "周核", PASSWORD) as page:
        page.goto("/batches")
        looked_at(page, "batches-empty")
        hand_in(page, packed)
        with working(house, nothing_to_read, pause=0.2):
            expect(page.locator("#state")).to_contain_text("已完成", timeout=2 * BUSY)
        seen = page.evaluate("[...seen].filter(Boolean)")
        assert len(seen) > 2, seen
        expect(page.locator("#state")).to_contain_text("申报 10 / 10")
        with house.database.reading() as session:
            row = session.query(BatchRow).one()
            found = batches.progress(session, row)
        assert seen[-1] == f"第 {found.files.pages} / {found.files.pages} 页"
        looked_at(page, "batch")


@pytest.mark.parametrize("house", [(PAPER, "04-hours-short")], indirect=True)
def test_every_other_page_is_sound_and_fits_a_telephone(house: DemoHouse, chromium: Browser) -> None:
    clerk = house.users["周核"].id
    pages = {
        "申报人": {
            "mine": "/mine",
            "choose-plan": "/mine/new",
            "declaration": f"/mine/{house.applications[PAPER]}/declaration",
            "help": "/help",
            "help-plan": "/help/shaoxing-construction-2020",
        },
        "管理员": {
            "admin": "/admin",
            "users": "/admin/users",
            "user": f"/admin/users/{clerk}",
            "plans": "/admin/plans",
            "audit": "/admin/audit",
            "trail": f"/admin/audit/{house.applications[PAPER]}",
        },
    }
    with house.served() as address:
        for name, paths in pages.items():
            with visiting(chromium, address, name, PASSWORD) as page:
                for shown, path in paths.items():
                    answer = page.goto(path)
                    assert answer is not None
                    assert answer.status == 200, path
                    looked_at(page, shown)
