"""Journal lists: the versions in force, and importing another. What is not decided yet is judged anew."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from domain.errors import InputError
from intake.names import safe_name
from policies import ListKind, import_list, list_versions
from store import audit
from store.accounts import Role
from store.applications import BATCHES
from store.rejudging import judge_unfinished_anew
from web.api.desk import Visit
from web.pages.door import AtDoor
from web.pages.rendering import page
from web.pages.routing import page_router

router = page_router()

SUBJECT = "journals"
NAMES = {ListKind.REGISTER.value: "正规期刊名录", ListKind.BLACKLIST.value: "冒名、非法期刊黑名单"}
MOST_BYTES = 50 * 1024 * 1024


@router.get("/admin/journals")
def lists(request: Request, door: AtDoor) -> Response:
    with door.reading(Role.ADMIN) as visit:
        return _page(request, door, visit)


@router.post("/admin/journals")
def bring(
    request: Request,
    door: AtDoor,
    file: Annotated[UploadFile, File()],
    kind: Annotated[str, Form()] = "",
) -> Response:
    """Replace a list; all of the file is right, or nothing is changed."""
    with door.writing(Role.ADMIN) as visit:
        content = file.file.read(MOST_BYTES + 1)
        name = safe_name(file.filename or "")
        problem = _unfit(kind, content)
        if not problem:
            try:
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "list.csv"
                    path.write_bytes(content)
                    version = import_list(path, kind, door.service.settings.lists, name)
            except InputError as error:
                problem = error.message.replace("list.csv", f"“{name}”")
        if problem:
            return _page(request, door, visit, problem, 422)
        number = judge_unfinished_anew(visit.session, visit.now)
        told = version.model_dump(mode="json") | {"judged_anew": number}
        audit.record(visit.session, visit.now, visit.user.name, "journals.imported", SUBJECT, told)
    door.service.bell.ring(BATCHES)
    return RedirectResponse("/admin/journals", 303)


def _unfit(kind: str, content: bytes) -> str:
    if kind not in NAMES:
        return "请选择导入的是哪一份名录。"
    if not content:
        return "没有选择文件，或文件是空的；请选择 CSV 文件后再导入。"
    if len(content) > MOST_BYTES:
        return f"名录文件超过{MOST_BYTES // 1024 // 1024}MB，请删去用不到的列后再导入。"
    return ""


def _page(request: Request, door: AtDoor, visit: Visit, problem: str = "", status: int = 200) -> Response:
    return page(
        request,
        visit,
        "admin_journals.html",
        status,
        versions={version.kind.value: version for version in list_versions(door.service.settings.lists)},
        names=NAMES,
        history=[*audit.of_subject(visit.session, SUBJECT)][::-1],
        problem=problem,
    )
