"""The command line: exit status, one JSON document on standard output, Chinese errors, quick help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from pipeline import real_tools
from policies import plan_ids
from tests.pipeline import recorded

ROOT = Path(cli.__file__).parent


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Commands with the recorded engine in place of the networks."""
    monkeypatch.setattr(real_tools, "reading_tools", recorded.reading_tools)
    monkeypatch.setattr(real_tools, "judging_tools", recorded.judging_tools)
    monkeypatch.setattr(real_tools, "understand", recorded.understand)
    return CliRunner()


def application(folder: Path, name: str, content: str = "pages 2") -> None:
    own = folder / name
    own.mkdir(parents=True)
    declaration = {"plan": recorded.PLAN.id, "applicant": {"name": name}, "evidence": [{"file": "a.png"}]}
    (own / "declaration.json").write_text(json.dumps(declaration, ensure_ascii=False), encoding="utf-8")
    (own / "a.png").write_text(content, encoding="utf-8")


def test_screen_writes_one_json_document_and_the_report_folder(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path / "data"))
    application(tmp_path / "batch", "张三")
    out = tmp_path / "out"
    result = runner.invoke(
        cli.app, ["screen", str(tmp_path / "batch"), "--format", "json", "--out", str(out), "--workers", "1"]
    )
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["applications"][0]["applicant"] == "张三"
    assert document == json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert {"report.json", "report.xlsx", "report.html", "readings.jsonl.gz", "pages", "marked"} == {
        path.name for path in out.iterdir()
    }
    assert "330602********1234" in result.stdout
    assert "报告已写入" in result.stderr


def test_unreadable_input_is_named_and_the_rest_is_screened(runner: CliRunner, tmp_path: Path) -> None:
    application(tmp_path, "张三")
    application(tmp_path, "李四", "code file.encrypted")
    (tmp_path / "王五").mkdir()
    (tmp_path / "王五" / "declaration.json").write_text("{", encoding="utf-8")
    result = runner.invoke(cli.app, ["screen", str(tmp_path), "--format", "json", "--workers", "1"])
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert {one["path"]: one["verdict"] for one in document["applications"]} == {
        "张三": "review",
        "李四": "fail",
        "王五": "fail",
    }
    assert {problem["path"] for problem in document["errors"]} == {"李四/a.png", "王五/declaration.json"}
    assert "李四/a.png" in result.stderr


def test_usage_errors_end_with_2_and_chinese(runner: CliRunner, tmp_path: Path) -> None:
    absent = runner.invoke(cli.app, ["screen", str(tmp_path / "absent")])
    assert absent.exit_code == 2
    assert "找不到文件夹" in absent.stderr
    unknown = runner.invoke(cli.app, ["screen", str(tmp_path), "--plan", "no-such-plan"])
    assert unknown.exit_code == 2
    assert "没有评审计划“no-such-plan”" in unknown.stderr
    assert runner.invoke(cli.app, ["screen"]).exit_code == 2


def test_a_folder_without_applications_is_said(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(cli.app, ["screen", str(tmp_path), "--format", "json"])
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["applications"] == []
    assert [error["path"] for error in document["errors"]] == [str(tmp_path)]
    assert "declaration.json" in result.stderr


def test_inspect_prints_every_file_even_beside_a_bad_one(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "good.png").write_text("pages 2", encoding="utf-8")
    (tmp_path / "bad.png").write_text("code file.unsupported", encoding="utf-8")
    files = [str(tmp_path / "bad.png"), str(tmp_path / "good.png")]
    result = runner.invoke(cli.app, ["inspect", *files, "--format", "json", "--workers", "1"])
    assert result.exit_code == 1
    bad, good = json.loads(result.stdout)["files"]
    assert bad["pages"] == []
    assert bad["error"]["code"] == "file.unsupported"
    assert good["error"] is None
    assert [page["number"] for page in good["pages"]] == [1, 2]
    assert {"kind", "width", "height", "rotation", "source", "quality", "lines", "seals", "marks"} <= good[
        "pages"
    ][0].keys()


def test_plans_are_listed_and_shown(runner: CliRunner) -> None:
    listed = json.loads(runner.invoke(cli.app, ["plans", "--format", "json"]).stdout)
    assert [plan["id"] for plan in listed["plans"]] == list(plan_ids())
    first = plan_ids()[0]
    for order in (["plans", "show", first, "--format", "json"], ["plans", "--format", "json", "show", first]):
        shown = json.loads(runner.invoke(cli.app, order).stdout)
        assert shown["id"] == first
        assert all(one["quote"] for one in shown["requirements"])
    assert runner.invoke(cli.app, ["plans", "show", "no-such-plan"]).exit_code == 2


def test_help_is_quick_and_loads_no_heavy_room() -> None:
    heavy = "numpy cv2 onnxruntime PIL pydantic sqlalchemy celery fastapi boto3 structlog"
    heavy += " intake ocr checks fields pipeline report store web"
    code = f"import sys, cli; print([name for name in '{heavy}'.split() if name in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    loaded = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    assert loaded.stdout.strip() == "[]"
    quickest = min(_seconds_of_help() for _ in range(3))
    assert quickest < 1.0


def _seconds_of_help() -> float:
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "cli", "--help"], capture_output=True, check=True, cwd=ROOT)
    return time.monotonic() - started


def test_doctor_says_what_is_missing_and_what_to_do(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("domain.settings.default_data", lambda: tmp_path / "none")
    result = runner.invoke(cli.app, ["doctor"])
    assert result.exit_code == 1
    assert "[缺少] 识别模型" in result.stdout
    assert "hezheng models fetch" in result.stdout
    assert "[正常] 数据目录" in result.stdout


def test_missing_weights_are_said_by_verify(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path))
    monkeypatch.setattr("domain.settings.default_data", lambda: tmp_path / "none")
    result = runner.invoke(cli.app, ["models", "verify"])
    assert result.exit_code == 1
    assert "[缺少]" in result.stdout


def test_journals_are_imported_and_checked(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path / "data"))
    asked = tmp_path / "asked.csv"
    asked.write_text("title,issn,cn\n虚构学报,1234-5678,\n,,\n", encoding="gb18030")
    result = runner.invoke(cli.app, ["journals", "check", "--file", str(asked), "--format", "json"])
    assert result.exit_code == 0, result.stderr
    first, second = json.loads(result.stdout)
    assert first["title"] == "虚构学报"
    assert "journal.issn-invalid" in {flag["code"] for flag in first["flags"]}
    assert second["title"] == ""
    blacklist = tmp_path / "black.csv"
    blacklist.write_text("title,issn,cn,kind,reason\n虚构前沿,,,illegal,演示\n", encoding="utf-8")
    imported = runner.invoke(cli.app, ["journals", "import", str(blacklist), "--list", "blacklist"])
    assert "已导入黑名单 1 条" in imported.stdout
    checked = runner.invoke(cli.app, ["journals", "check", "--title", "虚构前沿", "--format", "json"])
    assert "journal.blacklisted" in {flag["code"] for flag in json.loads(checked.stdout)[0]["flags"]}
    assert runner.invoke(cli.app, ["journals", "check"]).exit_code == 2
