"""``replay``, ``tune`` and ``thresholds`` as people start them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import cli
from checks.thresholds import THRESHOLDS
from domain.errors import InputError, SetupError
from pipeline import real_tools
from policies.plan_files import BUILT_IN
from tests.cli.test_command_line import application
from tests.pipeline import recorded
from tests.pipeline.demo_batch import demo_tools, kept_in, read_demo

PLAN = "shaoxing-construction-2020"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HEZHENG_LISTS", raising=False)
    return tmp_path / "data"


def run(*words: object) -> Result:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


def told(*words: object) -> dict[str, Any]:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    document: dict[str, Any] = json.loads(result.stdout)
    return document


@pytest.fixture
def soft_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A batch screened by the real checks, whose one page is out of focus."""
    monkeypatch.setattr(real_tools, "reading_tools", recorded.soft_reading_tools)
    application(tmp_path / "batch", "张三", "pages 1")
    path = tmp_path / "batch" / "张三" / "declaration.json"
    declaration = json.loads(path.read_text(encoding="utf-8")) | {"plan": PLAN}
    path.write_text(json.dumps(declaration, ensure_ascii=False), encoding="utf-8")
    return tmp_path / "batch"


def illegible(batch: Path, out: Path) -> int:
    result = run("screen", batch, "--out", out, "--format", "json", "--workers", 1)
    assert result.exit_code == 0, result.stderr
    (one,) = json.loads(result.stdout)["applications"]
    return sum(flag["code"] == "page.illegible" for flag in one["files"][0]["flags"])


def test_a_batch_screened_with_out_is_replayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_tools, "reading_tools", recorded.reading_tools)
    monkeypatch.setattr(real_tools, "judging_tools", recorded.judging_tools)
    application(tmp_path / "batch", "张三")
    application(tmp_path / "batch", "李四", "code file.encrypted")
    (tmp_path / "batch" / "王五").mkdir()
    (tmp_path / "batch" / "王五" / "declaration.json").write_text("{", encoding="utf-8")
    out = tmp_path / "out"
    assert run("screen", tmp_path / "batch", "--out", out, "--workers", 1).exit_code == 1
    document = told("replay", out)
    assert document["summary"] == {
        "applications": 3,
        "changed": 0,
        "verdicts": [
            {"before": "fail", "after": "fail", "applications": 2},
            {"before": "review", "after": "review", "applications": 1},
        ],
    }


def test_a_plan_file_names_exactly_the_one_who_fails(tmp_path: Path) -> None:
    """01 has 96 hours in 2018, 11 has 98: of 97 asked for, one is short."""
    text = (BUILT_IN / f"{PLAN}.toml").read_text(encoding="utf-8")
    asked = "years = [2018, 2019], total = 90"
    assert asked in text
    plan = tmp_path / f"{PLAN}.toml"
    plan.write_text(text.replace(asked, "years = [2018], total = 97"), encoding="utf-8")
    read = read_demo("01-clean", "11-blacklist", files=("ce-2018.jpg",))
    out = kept_in(tmp_path / "out", read, demo_tools(tmp_path / "data" / "lists"))
    (person,) = told("replay", out, "--plan", plan)["applications"]
    assert person["path"] == "01-clean"
    assert [(flag["code"], flag["expected"]) for flag in person["came"]] == [("hours.total-short", "≥ 97")]
    text_output = run("replay", out, "--plan", plan).stdout
    assert "共 2 份申报" in text_output
    assert "每年度不得少于90学时" in text_output


def test_lists_still_to_be_imported_bring_their_flag(tmp_path: Path) -> None:
    read = read_demo("02-clean-paper", files=("ce-2018.jpg",))
    out = kept_in(tmp_path / "out", read, real_tools.judging_tools({}))
    lists = tmp_path / "lists"
    lists.mkdir()
    assert run("replay", out, "--lists", lists).exit_code == 2
    (lists / "blacklist.csv").write_text("title,kind,reason\n浙东土木,illegal,演示\n", encoding="utf-8")
    (person,) = told("replay", out, "--lists", lists)["applications"]
    assert person["applicant"] == "宋国天"
    assert [flag["code"] for flag in person["came"]] == ["journal.blacklisted"]
    assert told("replay", out)["applications"] == []


