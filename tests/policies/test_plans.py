"""Plans: what is built in, in the notices' own words, and how a wrong file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import InputError, SetupError
from policies import DEFAULT_PLAN, find_plan, load_plan, plan_ids
from policies.plan_files import read_plan

_GOOD = """
id = "sample"
title = "样例"
notice = "样例通知"
issuer = "样例局"
issued = 2020-08-03
year = 2020
counted_to = 2020-12-31
[[requirements]]
id = "X-1"
title = "样例要求"
quote = "样例原文"
how = ["E"]
"""


def test_the_default_plan_is_built_in() -> None:
    assert DEFAULT_PLAN in plan_ids()
    assert "general" not in plan_ids()


def test_an_unknown_plan_names_those_there_are() -> None:
    with pytest.raises(InputError, match=DEFAULT_PLAN):
        load_plan("no-such-plan")


def test_a_draft_is_shown_but_judges_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path))
    (tmp_path / "plans").mkdir()
    _write(tmp_path / "plans", _GOOD.replace("year = 2020", "year = 2020\ndraft = true"))
    assert "sample" in plan_ids()
    assert find_plan("sample").draft
    with pytest.raises(InputError, match="草稿"):
        load_plan("sample")
    _write(tmp_path / "plans", _GOOD)
    assert load_plan("sample").title == "样例"


def _write(folder: Path, text: str) -> Path:
    path = folder / "sample.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_plan_is_read(tmp_path: Path) -> None:
    assert read_plan(_write(tmp_path, _GOOD)).requirements[0].quote == "样例原文"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (_GOOD.replace("[[req", 'colour = "red"\n[[req'), "colour"),
        (_GOOD.replace('quote = "样例原文"\n', ""), r"requirements\.X-1\.quote"),
        (_GOOD + 'checks = [{ chek = "a" }]\n', r"requirements\.X-1\.checks"),
        (_GOOD.replace("year = 2020", 'year = "soon"'), "year"),
        (_GOOD.replace('id = "sample"', 'id = "other"'), "other"),
        (_GOOD + _GOOD[_GOOD.index("[[req") :], "X-1"),
        (_GOOD.replace("[[req", '[quotes.G-NONE]\nquote = "没有"\n[[req'), "G-NONE"),
        (_GOOD.replace("[[req", 'include = ["absent"]\n[[req', 1), "absent"),
        ("id = ", "sample.toml"),
        (_GOOD.replace('quote = "样例原文"', 'quote = ""'), "第12行"),
        (_GOOD.replace('quote = "样例原文"', 'quotes = "样例原文"'), "第12行"),
        (_GOOD.replace('how = ["E"]', 'how = ["X"]'), r"第13行.*how"),
        (_GOOD.replace('id = "X-1"', 'id = "row one"'), "第10行"),
        (_GOOD.replace("issued = 2020-08-03", "issued = 2002-08-03"), "第6行"),
        (_GOOD.replace("counted_to = 2020-12-31", "counted_to = 2002-12-31"), "第8行"),
        (_GOOD.replace("year = 2020", "year = 20200"), "第7行"),
        (_GOOD + "deadline = 2019-08-20\n", "第14行"),
        (_GOOD + "deadline = 2019-08-20T00:00:00\n", "第14行"),
        (_GOOD + 'checks = [{ check = "period.deadline" }]\n', "deadline"),
        (
            _GOOD + 'checks = [\n  { check = "hours.year", parameters = { years = [2018, 2109] } },\n]\n',
            "第15行",
        ),
        (_GOOD + 'checks = [{ check = "hours.year", parameters = { years = [2018, 2018] } }]\n', "重复"),
        (_GOOD.replace('title = "样例"', "title = 样例"), "第3行"),
    ],
)
def test_a_wrong_plan_is_refused_with_file_and_key(tmp_path: Path, wrong: str, told: str) -> None:
    with pytest.raises(SetupError, match=told) as refused:
        read_plan(_write(tmp_path, wrong))
    assert ".toml" in str(refused.value)


def test_a_plan_says_shared_requirements_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "general.toml").write_text(
        '[[requirements]]\nid = "G-1"\ntitle = "通用"\nquote = "通用原文"\nhow = ["E"]\n', encoding="utf-8"
    )
    text = _GOOD.replace(
        "[[req", 'include = ["general"]\n[quotes.G-1]\nquote = "本通知原文"\nsource = "一"\n[[req'
    )
    shared = read_plan(_write(tmp_path, text)).requirements[-1]
    assert (shared.id, shared.quote, shared.source) == ("G-1", "本通知原文", "一")
