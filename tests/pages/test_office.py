"""The batch board, administration and help: what each shows, does and refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from policies import plan_ids
from policies.wording import all_words
from store import batches
from store.accounts import Role
from store.applications import BATCHES
from store.tables import ApplicationRow, AuditRow, BatchRow, JobRow, UserRow
from tests.operations.zips import people as folders
from tests.operations.zips import zipped
from tests.pages.cases import PLAN, Drawn, flag, judged
from tests.pages.conftest import PASSWORD, csrf_of
from web.pages.code_names import CODE_NAMES
from web.service import Service

Browser = Callable[[str], TestClient]
Account = Callable[..., UserRow]
BLACKLIST = "title,kind\n建筑学研究前沿,counterfeit\n".encode()
ADMIN_PAGES = (
    "/admin",
    "/admin/users",
    "/admin/plans",
    "/admin/journals",
    "/admin/audit",
    "/admin/audit/chain",
)


@pytest.fixture
def admin(account: Account, browser: Browser) -> TestClient:
    account("管理员", Role.ADMIN)
    return browser("管理员")


@pytest.fixture
def clerk(account: Account, browser: Browser) -> TestClient:
    account("周核", Role.CLERK)
    return browser("周核")


def sent(client: TestClient, page: str, path: str = "", **more: Any) -> Any:
    token = csrf_of(client.get(page).text)
    return client.post(path or page, data={**more.pop("data", {}), "csrf": token}, **more)


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.CLERK])
def test_administration_is_for_administrators(account: Account, browser: Browser, role: Role) -> None:
    account("甲", role)
    client = browser("甲")
    for path in ADMIN_PAGES:
        answer = client.get(path)
        assert (answer.status_code, "本页只供管理员使用" in answer.text) == (403, True), path
    nobody = browser("")
    assert nobody.get("/admin").headers["Location"] == "/?next=%2Fadmin"


def test_every_page_of_administration_opens_empty(admin: TestClient) -> None:
    for path in ADMIN_PAGES:
        assert admin.get(path).status_code == 200, path
    assert "还没有导入" in admin.get("/admin/journals").text
    assert "审计链完整" in admin.get("/admin/audit/chain").text


def test_an_account_is_added_and_comes_in_by_the_password_that_is_told_once(
    admin: TestClient, browser: Browser
) -> None:
    answer = sent(admin, "/admin/users", data={"name": "吴核", "role": "clerk"})
    password = re.findall(r"<code>([^<]+)</code>", answer.text)[0]
    assert password not in admin.get("/admin/users").text
    assert "尚未授权" in admin.get("/admin/users").text
    came = browser("").post("/sign-in", data={"name": "吴核", "password": password})
    assert came.status_code == 303
    again = sent(admin, "/admin/users", data={"name": "吴核", "role": "clerk"})
    assert (again.status_code, "已存在" in again.text) == (422, True)
    assert sent(admin, "/admin/users", data={"name": " ", "role": "clerk"}).status_code == 422
    assert sent(admin, "/admin/users", data={"name": "乙", "role": "king"}).status_code == 422


def test_disabling_shuts_out_at_once_and_enabling_lets_in(
    admin: TestClient, clerk: TestClient, browser: Browser, service: Service
) -> None:
    path = f"/admin/users/{id_of(service, '周核')}"
    sent(admin, path, f"{path}/state", data={"enabled": ""})
    assert clerk.get("/queue").status_code == 303
    assert browser("").post("/sign-in", data={"name": "周核", "password": PASSWORD}).status_code == 401
    sent(admin, path, f"{path}/state", data={"enabled": "yes"})
    assert clerk.get("/queue").status_code == 303, "the old session stays ended"
    assert browser("周核").get("/queue").status_code == 200


def test_a_new_password_ends_what_was_open_under_the_old(
    admin: TestClient, clerk: TestClient, browser: Browser, service: Service
) -> None:
    path = f"/admin/users/{id_of(service, '周核')}"
    answer = sent(admin, path, f"{path}/password")
    password = re.findall(r"<code>([^<]+)</code>", answer.text)[0]
    assert clerk.get("/queue").status_code == 303
    assert browser("").post("/sign-in", data={"name": "周核", "password": PASSWORD}).status_code == 401
    assert browser("").post("/sign-in", data={"name": "周核", "password": password}).status_code == 303


def test_grants_widen_and_narrow_what_a_clerk_sees(
    admin: TestClient, account: Account, browser: Browser, service: Service
) -> None:
    owner = account("申报人", Role.APPLICANT)
    account("郑核", Role.CLERK, grants=())
    judged(service, owner, "庚", organisation="甲单位")
    clerk = browser("郑核")
    path = f"/admin/users/{id_of(service, '郑核')}"
    assert "庚" not in clerk.get("/queue").text
    sent(admin, path, f"{path}/grants", data={"plan": PLAN, "organisation": "甲单位"})
    assert "庚" in clerk.get("/queue").text
    sent(admin, path, f"{path}/grants", data={"plan": PLAN, "organisation": "甲单位", "withdraw": "yes"})
    assert "庚" not in clerk.get("/queue").text
    own = f"/admin/users/{id_of(service, '申报人')}"
    assert sent(admin, own, f"{own}/grants", data={"plan": "*"}).status_code == 409


def test_nobody_shuts_himself_out(admin: TestClient, service: Service) -> None:
    path = f"/admin/users/{id_of(service, '管理员')}"
    for change, data in (("state", {"enabled": ""}), ("role", {"role": "clerk"}), ("password", {})):
        answer = sent(admin, "/admin/users", f"{path}/{change}", data=data)
        assert (answer.status_code, "另一位管理员" in answer.text) == (409, True)
    assert admin.get("/admin").status_code == 200


def test_every_step_of_administration_is_audited(
    admin: TestClient, clerk: TestClient, service: Service
) -> None:
    path = f"/admin/users/{id_of(service, '周核')}"
    sent(admin, path, f"{path}/grants", data={"plan": PLAN})
    sent(admin, path, f"{path}/role", data={"role": "admin"})
    sent(admin, path, f"{path}/password")
    sent(admin, path, f"{path}/state")
    page = admin.get("/admin/audit").text
    for words in ("授权", "改变角色", "重设密码", "停用账号"):
        assert words in page


def id_of(service: Service, name: str) -> str:
    with service.database.reading() as session:
        return session.query(UserRow).filter_by(name=name).one().id


def test_a_blacklist_is_imported_and_what_is_unfinished_is_judged_anew(
    admin: TestClient, account: Account, service: Service
) -> None:
    identifier = judged(service, account("申报人", Role.APPLICANT), "庚", [Drawn("ce.png")])
    files = {"file": ("黑名单.csv", BLACKLIST, "text/csv")}
    answer = sent(admin, "/admin/journals", data={"kind": "blacklist"}, files=files)
    assert answer.status_code == 303
    page = admin.get("/admin/journals").text
    assert "黑名单.csv" in page
    assert "1 份" in page
    with service.database.reading() as session:
        row = session.get_one(ApplicationRow, identifier)
        job = session.query(JobRow).filter_by(key=f"judge/{identifier}/{row.revision}").one()
    assert (row.verdict, job.queue, job.payload) == ("", BATCHES, {"application": identifier})


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("blacklist", b"title\nx\n", "缺少列：kind"),
        ("blacklist", "刊名".encode("gb18030"), "不是 UTF-8 编码"),
        ("register", b"", "文件是空的"),
        ("other", b"title\nx\n", "请选择导入的是哪一份名录"),
    ],
)
def test_a_list_that_cannot_be_used_changes_nothing(
    admin: TestClient, account: Account, service: Service, kind: str, content: bytes, said: str
) -> None:
    identifier = judged(service, account("申报人", Role.APPLICANT), "庚", [Drawn("ce.png")])
    files = {"file": ("名录.csv", content, "text/csv")}
    answer = sent(admin, "/admin/journals", data={"kind": kind}, files=files)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert not service.settings.lists.exists() or not list(service.settings.lists.iterdir())
    with service.database.reading() as session:
        assert session.get_one(ApplicationRow, identifier).verdict == "pass"


def test_the_trail_of_an_application_is_found_by_name(
    admin: TestClient, account: Account, service: Service
) -> None:
    identifier = judged(service, account("申报人", Role.APPLICANT), "庚", [Drawn("ce.png")])
    assert f'href="/admin/audit/{identifier}"' in admin.get("/admin/audit?q=庚").text
    assert "没有找到这样的申报" in admin.get("/admin/audit?q=无").text
    trail = admin.get(f"/admin/audit/{identifier}").text
    assert trail.index("新建申报") < trail.index("上传材料") < trail.index("完成核对")


def test_a_broken_chain_is_told(admin: TestClient, service: Service) -> None:
    with service.database.writing() as session:
        row = session.query(AuditRow).order_by(AuditRow.sequence).first()
        assert row is not None
        row.actor = "别人"
    assert f"审计链从第 {row.sequence} 条起不相符" in admin.get("/admin/audit/chain").text


def test_a_batch_is_brought_and_followed(clerk: TestClient, service: Service) -> None:
    assert "还没有批次" in clerk.get("/batches").text
    content = zipped(folders("甲", "乙"))
    files = [
        ("file", ("一批.zip", content, "application/zip")),
        ("file", ("", b"", "application/octet-stream")),
    ]
    answer = sent(clerk, "/batches", data={"plan": ""}, files=files)
    assert answer.status_code == 303, answer.text
    page = clerk.get(answer.headers["Location"]).text
    assert "排队中" in page
    assert "还没有解压出申报" in page
    again = re.findall(r'hx-get="([^"]+)" hx-trigger="every 1s"', page)[0].replace("&amp;", "&")
    assert clerk.get(again).status_code == 204
    assert "一批.zip" in clerk.get("/batches").text


def test_the_board_tells_totals_failures_and_problems(
    clerk: TestClient, account: Account, service: Service
) -> None:
    owner = account("申报人", Role.APPLICANT)
    identifier = judged(service, owner, "庚", [Drawn("ce.png", (flag(),))])
    with service.database.writing() as session:
        blob = service.blobs.put([b"PK"], 10)
        user = session.query(UserRow).filter_by(name="周核").one()
        row = batches.open_batch(session, service.clock(), user, blob, "一批.zip")
        row.status = "reading"
        row.problems = {"items": [{"path": "x.exe", "code": "file.unsupported", "message": "不是材料。"}]}
        session.get_one(ApplicationRow, identifier).batch_id = row.id
    page = clerk.get(f"/batches/{row.id}").text
    for words in ("已完成", "第 1 / 1 页", "总学时不足", "不是材料。", "report.xlsx", "report.pdf"):
        assert words in page, words
    assert 'hx-trigger="every' not in page
    assert f'href="/desk/{identifier}"' in page


def test_a_batch_without_token_or_content_is_refused(clerk: TestClient, service: Service) -> None:
    files = [("file", ("一批.zip", zipped(folders("甲")), "application/zip"))]
    assert clerk.post("/batches", files=files).status_code == 403
    assert sent(clerk, "/batches", files=[("file", ("", b"", "text/plain"))]).status_code == 422
    assert sent(clerk, "/batches", data={"plan": "none"}, files=files).status_code == 422
    with service.database.reading() as session:
        assert session.query(BatchRow).count() == 0


def test_batches_are_for_the_office_and_for_whoever_brought_them(
    clerk: TestClient, account: Account, browser: Browser, service: Service
) -> None:
    account("申报人", Role.APPLICANT)
    assert browser("申报人").get("/batches").status_code == 403
    assert browser("申报人").post("/batches", files=[("file", ("a.zip", b"x"))]).status_code == 403
    files = [("file", ("一批.zip", zipped(folders("甲")), "application/zip"))]
    path = sent(clerk, "/batches", files=files).headers["Location"]
    account("吴核", Role.CLERK)
    assert browser("吴核").get(path).status_code == 404
    account("管理员", Role.ADMIN)
    assert browser("管理员").get(path).status_code == 200


def test_help_quotes_the_plan_and_narrows_by_route(account: Account, browser: Browser) -> None:
    account("申报人", Role.APPLICANT)
    client = browser("申报人")
    contents = client.get("/help").text
    assert set(re.findall(r'href="/help/([^"]+)"', contents)) == set(plan_ids())
    assert "审核台的键" not in contents
    page = client.get(f"/help/{PLAN}").text
    assert "每年度不得少于90学时" in page
    assert "2020-08-20" in page
    for plan in plan_ids():
        assert client.get(f"/help/{plan}").status_code == 200
    level = "技术员"
    assert client.get("/help/fushun-ecology-2024", params={"level": level}).status_code == 200
    assert client.get("/help/nothing").status_code == 404


def test_clerks_find_the_keys_of_their_desk(clerk: TestClient) -> None:
    assert "审核台的键" in clerk.get("/help").text


def test_every_code_that_can_be_raised_has_a_short_name() -> None:
    assert {key.split("/")[0] for key in all_words()} <= set(CODE_NAMES)