def test_tune_shows_a_flag_go_and_saves_nothing_until_told(
    soft_batch: Path, tmp_path: Path, data: Path
) -> None:
    out = tmp_path / "out"
    assert illegible(soft_batch, out) == 1
    trial = told("tune", "page.legible", out, "--threshold", "soft=0.05")
    assert trial["flags"] == {"before": 1, "after": 0}
    assert trial["saved"] is False
    assert trial["clerks"] is None
    (person,) = trial["applications"]
    assert [flag["code"] for flag in person["gone"]] == ["page.illegible"]
    assert told("tune", "page.legible", "--threshold", "soft=0.05") == trial, "the last batch by itself"
    assert not (data / "thresholds.toml").exists()
    assert illegible(soft_batch, out) == 1
    assert told("tune", "page.legible", out, "--threshold", "soft=0.05", "--save")["saved"] is True
    assert illegible(soft_batch, out) == 0
    assert "soft 为 0.05（默认 0.12）" in told("replay", out)["notes"][0]
    assert "soft 为 0.05（默认 0.12）" in run("doctor").stdout
    assert told("replay", out, "--plan", BUILT_IN / f"{PLAN}.toml")["applications"] == []
    back = told("tune", "page.legible", out, "--threshold", "soft=0.12", "--save")
    assert back["thresholds"] == [{"name": "soft", "before": 0.05, "after": 0.12}]
    assert back["flags"] == {"before": 0, "after": 1}
    assert "soft" not in (data / "thresholds.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no.check", "--threshold", "1"), "page.legible"),
        (("page.legible", "--threshold", "0.1"), "poor_lines、soft"),
        (("page.legible", "--threshold", "soft=9"), "0.02–0.4"),
        (("page.legible", "--threshold", "soft=nan"), "0.02–0.4"),
        (("page.legible", "--threshold", "soft=much"), "不是数值"),
        (("page.legible", "--threshold", "hard=1"), "poor_lines、soft"),
        (("page.legible",), "0.02–0.4"),
        (("seal.readable", "--threshold", "0.2"), "没有最近的批次"),
    ],
)
def test_what_tune_cannot_do_is_said_with_what_there_is(words: tuple[str, ...], said: str) -> None:
    result = run("tune", *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_what_cannot_be_replayed_is_said(tmp_path: Path) -> None:
    assert run("replay", tmp_path / "absent").exit_code == 2
    empty = run("replay", tmp_path)
    assert isinstance(empty.exception, InputError)
    assert "hezheng screen DIR --out" in empty.exception.message
    kept_in(tmp_path / "out", read_demo("01-clean", files=()), real_tools.judging_tools({}))
    assert run("replay", tmp_path / "out", "--weights", "abc").exit_code == 2
    assert run("replay", tmp_path / "out", "--plan", tmp_path / "absent.toml").exit_code == 2
    assert run("replay", tmp_path / "out", "--plan", "no-such-plan").exit_code == 2


def test_every_threshold_is_listed_with_what_was_measured(data: Path) -> None:
    listed = told("thresholds")["thresholds"]
    assert [(one["check"], one["name"]) for one in listed] == [(one.check, one.name) for one in THRESHOLDS]
    assert all(one["measured"] for one in listed)
    assert all(one["default"] in [value["value"] for value in one["measured"]] for one in listed)
    assert run("thresholds", "no.check").exit_code == 2
    (data / "thresholds.toml").write_text('["page.legible"]\nsoft = 0.3\n', encoding="utf-8")
    shown = run("thresholds", "page.legible").stdout
    assert "0.3（默认 0.12）" in shown
    assert "tamper.text" not in shown


def test_a_thresholds_file_that_is_wrong_is_refused(data: Path) -> None:
    data.mkdir(parents=True)
    for wrong in ("[broken", '["page.legible"]\nsoft = 7\n', "soft = 1\n", '["page.legible"]\nsoft = true\n'):
        (data / "thresholds.toml").write_text(wrong, encoding="utf-8")
        with pytest.raises(SetupError, match="阈值文件"):
            real_tools.judging_tools()
        assert "[缺少] 检查阈值" in run("doctor").stdout
