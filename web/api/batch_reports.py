"""The committee's packet of a batch, in print and as a workbook, out of what is stored."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from domain.packet import PacketCover, PacketSheet
from pipeline.batch_report import BatchReport
from report.packet_excel import write_packet_excel
from report.packet_pdf import write_packet
from report.privacy import Privacy
from web.api.applications import Identifier
from web.api.desk import AtDesk, Desk

router = APIRouter(tags=["batches"])
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Write = Callable[[PacketCover, Iterable[PacketSheet], Path, Privacy], None]


def _answers(media_type: str) -> dict[int | str, dict[str, object]]:
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/batches/{id}/report.pdf", response_class=FileResponse, responses=_answers(PDF))
def printed(identifier: Identifier, desk: AtDesk) -> FileResponse:
    """One sheet (or more) an applicant, with the place of each flag on its page."""
    return _report(desk, identifier, "report.pdf", PDF, write_packet, crops=True)


@router.get("/batches/{id}/report.xlsx", response_class=FileResponse, responses=_answers(XLSX))
def workbook(identifier: Identifier, desk: AtDesk) -> FileResponse:
    """Applicants, flags and decisions as rows."""
    return _report(desk, identifier, "report.xlsx", XLSX, write_packet_excel, crops=False)


def _report(
    desk: Desk, identifier: str, name: str, media_type: str, write: Write, *, crops: bool
) -> FileResponse:
    service = desk.service
    with desk.reading() as visit:
        limits = service.settings.limits if crops else None
        report = BatchReport(visit.session, visit.user, visit.batch(identifier), service.blobs, limits)
        with tempfile.NamedTemporaryFile(dir=service.settings.data, delete=False) as file:
            target = Path(file.name)
        try:
            write(report.cover(visit.now), report.sheets(), target, Privacy())
        except BaseException:
            target.unlink()
            raise
    return FileResponse(
        target, media_type=media_type, filename=name, background=BackgroundTask(target.unlink)
    )
