"""The packet is made of what the store holds, as far as whoever asks may see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from domain.packet import PacketSheet
from domain.settings import Limits
from pipeline.batch_report import BatchReport
from pipeline.work.workplace import Workplace
from store import accounts, judgements
from store.accounts import Role
from store.applications import add_file, open_application
from store.batches import open_batch
from store.judgements import CONFIRM, RaisedFlag
from store.tables import UserRow

TAMPER = "tamper.suspected"


def raised(file: str, code: str, severity: str, page: int | None) -> RaisedFlag:
    content = {
        "code": code,
        "severity": severity,
        "message": "说明",
        "advice": "建议",
        "requirement": {"id": "R-1", "notice": "通知", "quote": "原文"},
        "file": "a.png",
        "page": page,
        "box": [0.1, 0.1, 0.4, 0.2] if page else None,
        "expected": None,
        "found": "81",
        "confidence": 0.9,
    }
    return RaisedFlag(file, content)


@pytest.fixture
def picture(tmp_path: Path) -> bytes:
    path = tmp_path / "a.png"
    Image.new("RGB", (600, 800), (250, 250, 250)).save(path)
    return path.read_bytes()


def test_sheets_with_decisions_and_crops_for_whom_they_are_meant(place: Workplace, picture: bytes) -> None:
    blob = place.blobs.put([picture], 10_000_000)
    now = place.clock()
    with place.database.writing() as session:
        clerk = accounts.create_user(session, now, "王审核", Role.ADMIN)
        applicant = accounts.create_user(session, now, "张三", Role.APPLICANT)
        batch = open_batch(session, now, clerk, blob, "一批.zip")
        declared = {"applicant": {"name": "张三", "employer": "某公司"}}
        row = open_application(session, now, applicant, declared, batch=batch.id, path="甲/张三")
        file = add_file(session, now, clerk, row, blob, "a.png")
        file.pages = 1
        flags = [
            raised("", "period.deadline-passed", "info", None),
            raised(file.id, TAMPER, "warning", 1),
            raised(file.id, "hours.total-short", "error", 1),
        ]
        judgements.keep_review(session, now, row, row.revision, "fail", flags, "{}", {})
        first = next(
            one for one in judgements.current_flags(session, row.id) if one.code == "hours.total-short"
        )
        judgements.decide(session, now, clerk, first, CONFIRM, "看过原件")

        def sheet(user: UserRow) -> PacketSheet:
            report = BatchReport(session, user, batch, place.blobs, Limits())
            assert report.cover(now).verdicts == {"fail": 1}
            (only,) = report.sheets()
            return only

        seen = sheet(clerk)
        assert [(one.number, one.code) for one in seen.flags] == [
            (1, "hours.total-short"),
            (2, TAMPER),
            (3, "period.deadline-passed"),
        ]
        assert [bool(one.crop) for one in seen.flags] == [True, True, False]
        assert [(one.decision, one.by) for one in seen.flags[0].decisions] == [("confirm", "王审核")]
        assert TAMPER not in {one.code for one in sheet(applicant).flags}
