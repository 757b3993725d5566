"""A new year's plan: years and dates moved on, the old words kept, no judging by it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.errors import InputError
from pipeline.plans import validate_plan
from policies import load_plan, plan_ids
from policies.plan_files import BUILT_IN, read_plan
from policies.plan_new import new_plan

OLD = "shaoxing-construction-2020"


@pytest.mark.parametrize("source", plan_ids())
def test_every_plan_gives_a_draft_that_is_read(source: str, tmp_path: Path) -> None:
    old = load_plan(source)
    path = new_plan(source, tmp_path)
    new = read_plan(path)
    assert path.stem == new.id == source.replace(str(old.year), str(old.year + 1))
    assert new.draft
    assert new.year == old.year + 1
    assert [one.quote for one in new.requirements] == [one.quote for one in old.requirements]
    report = validate_plan(path)
    assert report.errors == ()
    assert "草稿" in report.remarks[0]


def test_years_dates_and_id_move_on(tmp_path: Path) -> None:
    new = read_plan(new_plan(OLD, tmp_path, year=2022))
    by_id = {one.id: one for one in new.requirements}
    assert by_id["C-TIME"].deadline == date(2022, 8, 20)
    assert new.counted_to == date(2022, 12, 31)
    assert by_id["C-CE-2"].checks[0].parameters["years"] == [2020, 2021]
    assert by_id["C-CE-2"].checks[0].parameters["total"] == 90
    assert "2022年度" in new.title


def test_years_of_a_rule_do_not_move(tmp_path: Path) -> None:
    new = read_plan(new_plan("shaoxing-forestry-2020", tmp_path))
    education = next(one for one in new.requirements if one.id == "S-EDU")
    assert education.checks[0].when == "2001年后毕业"
    assert education.title.startswith("2001年以后")


def test_a_draft_keeps_no_second_draft_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path))
    first = new_plan(OLD, tmp_path / "plans")
    second = new_plan(first.stem, tmp_path / "plans")
    assert second.stem == "shaoxing-construction-2022"
    assert second.read_text(encoding="utf-8").count("\ndraft = ") == 1
    assert read_plan(second).year == 2022


@pytest.mark.parametrize(("source", "new_id"), [("no-such", None), (OLD, OLD), (OLD, "../outside")])
def test_a_new_plan_replaces_nothing_and_stays_in_its_folder(
    source: str, new_id: str | None, tmp_path: Path
) -> None:
    with pytest.raises(InputError):
        new_plan(source, tmp_path, new_id=new_id, year=2020 if new_id == OLD else None)
    assert list(tmp_path.iterdir()) == []


def test_the_new_notice_shows_which_words_are_still_old(tmp_path: Path) -> None:
    path = new_plan(OLD, tmp_path)
    notice = tmp_path / "notice.txt"
    quotes = [one.quote for one in load_plan(OLD).requirements if one.id != "C-STM"]
    notice.write_text("\n".join(quotes).replace("…", "\n"), encoding="utf-8")
    (told,) = validate_plan(path, notice).errors
    line = int(told.split("第")[1].split("行")[0])
    text = path.read_text(encoding="utf-8").splitlines()
    assert "1000字以内" in text[line - 1]
    assert "C-STM" in told


def test_validation_names_every_mistake_with_its_line(tmp_path: Path) -> None:
    text = (BUILT_IN / f"{OLD}.toml").read_text(encoding="utf-8")
    lines = text.replace('check = "hours.sum"', 'check = "hours.summ"').splitlines()
    wrong_check = next(n for n, line in enumerate(lines, 1) if "hours.summ" in line)
    kind = next(n for n, line in enumerate(lines) if 'kind = "id_photo"' in line)
    lines[kind] = lines[kind].replace("id_photo", "passport")
    route = next(n for n, line in enumerate(lines) if 'routes = ["转评"]' in line)
    lines[route] = lines[route].replace('["转评"]', '["飞行"]')
    path = tmp_path / f"{OLD}.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    told = "\n".join(validate_plan(path).errors)
    assert f"{path.name} 第{wrong_check}行" in told
    assert "hours.summ" in told
    assert f"第{kind + 1}行" in told
    assert "C-PHOTO.checks.1.parameters.kind" in told
    assert f"第{route + 1}行" in told
    assert len(told.splitlines()) == 3
