"""``hezheng bench capacity``: what it prints is what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline.real_tools
from cli import app
from tests.pipeline import recorded


@pytest.fixture(autouse=True)
def recorded_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.real_tools, "reading_tools", recorded.reading_tools)


def test_machines_follow_from_the_slope(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.jpg").write_text("pages 2", encoding="utf-8")
    told = CliRunner().invoke(
        app, ["bench", "capacity", str(tmp_path), "--files", "8", "--workers", "1", "--format", "json"]
    )
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)
    assert figures["pages"] == 16
    assert figures["workers"] == 1
    needed = figures["batch"] * figures["seconds_a_page"] / (figures["hours"] * 3600)
    assert needed - 1 <= figures["machines"] <= needed + 2
    words = CliRunner().invoke(app, ["bench", "capacity", str(tmp_path), "--files", "4", "--workers", "1"])
    assert "需要这样的机器" in words.stdout


def test_a_folder_without_evidence_is_said_so(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["bench", "capacity", str(tmp_path)])
    assert told.exit_code == 2
    assert str(tmp_path) in told.stderr


def test_files_without_a_page_tell_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("code file.encrypted", encoding="utf-8")
    told = CliRunner().invoke(app, ["bench", "capacity", str(tmp_path), "--workers", "1"])
    assert told.exit_code == 2
    assert "无法测量" in told.stderr
