"""Files of an application: uploaded, followed, shown, handed back as they came."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import ValidationError

from intake.declarations import wording_of
from intake.names import safe_name
from store import answers
from store.applications import DONE, FAILED, add_file, queue_of
from store.blobs import Blob
from store.tables import ApplicationRow, FileRow
from web.api import composing, problems, shapes
from web.api.applications import Identifier, ShowIdNumbers
from web.api.desk import AtDesk, Desk, Visit
from web.api.forms import Form
from web.api.idempotency import IdempotencyKey, once
from web.api.problems import FieldError
from web.api.uploads import in_upload_thread, stored_form

router = APIRouter(tags=["files"])
_AGAIN = {"Retry-After": "1"}
"""When to ask next how far a file is, in seconds: what is asked sooner is mostly not new."""
ORIGINAL_POLICY = "sandbox; default-src 'none'"
"""An upload is somebody else's: whatever it holds, a browser must run none of it."""


@router.post(
    "/applications/{id}/files",
    status_code=HTTPStatus.ACCEPTED,
    response_model=shapes.Accepted,
)
async def upload(
    request: Request, identifier: Identifier, desk: AtDesk, key: IdempotencyKey = None
) -> JSONResponse:
    """Store a file and queue its reading. ``replaces`` names the file that it stands for from now on."""
    return await in_upload_thread(request, lambda: _receive(request, identifier, desk, key))


def _receive(request: Request, identifier: str, desk: Desk, key: str | None) -> JSONResponse:
    with desk.reading() as visit:  # before a byte is taken
        queue = queue_of(visit.own_application(identifier))
    form = stored_form(request, desk.service.blobs, desk.service.settings.upload_bytes)
    name, blob, told = _told(form)

    def work(visit: Visit) -> dict[str, Any]:
        application = visit.own_application(identifier)
        row = add_file(
            visit.session,
            visit.now,
            visit.user,
            application,
            blob,
            name,
            kind=told.kind.value if told.kind else "",
            is_copy=told.copy_,
            about=told.about,
            replaces=_replaced(visit, application, told.replaces),
        )
        return {"id": row.id, "status_url": f"/api/v1/files/{row.id}"}

    asked = answers.digest_of(
        f"POST /applications/{identifier}/files", name, blob.sha256, answers.canonical(form.fields)
    )
    answer = once(desk, key, asked, work, HTTPStatus.ACCEPTED)
    answer.headers.update(_AGAIN)
    desk.service.bell.ring(queue)
    return answer


def _told(form: Form[Blob]) -> tuple[str, Blob, shapes.UploadForm]:
    """Name and bytes of the one file, and what was said of it."""
    uploads = [(name, blob) for field, name, blob in form.files if field == "file"]
    if len(uploads) != 1 or len(form.files) != 1:
        raise problems.invalid(
            "请在“file”一项中上传一个文件，每次一个。",
            [FieldError(field="file", message="应为一个文件")],
        )
    # What an HTML form leaves empty was not said.
    said = {name: value for name, value in form.fields.items() if value != ""}
    try:
        told = shapes.UploadForm.model_validate({**said, "file": b""})
    except ValidationError as error:
        errors = [
            FieldError(
                field=".".join(map(str, item["loc"])),
                message=wording_of(item["loc"], item["type"], item["input"]),
            )
            for item in error.errors(include_url=False)
        ]
        raise problems.invalid(
            "；".join(one.message for one in errors) + "。请改正后重新上传。", errors
        ) from None
    if "\x00" in told.about + told.replaces:
        raise problems.invalid("上传表单中有空字符，请删去后重新上传。")
    name, blob = uploads[0]
    return safe_name(name), blob, told


def _replaced(visit: Visit, application: ApplicationRow, identifier: str) -> FileRow | None:
    if not identifier:
        return None
    row = visit.session.get(FileRow, identifier)
    if row is None or row.application_id != application.id:
        raise problems.invalid(
            "要替换的文件不属于这份申报，请刷新页面后重试。",
            [FieldError(field="replaces", message="没有这个文件")],
        )
    if row.replaced_at is not None:
        raise problems.conflict("要替换的文件已被替换过，请刷新页面后重试。")
    return row


@router.get("/files/{id}", response_model=shapes.File)
def shown(identifier: Identifier, desk: AtDesk, show_id_numbers: ShowIdNumbers = False) -> JSONResponse:
    """How far the file is, then the file as in ``screen``."""
    with desk.showing(show_id_numbers, identifier) as (visit, privacy):
        document = composing.whole_file(visit, visit.file(identifier), privacy)
    return JSONResponse(document, headers=None if document["status"] in (DONE, FAILED) else _AGAIN)


@router.get(
    "/files/{id}/original",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}},
)
def original(identifier: Identifier, desk: AtDesk) -> Response:
    """The upload as it came, as a download that no browser runs."""
    with desk.reading() as visit:
        row = visit.file(identifier)
    path = desk.service.blobs.path(row.sha256)
    name = row.name.rsplit("/", 1)[-1]
    return StreamingResponse(
        desk.service.blobs.chunks(row.sha256),
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Length": str(path.stat().st_size),
            "Content-Security-Policy": ORIGINAL_POLICY,
            "Cache-Control": "private, no-store",
        },
    )
