"""``hezheng plans``: list, show, new, validate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from pipeline import real_tools
from policies import load_plan, plan_ids
from tests.pipeline import recorded

OLD = "shaoxing-construction-2020"


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path / "data"))
    return CliRunner()


@pytest.mark.parametrize("plan_id", plan_ids())
def test_show_lists_every_row_with_its_words(runner: CliRunner, plan_id: str) -> None:
    plan = load_plan(plan_id)
    shown = json.loads(runner.invoke(cli.app, ["plans", "show", plan_id, "--format", "json"]).stdout)
    assert [(one["id"], one["quote"]) for one in shown["requirements"]] == [
        (one.id, one.quote) for one in plan.requirements
    ]
    for one, row in zip(plan.requirements, shown["requirements"], strict=True):
        assert [use["check"] for use in row["uses"]] == row["checks"]
        assert [use["when"] for use in row["uses"]] == [use.when for use in one.checks]
    text = runner.invoke(cli.app, ["plans", "show", plan_id]).stdout
    assert all(f" {one.id} " in text for one in plan.requirements)
    assert all(one.deadline.isoformat() in text for one in plan.requirements if one.deadline)


def test_a_new_year_from_an_old_one(runner: CliRunner) -> None:
    made = runner.invoke(cli.app, ["plans", "new", "--from", OLD])
    assert made.exit_code == 0, made.stderr
    path = Path(made.stdout.strip())
    assert path.name == "shaoxing-construction-2021.toml"
    valid = runner.invoke(cli.app, ["plans", "validate", str(path)])
    assert (valid.exit_code, "草稿" in valid.stderr) == (0, True)
    assert "草稿" in runner.invoke(cli.app, ["plans", "show", path.stem]).stdout
    listed = json.loads(runner.invoke(cli.app, ["plans", "--format", "json"]).stdout)["plans"]
    assert {one["id"]: one["draft"] for one in listed} == {path.stem: True} | dict.fromkeys(
        (one for one in plan_ids() if one != path.stem), False
    )


def test_a_finished_plan_can_be_named(runner: CliRunner) -> None:
    path = Path(runner.invoke(cli.app, ["plans", "new", "--from", OLD, "--year", "2022"]).stdout.strip())
    path.write_text(path.read_text(encoding="utf-8").replace("draft = true\n", ""), encoding="utf-8")
    assert runner.invoke(cli.app, ["plans", "validate", str(path)]).exit_code == 0
    assert load_plan(path.stem).year == 2022


def test_mistakes_end_with_1_and_name_the_line(runner: CliRunner, tmp_path: Path) -> None:
    path = Path(
        runner.invoke(cli.app, ["plans", "new", "--from", OLD, "--out", str(tmp_path)]).stdout.strip()
    )
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("quote ="))
    lines[place] = lines[place].replace("quote", "qoute")
    path.write_text("\n".join(lines), encoding="utf-8")
    wrong = runner.invoke(cli.app, ["plans", "validate", str(path)])
    assert wrong.exit_code == 1
    assert wrong.stdout == ""
    assert f"{path.name} 第{place + 1}行" in wrong.stderr
    assert "缺少这一项" in wrong.stderr
    assert "不认识的项" in wrong.stderr


def test_the_doctor_looks_at_added_plans(runner: CliRunner) -> None:
    path = Path(runner.invoke(cli.app, ["plans", "new", "--from", OLD]).stdout.strip())
    assert "其中草稿 1 个" in runner.invoke(cli.app, ["doctor"]).stdout
    path.write_text(
        path.read_text(encoding="utf-8").replace("[[req", "colour = 1\n[[req", 1), encoding="utf-8"
    )
    told = runner.invoke(cli.app, ["doctor"])
    assert told.exit_code == 1
    assert "[缺少] 评审计划：shaoxing-construction-2021.toml（1 处错误）" in told.stdout


def test_usage_errors_end_with_2(runner: CliRunner, tmp_path: Path) -> None:
    assert runner.invoke(cli.app, ["plans", "new", "--from", "no-such-plan"]).exit_code == 2
    absent = runner.invoke(cli.app, ["plans", "validate", str(tmp_path / "absent.toml")])
    assert absent.exit_code == 2
    assert "找不到文件" in absent.stderr
    assert runner.invoke(cli.app, ["plans", "new"]).exit_code == 2


def test_nobody_is_judged_by_a_draft(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(real_tools, "reading_tools", recorded.reading_tools)
    monkeypatch.setattr(real_tools, "judging_tools", recorded.judging_tools)
    runner.invoke(cli.app, ["plans", "new", "--from", OLD])
    judged = runner.invoke(cli.app, ["screen", str(tmp_path), "--plan", "shaoxing-construction-2021"])
    assert judged.exit_code == 2
    assert "草稿" in judged.stderr
