"""The committee's packet: every sheet with its words in print, numbers masked, the face in the file."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from domain.kinds import Severity
from domain.packet import PacketCover, PacketDecision, PacketFlag, PacketSheet
from report.packet_excel import write_packet_excel
from report.packet_pdf import write_packet
from report.privacy import Privacy
from tests.report.screenings import HOSTILE, ID_NUMBER, MASKED

DECIDED = PacketDecision(
    decision="confirm", reason="已看原件。", by="王审核", at=datetime(2020, 8, 5, 1, 30, tzinfo=UTC)
)


def crop() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (300, 200), (200, 30, 30)).save(written, "JPEG")
    return written.getvalue()


def flag(number: int, severity: Severity, picture: bytes | None = None) -> PacketFlag:
    return PacketFlag(
        number=number,
        severity=severity,
        code="hours.total-short",
        message=f"{ID_NUMBER}共81学时。",
        advice="请补学9学时。",
        requirement="C-CE-2",
        notice="关于演示的通知",
        quote="每年度不得少于90学时",
        expected="≥ 90",
        found="81",
        file="ce.jpg",
        page=1,
        crop=picture,
        decisions=(DECIDED,) if number == 1 else (),
    )


COVER = PacketCover(
    batch="2020年.zip",
    made_at=datetime(2020, 9, 1, tzinfo=UTC),
    made_by="王审核",
    verdicts={"fail": 1, "pass": 1},
    problems=(("2020/错", "declaration.json 不是有效的JSON格式。"),),
)
FAILING = PacketSheet(
    path="2020/张三",
    applicant=HOSTILE,
    organisation="某某有限公司",
    plan="p",
    verdict="fail",
    files=2,
    pages=3,
    unread=("锁.pdf",),
    flags=(flag(1, Severity.ERROR, crop()), flag(2, Severity.WARNING)),
)
PASSING = PacketSheet(
    path="2020/李四",
    applicant="李四",
    organisation="",
    plan="p",
    verdict="pass",
    files=1,
    pages=1,
    unread=(),
    flags=(),
)


@pytest.fixture
def pages(tmp_path: Path) -> list[str]:
    """The text of every page in print."""
    target = tmp_path / "report.pdf"
    write_packet(COVER, [FAILING, PASSING], target, Privacy())
    document = pypdfium2.PdfDocument(target)
    texts = [page.get_textpage().get_text_range() for page in document]
    pictures = [len(list(page.get_objects(filter=[3]))) for page in document]
    document.close()
    assert pictures == [0, 1, 0]
    assert b"/FontFile2" in target.read_bytes()
    return texts


def test_a_cover_and_a_sheet_an_applicant(pages: list[str]) -> None:
    cover, failing, passing = pages
    for words in ("2020年.zip", "不符合", "未发现问题", "合计", "2020/错"):
        assert words in cover
    for words in ("共81学时", "请补学9学时", "每年度不得少于90学时", "C-CE-2", "≥ 90", "锁.pdf", "第 2 页"):
        assert words in failing
    assert "认定：已看原件。 王审核 2020-08-05 09:30" in failing.replace("\r\n", " ").replace("　", " ")
    assert "尚未处理" in failing
    assert "李四" in passing


def test_numbers_are_masked_in_print(pages: list[str]) -> None:
    assert ID_NUMBER not in "".join(pages)
    assert MASKED in pages[1]


def test_a_character_that_the_face_lacks_is_seen_to_be_missing(tmp_path: Path) -> None:
    sheet = PASSING.model_copy(update={"applicant": "𠮷喆"})
    write_packet(COVER, [sheet], tmp_path / "report.pdf", Privacy())
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    assert "〓喆" in document[1].get_textpage().get_text_range()
    document.close()


def test_the_workbook_says_who_decided_what(tmp_path: Path) -> None:
    write_packet_excel(COVER, [FAILING, PASSING], tmp_path / "report.xlsx", Privacy())
    book = CalamineWorkbook.from_path(tmp_path / "report.xlsx")
    applicants, flags, left_out = (
        book.get_sheet_by_name(name).to_python() for name in ("申报人", "问题清单", "未能纳入")
    )
    assert [row[4] for row in applicants[1:]] == ["不符合", "未发现问题"]
    assert applicants[1][8] == 1.0
    assert [row[14:18] for row in flags[1:]] == [
        ["认定", "已看原件。", "王审核", "2020-08-05 09:30"],
        ["尚未处理", "", "", ""],
    ]
    assert flags[1][4] == f"{MASKED}共81学时。"
    assert flags[1][0] == f"'{HOSTILE}"
    assert left_out[1][0] == "2020/错"
