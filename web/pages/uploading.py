"""Evidence from the applicant's form: several files at once, streamed to the store as the API's are.

The form's token comes with its fields, after the session is known and before anything is written down.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from domain.kinds import EvidenceKind
from intake.names import safe_name
from store.accounts import Role
from store.applications import add_file, queue_of
from store.blobs import Blob
from store.tables import ApplicationRow, FileRow
from web.api import problems
from web.api.applications import Identifier
from web.api.desk import CSRF_HEADER, SESSION_COOKIE, Desk
from web.api.forms import Form
from web.api.uploads import arriving_form, in_upload_thread
from web.pages.door import CSRF_FIELD, Door
from web.pages.rendering import rendered
from web.pages.routing import is_partial, page_router

router = page_router()

MOST_AT_ONCE = 30
_FIELDS = {CSRF_FIELD, "file", "kind", "copy", "about", "replaces"}


class Doorway(Desk):
    """Who sends a form whose token has not come yet: may look, must not write."""

    def __init__(self, request: Request) -> None:
        super().__init__(request, "", request.cookies.get(SESSION_COOKIE, ""))

    def _demand_csrf(self, csrf: str) -> None:
        return


@router.post("/mine/{id}/files")
async def upload(request: Request, identifier: Identifier) -> Response:
    return await in_upload_thread(request, lambda: _receive(request, identifier))


def _receive(request: Request, identifier: str) -> Response:
    doorway = Doorway(request)
    with doorway.reading() as visit:  # before a byte is taken
        visit.own_application(identifier)
    service = doorway.service
    most = service.settings.upload_bytes

    def keep(name: str, content: Iterator[bytes]) -> Blob | None:
        if name:
            return service.blobs.put(content, most)
        deque(content, maxlen=0)  # nothing was chosen
        return None

    form = arriving_form(request, most * MOST_AT_ONCE, keep)
    files = [(safe_name(name), blob) for _, name, blob in form.files if blob is not None and blob.size]
    _demand_sound(form, len(files))
    with door_of(request, form.fields).writing(Role.APPLICANT) as visit:
        row = visit.own_application(identifier)
        replaced = _replaced(visit.session, row, form.fields.get("replaces", ""))
        for name, blob in files:
            add_file(
                visit.session,
                visit.now,
                visit.user,
                row,
                blob,
                name,
                kind=form.fields.get("kind", "") or (replaced.kind if replaced else ""),
                is_copy=form.fields.get("copy") == "yes" or (replaced.is_copy if replaced else False),
                about=form.fields.get("about", "") or (replaced.about if replaced else ""),
                replaces=replaced,
            )
        queue = queue_of(row)
    service.bell.ring(queue)
    if is_partial(request):
        return Response(rendered("parts/received.html", request, number=len(files)), media_type="text/html")
    return RedirectResponse(f"/mine/{identifier}", 303)


def door_of(request: Request, fields: dict[str, str]) -> Door:
    """The door with the token that came in the header or in the form."""
    sent = request.headers.get(CSRF_HEADER, "") or fields.get(CSRF_FIELD, "")
    return Door(request, request.cookies.get(SESSION_COOKIE, ""), sent)


def _demand_sound(form: Form[Blob | None], number: int) -> None:
    if not number:
        raise problems.invalid("没有选择文件，或文件是空的；请选择扫描件或照片后再上传。")
    if number > MOST_AT_ONCE or (form.fields.get("replaces") and number > 1):
        most = 1 if form.fields.get("replaces") else MOST_AT_ONCE
        raise problems.invalid(f"一次最多上传{most}个文件，请分次上传。")
    kind, about = form.fields.get("kind", ""), form.fields.get("about", "")
    if set(form.fields) - _FIELDS or (kind and kind not in set(EvidenceKind)) or len(about) > 80:
        raise problems.invalid("材料种类或证明内容不是列表中的，请刷新页面后重新选择。")


def _replaced(session: Session, application: ApplicationRow, identifier: str) -> FileRow | None:
    if not identifier:
        return None
    row = session.get(FileRow, identifier)
    if row is None or row.application_id != application.id:
        raise problems.invalid("要替换的文件不属于这份申报，请刷新页面后重试。")
    if row.replaced_at is not None:
        raise problems.conflict("要替换的文件已被替换过，请刷新页面后重试。")
    return row
