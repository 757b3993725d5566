"""Every bad input of the brief among good files: named, with its code, and the rest goes on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from fixtures.hostile.build import build
from tests.cli.screening import DEMO, Screened, screen

pytestmark = pytest.mark.reader

CODES = {
    "truncated.jpg": "file.unreadable",
    "text.jpg": "file.unsupported",
    "locked.pdf": "file.encrypted",
    "empty.pdf": "file.unreadable",
    "huge.png": "file.too-large",
    "absurd.pdf": "file.too-large",
    "cut.pdf": "file.unreadable",
}


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    root = tmp_path_factory.mktemp("batch")
    hostile = tmp_path_factory.mktemp("hostile")
    build(hostile)
    source = DEMO / "04-hours-short"
    bad = root / "bad"
    bad.mkdir()
    shutil.copy(source / "ce-2019.jpg", bad)
    for name in (*CODES, "gigapixel.pdf"):
        shutil.copy(hostile / name, bad)
    shutil.copy(source / "ce-2018.jpg", bad / "学时\n证明.jpg")
    declaration = json.loads((source / "declaration.json").read_text(encoding="utf-8"))
    declaration["evidence"] = [
        {"file": "ce-2019.jpg", "kind": "ce_record"},
        {"file": "../outside.jpg", "kind": "ce_record"},
    ]
    write(bad, declaration)
    wrong = root / "wrong-types"
    wrong.mkdir()
    write(wrong, {"applicant": {"name": 7}, "continuing_education": "none"})
    shutil.copy(source / "photo.jpg", wrong)
    none = root / "no-declaration"
    none.mkdir()
    shutil.copy(source / "photo.jpg", none)
    good = root / "good"
    good.mkdir()
    shutil.copy(source / "ce-2018.jpg", good)
    write(good, declaration | {"evidence": [{"file": "ce-2018.jpg", "kind": "ce_record"}]})
    return screen(root)


def write(folder: Path, declaration: dict[str, Any]) -> None:
    (folder / "declaration.json").write_text(json.dumps(declaration, ensure_ascii=False), encoding="utf-8")


def files(screened: Screened, name: str) -> dict[str, dict[str, Any]]:
    return {file["path"]: file for file in screened.applications[name]["files"]}


def test_the_exit_status_says_that_some_input_could_not_be_read(screened: Screened) -> None:
    assert screened.status == 1


@pytest.mark.parametrize(("name", "code"), sorted(CODES.items()))
def test_a_bad_file_is_named_with_its_code_and_what_to_do(screened: Screened, name: str, code: str) -> None:
    flags = [flag for flag in files(screened, "bad")[name]["flags"] if flag["code"].startswith("file.")]
    assert [flag["code"] for flag in flags] == [code]
    assert name in flags[0]["message"]
    assert flags[0]["advice"]


def test_the_good_files_beside_bad_ones_are_screened(screened: Screened) -> None:
    flags = {flag["code"] for flag in files(screened, "bad")["ce-2019.jpg"]["flags"]}
    assert {"hours.total-short", "hours.category-short"} <= flags
    assert "good" in screened.applications


def test_a_page_of_gigapixels_is_drawn_small_or_refused_but_never_crashes(screened: Screened) -> None:
    assert "gigapixel.pdf" in files(screened, "bad")


def test_a_name_with_a_line_break_is_shown_on_one_line(screened: Screened) -> None:
    (shown,) = [name for name in files(screened, "bad") if "学时" in name]
    assert "\n" not in shown
    assert files(screened, "bad")[shown]["kind"] == "ce_record"


def test_evidence_outside_the_folder_is_reported_and_not_opened(screened: Screened) -> None:
    assert any("outside.jpg" in flag["message"] for flag in screened.flags("bad"))


def test_an_application_that_cannot_be_judged_stays_in_the_list_with_its_reason(screened: Screened) -> None:
    flags = screened.flags("wrong-types")
    assert any(flag["code"] == "form.value-format" and flag["severity"] == "error" for flag in flags)
    assert screened.applications["wrong-types"]["verdict"] == "fail"


def test_a_folder_without_a_declaration_is_named(screened: Screened) -> None:
    (problem,) = [one for one in screened.problems if one["path"] == "no-declaration"]
    assert "declaration.json" in problem["message"]
