"""Finding applications: folders at any depth, evidence, declared files that are absent, links, workbooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from domain.errors import InputError
from domain.settings import Limits
from intake.applications import Batch, find_applications
from intake.workbook import read_workbook

PERSON = {"applicant": {"name": "王小明"}}


def put(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def declare(folder: Path, **more: Any) -> None:
    put(folder / "declaration.json", json.dumps({**PERSON, **more}).encode())


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def names(batch: Batch) -> list[str]:
    return [application.name for application in batch.applications]


def test_every_folder_with_a_declaration_is_found_with_its_evidence(tmp_path: Path) -> None:
    declare(tmp_path / "a", evidence=[{"file": "学时\\2019.jpg", "kind": "ce_record", "copy": True}])
    put(tmp_path / "a" / "学时" / "2019.jpg")
    put(tmp_path / "a" / "b.pdf")
    declare(tmp_path / "a" / "inner")
    put(tmp_path / "a" / "inner" / "c.pdf")
    declare(tmp_path / "deep" / "er" / "d")
    batch = find_applications(tmp_path)
    assert batch.problems == ()
    assert names(batch) == ["a", "a/inner", "deep/er/d"]
    outer, inner, _ = batch.applications
    assert [entry.name for entry in outer.evidence] == ["b.pdf", "学时/2019.jpg"]
    assert [entry.name for entry in inner.evidence] == ["c.pdf"]
    declared = outer.evidence[1].declared
    assert declared is not None
    assert declared.copy_ is True
    assert outer.evidence[0].declared is None


def test_the_root_itself_may_be_the_application(tmp_path: Path) -> None:
    declare(tmp_path)
    put(tmp_path / "a.jpg")
    (application,) = find_applications(tmp_path).applications
    assert application.name == tmp_path.name
    assert [entry.name for entry in application.evidence] == ["a.jpg"]


def test_clutter_and_links_are_passed_over(tmp_path: Path) -> None:
    secret = put(tmp_path / "outside" / "secret.jpg")
    home = tmp_path / "batch" / "a"
    declare(home)
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", ".hidden.jpg", "__MACOSX/a.jpg"):
        put(home / name)
    (home / "link.jpg").symlink_to(secret)
    (home / "linked").symlink_to(secret.parent)
    (tmp_path / "batch" / "loop").symlink_to(tmp_path / "batch")
    batch = find_applications(tmp_path / "batch")
    assert names(batch) == ["a"]
    assert batch.applications[0].evidence == ()


def test_composed_and_decomposed_names_are_the_same_file(tmp_path: Path) -> None:
    declare(tmp_path / "a", evidence=[{"file": "./caf\u00e9.jpg"}])
    put(tmp_path / "a" / "cafe\u0301.jpg")
    (application,) = find_applications(tmp_path).applications
    assert application.problems == ()
    assert application.evidence[0].declared is not None


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("../b/b.jpg", "文件夹以外"),
        ("..\\b\\b.jpg", "文件夹以外"),
        ("/etc/passwd", "文件夹以外"),
        ("C:\\b.jpg", "文件夹以外"),
        ("absent.jpg", "没有这个文件"),
    ],
)
def test_declared_files_outside_or_absent_are_reported_and_not_opened(
    file: str, words: str, tmp_path: Path
) -> None:
    put(tmp_path / "b" / "b.jpg")
    declare(tmp_path / "b")
    declare(tmp_path / "a", evidence=[{"file": file}])
    application = find_applications(tmp_path).applications[0]
    assert application.evidence == ()
    (problem,) = application.problems
    assert words in problem.message


def test_a_broken_declaration_keeps_its_folder_and_spares_the_others(tmp_path: Path) -> None:
    put(tmp_path / "a" / "declaration.json", b"{")
    put(tmp_path / "a" / "a.jpg")
    declare(tmp_path / "b")
    broken, whole = find_applications(tmp_path).applications
    assert broken.declaration is None
    assert len(broken.evidence) == 1
    assert "a/declaration.json" in broken.problems[0].message
    assert whole.declaration is not None


def test_evidence_without_a_declaration_is_reported(tmp_path: Path) -> None:
    declare(tmp_path / "a")
    put(tmp_path / "b" / "scan.JPG")
    put(tmp_path / "notes" / "readme.txt")
    (problem,) = find_applications(tmp_path).problems
    assert "“b”" in problem.message
    assert "declaration.json" in problem.message
    (problem,) = find_applications(tmp_path / "b").problems
    assert "“b”" in problem.message


def test_an_absent_folder_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="无法打开"):
        find_applications(tmp_path / "absent")


def test_a_workbook_declares_for_folders_by_name(tmp_path: Path) -> None:
    put(tmp_path / "001" / "ce.jpg")
    put(tmp_path / "李四" / "a.jpg")
    workbook(
        tmp_path / "declarations.xlsx",
        {
            "applicant": [
                ["folder", "name", "id_number", "current_title.name", "plan"],
                ["001", "王小明", "330621198001010010", "高级工程师", "shaoxing-construction-2020"],
                ["李四", "李四"],
                ["absent", "赵五"],
            ],
            "continuing_education": [["folder", "year", "total"], ["001", 2018, 96], ["001", "2019", 81.5]],
            "papers": [
                ["folder", "title", "authors", "issue", "year"],
                ["001", "论钢", "王小明；李四、赵五", 5, 2018],
            ],
            "evidence": [["folder", "file", "kind", "copy"], ["001", "ce.jpg", "ce_record", "是"]],
        },
    )
    batch = find_applications(tmp_path)
    assert names(batch) == ["001", "李四"]
    declaration = batch.applications[0].declaration
    assert declaration is not None
    assert declaration.plan == "shaoxing-construction-2020"
    assert declaration.applicant.current_title is not None
    assert declaration.applicant.current_title.name == "高级工程师"
    assert [(hours.year, hours.total) for hours in declaration.continuing_education] == [
        (2018, 96),
        (2019, 81.5),
    ]
    assert declaration.papers[0].authors == ("王小明", "李四", "赵五")
    assert declaration.papers[0].issue == "5"
    assert batch.applications[0].evidence[0].declared is not None
    (problem,) = batch.problems
    assert "absent" in problem.message


def test_a_wrong_row_spoils_only_its_own_application(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "declarations.xlsx",
        {
            "applicant": [["folder", "name"], ["a", "王小明"], ["b", "李四"]],
            "assessments": [["folder", "year", "result"], ["b", "去年", "合格"]],
        },
    )
    rows = read_workbook(path, Limits())
    assert not isinstance(rows["a"], InputError)
    assert isinstance(rows["b"], InputError)
    assert "“assessments”表第2行B列的 year（年度）应为整数" in rows["b"].message


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"papers": [["folder", "title"]]}, "没有名为“applicant”的工作表"),
        ({"applicant": [["name"], ["王小明"]]}, "第一列的标题应为“folder”"),
        ({"applicant": [["folder", "name"], ["a", "王"], ["a", "李"]]}, "出现多次"),
        ({"applicant": [["folder", "name"], ["", "王"]]}, "第2行没有填写"),
        (
            {"applicant": [["folder", "name"]], "papers": [["folder", "title"], ["z", "题"]]},
            "“applicant”表中没有",
        ),
    ],
)
def test_a_workbook_that_cannot_be_joined_is_refused(
    sheets: dict[str, list[list[object]]], words: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=words):
        read_workbook(workbook(tmp_path / "declarations.xlsx", sheets), Limits())


def test_a_file_that_is_no_workbook_or_has_too_many_cells_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="不是可识别的Excel工作簿"):
        read_workbook(put(tmp_path / "declarations.xlsx", b"PK\x03\x04 no workbook"), Limits())
    book = xlsxwriter.Workbook(str(tmp_path / "wide.xlsx"))
    sheet = book.add_worksheet("applicant")
    sheet.write(0, 0, "folder")
    sheet.write(1_048_575, 16_383, "far away")
    book.close()
    with pytest.raises(InputError, match="内容过多"):
        read_workbook(tmp_path / "wide.xlsx", Limits())


def test_one_row_for_two_folders_of_the_same_name_is_reported(tmp_path: Path) -> None:
    put(tmp_path / "x" / "001" / "a.jpg")
    put(tmp_path / "y" / "001" / "a.jpg")
    workbook(tmp_path / "declarations.xlsx", {"applicant": [["folder", "name"], ["001", "王小明"]]})
    batch = find_applications(tmp_path)
    assert names(batch) == ["x/001", "y/001"]
    for application in batch.applications:
        assert application.declaration is None
        assert "同名文件夹" in application.problems[0].message
