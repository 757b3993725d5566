"""What an applicant does: opens, declares, uploads, reads what is wrong; and what is nobody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from domain.kinds import Severity
from store import judgements
from store.accounts import Role
from store.tables import ApplicationRow, FileRow, FlagRow, UserRow
from tests.pages.cases import PLAN, Drawn, flag, judged, picture
from tests.pages.conftest import csrf_of
from web.service import Service

Browser = Callable[[str], TestClient]
Account = Callable[..., UserRow]
DECLARED = {
    "plan": PLAN,
    "level": "正高级工程师",
    "applicant.name": "陈安",
    "applicant.id_number": "330604198112243703",
    "applicant.employer": "绍兴市演示建筑设计有限公司",
    "continuing_education.0.year": "2018",
    "continuing_education.0.total": "96.5",
    "papers.3.title": "论梁",
    "papers.3.authors": "陈安；李平",
    "papers.3.year": "2018",
    "projects.0.name": "大桥",
    "projects.0.collective": "yes",
    "last_review.year": "2019",
    "last_review.passed": "no",
    "statement": "述职",
}


@pytest.fixture
def owner(account: Account) -> UserRow:
    return account("陈安", Role.APPLICANT)


@pytest.fixture
def own(owner: UserRow, browser: Browser) -> TestClient:
    return browser("陈安")


def sent(client: TestClient, path: str, form: dict[str, str], **more: Any) -> Any:
    page = client.get(path.replace("/files", ""))
    return client.post(path, data={**form, "csrf": csrf_of(page.text)}, **more)


def opened(client: TestClient, **other: str) -> str:
    answer = sent(client, f"/mine/new?plan={PLAN}", DECLARED | other)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"]).rsplit("/", 1)[1]


def declaration_of(service: Service, identifier: str) -> dict[str, Any]:
    with service.database.reading() as session:
        return session.get_one(ApplicationRow, identifier).declaration


def test_a_newcomer_is_told_how_to_begin(own: TestClient) -> None:
    assert "还没有申报" in own.get("/mine").text
    choosing = own.get("/mine/new").text
    assert f'href="/mine/new?plan={PLAN}"' in choosing
    assert own.get("/mine/new?plan=nothing").status_code == 422


def test_what_was_typed_is_declared_in_the_contracts_words(own: TestClient, service: Service) -> None:
    told = declaration_of(service, opened(own))
    assert told["continuing_education"] == [{"year": 2018, "total": 96.5}]
    assert told["papers"] == [{"title": "论梁", "authors": ["陈安", "李平"], "year": 2018}]
    assert told["projects"] == [{"name": "大桥", "collective": True}]
    assert told["last_review"] == {"year": 2019, "passed": False}
    assert told["level"] == "正高级工程师"
    assert "certificates" not in told


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("continuing_education.0.year", "去年", "请填写4位年份"),
        ("continuing_education.0.total", "许多", "请填写数字"),
        ("applicant.name", "", "请填写姓名"),
        ("applicant.name", "名" * 81, "姓名过长"),
        ("papers.3.title", "", "请填写题名"),
        ("level", "", "请选择申报级别"),
    ],
)
def test_what_is_wrong_is_said_beside_the_cell(own: TestClient, cell: str, value: str, said: str) -> None:
    answer = sent(own, f"/mine/new?plan={PLAN}", DECLARED | {cell: value})
    assert answer.status_code == 422
    shown = cell.replace("papers.3", "papers.0")
    assert re.search(rf'id="{re.escape(shown)}-error">[^<]*{said}', answer.text)
    assert re.search(rf'<(?:input|select) id="{re.escape(shown)}"[^>]*aria-invalid="true"', answer.text)
    assert "还没有申报" in own.get("/mine").text


def test_a_row_is_added_without_script_and_nothing_is_saved(own: TestClient) -> None:
    answer = sent(own, f"/mine/new?plan={PLAN}", DECLARED | {"add": "papers"})
    assert answer.status_code == 200
    assert 'name="papers.1.title"' in answer.text
    assert 'value="论梁"' in answer.text
    assert "还没有申报" in own.get("/mine").text


def test_changing_keeps_what_the_form_does_not_ask_and_masks_the_number(
    own: TestClient, service: Service
) -> None:
    identifier = opened(own)
    with service.database.writing() as session:
        row = session.get_one(ApplicationRow, identifier)
        row.declaration = {**row.declaration, "evidence": [{"file": "a.jpg"}]}
    path = f"/mine/{identifier}/declaration"
    page = own.get(path).text
    assert "330604********3703" in page
    assert "330604198112243703" not in page
    answer = sent(own, path, DECLARED | {"applicant.id_number": "", "papers.3.title": "论柱"})
    assert answer.headers["Location"] == f"/mine/{identifier}"
    told = declaration_of(service, identifier)
    assert told["evidence"] == [{"file": "a.jpg"}]
    assert told["applicant"]["id_number"] == "330604198112243703"
    assert told["papers"][0]["title"] == "论柱"


def test_files_come_by_form_and_by_script(own: TestClient, service: Service) -> None:
    identifier = opened(own)
    two = [("file", (name, picture(name), "image/png")) for name in ("甲.png", "乙.png")]
    answer = sent(own, f"/mine/{identifier}/files", {"kind": "ce_record", "copy": "yes"}, files=two)
    assert answer.headers["Location"] == f"/mine/{identifier}"
    page = own.get(f"/mine/{identifier}").text
    assert {"甲.png", "乙.png"} <= set(re.findall(r"<h3>([^<]+)</h3>", page))
    assert "排队中" in page
    header = {"X-CSRF-Token": csrf_of(page), "HX-Request": "true"}
    third = own.post(
        f"/mine/{identifier}/files", files=[("file", ("丙.png", picture("丙"), "image/png"))], headers=header
    )
    assert (third.status_code, "已收到 1 个文件" in third.text) == (200, True)
    with service.database.reading() as session:
        rows = session.query(FileRow).order_by(FileRow.received_at).all()
    assert [(row.kind, row.is_copy) for row in rows] == [("ce_record", True)] * 2 + [("", False)]


def test_a_file_is_replaced_under_the_same_heading(own: TestClient, service: Service) -> None:
    identifier = opened(own)
    one = [("file", ("甲.png", picture("甲"), "image/png"))]
    sent(own, f"/mine/{identifier}/files", {"kind": "ce_record", "about": "papers/0"}, files=one)
    with service.database.reading() as session:
        old = session.query(FileRow).one().id
    better = [("file", ("甲二.png", picture("甲二"), "image/png"))]
    sent(own, f"/mine/{identifier}/files", {"replaces": old}, files=better)
    names = re.findall(r"<h3>([^<]+)</h3>", own.get(f"/mine/{identifier}").text)
    assert names == ["甲二.png"]
    with service.database.reading() as session:
        row = session.query(FileRow).filter_by(name="甲二.png").one()
    assert (row.kind, row.about) == ("ce_record", "papers/0")
    again = sent(own, f"/mine/{identifier}/files", {"replaces": old}, files=better)
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("form", "content", "status"),
    [
        ({}, b"", 422),
        ({"kind": "nonsense"}, b"x", 422),
        ({"other": "x"}, b"x", 422),
        ({"replaces": "x"}, b"x", 422),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(
    own: TestClient, form: dict[str, str], content: bytes, status: int
) -> None:
    identifier = opened(own)
    answer = sent(own, f"/mine/{identifier}/files", form, files=[("file", ("a.png", content, "image/png"))])
    assert answer.status_code == status
    assert "请" in answer.text.split("<main")[1]


def test_an_upload_without_the_forms_token_is_not_taken(own: TestClient, service: Service) -> None:
    identifier = opened(own)
    answer = own.post(f"/mine/{identifier}/files", files=[("file", ("a.png", b"x", "image/png"))])
    assert answer.status_code == 403
    with service.database.reading() as session:
        assert session.query(FileRow).count() == 0


def test_flags_are_read_with_advice_place_and_decision(
    own: TestClient, owner: UserRow, service: Service, account: Account
) -> None:
    identifier = judged(service, owner, "陈安", [Drawn("ce.png", (flag(),))])
    clerk = account("周核", Role.CLERK)
    with service.database.writing() as session:
        row = session.query(FlagRow).filter_by(application_id=identifier).one()
        judgements.decide(session, service.clock(), clerk, row, judgements.DISMISS, "原件已核")
    page = own.get(f"/mine/{identifier}").text
    assert "2019年度继续教育共81学时，少于要求的90学时。" in page
    assert "请补学9学时后重新上传登记证明。" in page
    assert 'data-box="0.2,0.3,0.5,0.34"' in page
    assert "核对人员已认可，这一处不必再补正：原件已核" in page
    assert "周核" not in page


def test_the_checklist_says_what_is_wanted_and_what_came(
    own: TestClient, owner: UserRow, service: Service
) -> None:
    identifier = judged(service, owner, "陈安", [Drawn("ce.png", (flag(),))])
    listed = own.get(f"/mine/{identifier}").text.split('id="checklist-title"')[1]
    rows = {re.sub(r"<.*", "", row): row for row in listed.split("<summary>")[1:]}
    short = next(row for title, row in rows.items() if "继续教育学时" in title)
    assert "须补正" in short
    record = next(row for title, row in rows.items() if "近4年继续教育" in title)
    assert "已上传：ce.png" in record
    letter = next(row for title, row in rows.items() if "聘任高级工程师" in title)
    assert "需要：聘书" in letter


def test_anti_forgery_signals_never_reach_an_applicant(
    own: TestClient, owner: UserRow, service: Service
) -> None:
    hidden = flag(Severity.WARNING, "数字疑似改动。", code="tamper.suspected")
    twin = flag(Severity.WARNING, "与他人的材料相同。", code="duplicate.across-applications", file=None)
    identifier = judged(service, owner, "陈安", [Drawn("ce.png", (hidden,))], [twin])
    for path in (f"/mine/{identifier}", f"/mine/{identifier}/state", "/mine"):
        page = own.get(path).text
        assert "疑似改动" not in page
        assert "与他人的材料相同" not in page
        assert "待人工复核" not in page


def test_nothing_is_sent_again_while_nothing_changed(
    own: TestClient, owner: UserRow, service: Service
) -> None:
    identifier = judged(service, owner, "陈安", [Drawn("ce.png", (flag(),))])
    page = own.get(f"/mine/{identifier}").text
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    assert own.get(f"/mine/{identifier}/state", params={"seen": seen}).status_code == 204
    assert own.get(f"/mine/{identifier}/state").status_code == 200


def test_events_end_once_nothing_more_will_come(own: TestClient, owner: UserRow, service: Service) -> None:
    identifier = judged(service, owner, "陈安", [Drawn("ce.png", (flag(),))])
    told = re.findall(r"^data: (.*)$", own.get(f"/mine/{identifier}/events").text, re.MULTILINE)
    assert [json.loads(one)["status"] for one in told] == ["done"]


def test_another_applicants_is_not_there(
    own: TestClient, account: Account, browser: Browser, service: Service
) -> None:
    other = account("李平", Role.APPLICANT)
    identifier = judged(service, other, "李平", [Drawn("ce.png")])
    for path in ("", "/state", "/events", "/declaration"):
        assert own.get(f"/mine/{identifier}{path}").status_code == 404
    assert "李平" not in own.get("/mine").text
    answer = own.post(f"/mine/{identifier}/files", files=[("file", ("a.png", b"x", "image/png"))])
    assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMIN])
@pytest.mark.parametrize("path", ["/mine", "/mine/new"])
def test_the_pages_are_for_applicants(account: Account, browser: Browser, role: Role, path: str) -> None:
    account("周核", role)
    page = browser("周核").get(path)
    assert page.status_code == 403
    assert "本页只供申报人使用" in page.text
