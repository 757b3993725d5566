"""The report folder: shapes of the contract, nothing personal unasked, nothing executable."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from python_calamine import CalamineWorkbook
from rich.console import Console

from domain.errors import InputError
from domain.kinds import EvidenceKind, Outcome, Severity, Verdict
from domain.plan import Plan, Requirement
from policies.names import KIND_NAMES
from report.embedding import embedded_pictures
from report.folder import write_reports
from report.json_document import screening_document, written
from report.marked_pages import COLOURS, mark
from report.numbering import numbered
from report.privacy import Privacy
from report.terminal import print_problems, print_screening
from report.words import FIELDS, OUTCOMES, SEVERITIES, VERDICTS
from tests.report.screenings import HOSTILE, ID_NUMBER, MASKED, keep_pictures, screening

PLAN = Plan(
    id="demo-plan",
    title="演示计划",
    notice="关于演示的通知",
    issuer="某市人社局",
    issued=date(2020, 8, 3),
    year=2020,
    counted_to=date(2020, 12, 31),
    requirements=(
        Requirement(id="C-CE-2", title="学时", quote="每年度不得少于90学时", how=("E",)),
        Requirement(
            id="C-TIME",
            title="期限",
            quote="9月19日前汇总",
            how=("P",),
            deadline=date(2020, 9, 19),
            note="请主管部门汇总",
        ),
        Requirement(id="C-LOST", title="无人核对的要求", quote="应当核对", how=("E",)),
    ),
)


def load_plan(plan_id: str) -> Plan:
    if plan_id != PLAN.id:
        raise InputError("form.value-format", "没有该计划。", plan_id)
    return PLAN


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    write_reports(screening(), keep_pictures(out / "pages"), out, Privacy(), load_plan)
    return out


def test_json_has_the_shape_of_the_contract() -> None:
    document = json.loads(written(screening_document(screening(), Privacy())))
    application = document["applications"][0]
    assert document["plan"] == "demo-plan"
    assert {"path", "applicant", "plan", "verdict", "files", "flags"} <= application.keys()
    file = application["files"][0]
    assert {"path", "kind", "fields", "flags"} <= file.keys()
    assert file["fields"]["id_number"] == {
        "value": MASKED,
        "page": 1,
        "box": [0.1, 0.2, 0.3, 0.4],
        "confidence": 0.99,
    }
    shown = "code severity message advice requirement page box expected found confidence"
    assert set(shown.split()) <= file["flags"][0].keys()
    assert file["flags"][0]["requirement"] == {
        "id": "C-CE-2",
        "notice": "关于演示的通知",
        "quote": "每年度不得少于90学时",
    }
    assert application["flags"][0]["page"] is None
    assert [problem["code"] for problem in document["errors"]] == ["file.encrypted"]


def test_id_numbers_are_shown_only_when_asked_for() -> None:
    assert ID_NUMBER not in written(screening_document(screening(), Privacy()))
    assert ID_NUMBER in written(screening_document(screening(), Privacy(show_id_numbers=True)))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"号码{ID_NUMBER}。", f"号码{MASKED}。"),
        ("33060219900101123x", "330602********123x"),
        ("证书编号 330602201399011234", "证书编号 330602201399011234"),
        ("1330602199001011234", "1330602199001011234"),
    ],
)
def test_only_what_can_be_an_id_number_is_masked(text: str, masked: str) -> None:
    assert Privacy().text(text) == masked


def test_a_misread_id_number_is_masked_too() -> None:
    assert Privacy().field("id_number", "33060219900101123") == "330602*******1123"
    assert Privacy().field("number", "33060219900101123") == "33060219900101123"


def test_excel_has_its_sheets_and_no_formula(folder: Path) -> None:
    book = CalamineWorkbook.from_path(str(folder / "report.xlsx"))
    assert book.sheet_names == ["申报人", "问题清单", "核对情况", "识别内容"]
    applicants = book.get_sheet_by_name("申报人").to_python()
    assert applicants[0][:4] == ["申报人", "文件夹", "评审计划", "结论"]
    assert applicants[1][0] == f"'{HOSTILE}"
    assert applicants[1][4:7] == [2, 1, 1]
    problems = book.get_sheet_by_name("问题清单").to_python()
    assert [row[13] for row in problems[1:]] == [
        "hours.total-short",
        "file.encrypted",
        "seal.unreadable",
        "period.deadline-passed",
    ]
    with zipfile.ZipFile(folder / "report.xlsx") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
        links = archive.read("xl/worksheets/_rels/sheet2.xml.rels").decode()
    assert b"<f>" not in everything
    assert ID_NUMBER.encode() not in everything
    targets = re.findall(r'Target="([^"]+)"', links)
    assert len(targets) == 2


def test_every_requirement_says_what_became_of_it(folder: Path) -> None:
    book = CalamineWorkbook.from_path(str(folder / "report.xlsx"))
    rows = book.get_sheet_by_name("核对情况").to_python()
    assert [row[1:5] for row in rows[1:4]] == [
        ["C-CE-2", "学时", "有问题", ""],
        ["C-TIME", "期限", "人工办理", "请主管部门汇总；截止 2020-09-19"],
        ["C-LOST", "无人核对的要求", "未核对，请人工核对", ""],
    ]
    assert "未核对，请人工核对" in (folder / "report.html").read_text(encoding="utf-8")


def test_rows_of_tables_are_among_what_was_read(folder: Path) -> None:
    book = CalamineWorkbook.from_path(str(folder / "report.xlsx"))
    rows = book.get_sheet_by_name("识别内容").to_python()
    assert [row[3:5] for row in rows[1:]] == [
        ["姓名", f"'{HOSTILE}"],
        ["身份证号", MASKED],
        ["1. 总学时", "81"],
    ]


def test_links_of_the_sheet_lead_to_marked_pages(folder: Path) -> None:
    pages = sorted(path.relative_to(folder).as_posix() for path in (folder / "marked").rglob("*.jpg"))
    assert len(pages) == 2
    assert all(name.endswith(("-p1.jpg", "-p2.jpg")) for name in pages)


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_html_is_one_harmless_page(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    parser = Elements()
    parser.feed(page)
    assert [tag for tag, _ in parser.tags].count("script") == 2
    assert not any("src" in attributes or "href" in attributes for _, attributes in parser.tags)
    assert "<script>alert" not in page
    assert ID_NUMBER not in page
    assert page.count("data:image/jpeg;base64,") == 2
    flags = [one for tag, one in parser.tags if tag == "article"]
    assert [one["class"] for one in flags] == ["flag error", "flag error", "flag warning", "flag info"]
    assert flags[0]["data-box"] == "0.10000,0.20000,0.30000,0.40000"
    assert "data-file" not in flags[3]


def test_pictures_beyond_the_budget_are_linked(tmp_path: Path) -> None:
    pictures = keep_pictures(tmp_path / "pages")
    sources = list(embedded_pictures(screening().applications, pictures, tmp_path, budget=1).values())
    assert sources[0].startswith("data:image/jpeg;base64,")
    assert (tmp_path / sources[1]).is_file()


def test_a_mark_lies_where_the_flag_says() -> None:
    one = numbered(screening().applications[0])[0]
    picture = mark(Image.new("RGB", (1000, 1000), (255, 255, 255)), [one])
    left = [x for x in range(60, 140) if picture.getpixel((x, 300)) == COLOURS[one.flag.severity]]
    assert left
    assert all(abs(x - 96) <= 4 for x in left)
    assert picture.getpixel((200, 300)) == (255, 255, 255)


def test_terminal_table_is_masked_and_plain() -> None:
    written_text = io.StringIO()
    console = Console(file=written_text, width=160, force_terminal=False)
    print_screening(screening(), Privacy(), console)
    print_problems(screening().problems, console)
    shown = written_text.getvalue()
    assert "李四" in shown
    assert "未发现问题" in shown
    assert "无法读取 甲/张三/locked.pdf：文件已加密。" in shown
    assert MASKED in shown
    assert ID_NUMBER not in shown


def test_every_word_of_the_contract_has_a_chinese_one() -> None:
    assert set(KIND_NAMES) == set(EvidenceKind)
    assert set(VERDICTS) == set(Verdict)
    assert set(SEVERITIES) == set(Severity)
    assert set(OUTCOMES) == set(Outcome)
    assert all(FIELDS.values())
