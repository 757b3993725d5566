"""The committee's packet of a batch, out of what the store holds: nothing is read or judged again.

Sheets come one after another, so that a batch of thousands needs no more memory than one of few.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.geometry import Box
from domain.kinds import Severity
from domain.packet import PacketCover, PacketDecision, PacketFlag, PacketSheet
from domain.settings import Limits
from pipeline.crops import Place, crops_of
from store import listing
from store.applications import FAILED
from store.batches import applications_of, progress
from store.blobs import Blobs
from store.errors import BlobMissingError
from store.listing import Decision
from store.tables import ApplicationRow, BatchRow, FileRow, FlagRow, UserRow

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class BatchReport:
    """``user``: who asks; flags that she is not shown appear nowhere, nor in a verdict.

    ``limits``: of the drawing of pages; ``None`` leaves the crops out.
    """

    session: Session
    user: UserRow
    batch: BatchRow
    blobs: Blobs
    limits: Limits | None = None

    def cover(self, now: datetime) -> PacketCover:
        verdicts: dict[str, int] = {}
        for row in applications_of(self.session, self.batch.id):
            verdict = listing.verdict_of(self.session, self.user, row)
            verdicts[verdict] = verdicts.get(verdict, 0) + 1
        problems = progress(self.session, self.batch).problems
        return PacketCover(
            batch=self.batch.name,
            made_at=now,
            made_by=self.user.name,
            verdicts=verdicts,
            problems=tuple((str(one["path"]), str(one["message"])) for one in problems),
        )

    def sheets(self) -> Iterator[PacketSheet]:
        """One an applicant, in the order of their folders."""
        for row in applications_of(self.session, self.batch.id):
            yield self._sheet(row)

    def _sheet(self, row: ApplicationRow) -> PacketSheet:
        files = listing.files(self.session, [row.id])[row.id]
        flags = listing.flags(self.session, self.user, [row.id])[row.id]
        decided = listing.decisions(self.session, self.user, [flag.id for flag in flags])
        named = {file.id: file for file in files}
        flags.sort(key=lambda flag: _rank(flag, files))
        crops = self._crops(flags, named)
        return PacketSheet(
            path=row.path,
            applicant=row.applicant,
            organisation=row.organisation,
            plan=row.plan,
            verdict=listing.verdict_of(self.session, self.user, row),
            files=len(files),
            pages=sum(file.pages for file in files),
            unread=tuple(file.name for file in files if file.status == FAILED),
            flags=tuple(
                _flag(number, flag, named.get(flag.file_id), decided[flag.id], crops.get(flag.id))
                for number, flag in enumerate(flags, start=1)
            ),
        )

    def _crops(self, flags: Sequence[FlagRow], files: Mapping[str, FileRow]) -> dict[str, bytes]:
        """Crops by the flag's id; every file is opened once."""
        if self.limits is None:
            return {}
        crops: dict[str, bytes] = {}
        for file in files.values():
            places = {flag.id: place for flag in flags if flag.file_id == file.id and (place := _place(flag))}
            if not places:
                continue
            try:
                upload = self.blobs.path(file.sha256)
            except BlobMissingError:
                continue  # the packet says so by having no picture
            drawn = crops_of(upload, file.name, self.limits, places.values(), self._rotations(file))
            crops |= {flag: drawn[place] for flag, place in places.items() if place in drawn}
        return crops

    def _rotations(self, file: FileRow) -> dict[int, int]:
        row = listing.newest_reading(self.session, file.sha256)
        pages = json.loads(zlib.decompress(row.content))["pages"] if row is not None else []
        return {int(page["number"]): int(page["rotation"]) for page in pages}


def _rank(flag: FlagRow, files: Sequence[FileRow]) -> tuple[int, int, int]:
    """Errors first, then by file and page; what is about no one file comes last."""
    order = {file.id: number for number, file in enumerate(files)}
    severity = _ORDER.index(Severity(flag.severity))
    return severity, order.get(flag.file_id, len(files)), flag.content.get("page") or 0


def _place(flag: FlagRow) -> Place | None:
    page, box = flag.content.get("page"), flag.content.get("box")
    return (int(page), Box.clipped(*box)) if page and box else None


def _flag(
    number: int, row: FlagRow, file: FileRow | None, decided: Sequence[Decision], crop: bytes | None
) -> PacketFlag:
    content, requirement = row.content, row.content["requirement"]
    return PacketFlag(
        number=number,
        severity=Severity(row.severity),
        code=row.code,
        message=content["message"],
        advice=content["advice"],
        requirement=requirement["id"],
        notice=requirement["notice"],
        quote=requirement["quote"],
        expected=content["expected"] or "",
        found=content["found"] or "",
        file=file.name if file is not None else content.get("file") or "",
        page=content["page"],
        crop=crop,
        decisions=tuple(
            PacketDecision(decision=one.row.decision, reason=one.row.reason, by=one.by, at=one.row.decided_at)
            for one in decided
        ),
    )
