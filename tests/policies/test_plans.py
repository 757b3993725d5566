"""Plans: what is built in, in the notices' own words, and how a wrong file is refused."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from domain.errors import InputError, SetupError
from policies import DEFAULT_PLAN, load_plan, plan_ids
from policies.plan_files import read_plan

_SHARED = Path(os.environ.get("HEZHENG_SHARED", Path(__file__).parents[3] / "shared"))
_NOTICES = _SHARED / "domain" / "notices"
_NOTICE_OF = {"shaoxing-construction-2020": "shaoxing-construction-2020.txt"}
_ROWS = frozenset(
    {
        *("C-COPY", "C-JRN", "C-CE-1", "C-CE-2", "C-ASS", "C-APP", "C-APP-2", "C-CERT", "C-POST", "C-FORM"),
        *("C-PHOTO", "C-STM", "C-TRUE", "C-SOC", "C-DIM", "C-SKILL", "C-NOCONT", "C-TIME", "C-READ"),
        *("G-SEAL", "G-IDENT", "G-DECL", "G-KIND", "G-DUP", "G-FORGE"),
    }
)

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


def test_every_row_of_the_requirements_is_served() -> None:
    assert {one.id for one in load_plan("shaoxing-construction-2020").requirements} >= _ROWS


@pytest.mark.parametrize("plan_id", plan_ids())
def test_every_requirement_is_checked_or_tells_a_person_what_to_do(plan_id: str) -> None:
    for requirement in load_plan(plan_id).requirements:
        if "P" in requirement.how:
            assert requirement.note or requirement.checks, requirement.id
        else:
            assert requirement.checks, requirement.id


@pytest.mark.shared
@pytest.mark.skipif(not _NOTICES.is_dir(), reason="the notices are not in the tree")
@pytest.mark.parametrize("plan_id", sorted(_NOTICE_OF))
def test_quotes_are_the_notices_own_words(plan_id: str) -> None:
    notice = _tight((_NOTICES / _NOTICE_OF[plan_id]).read_text(encoding="utf-8"))
    for requirement in load_plan(plan_id).requirements:
        for passage in requirement.quote.split("…"):
            assert _tight(passage) in notice, (requirement.id, passage)


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_an_unknown_plan_names_those_there_are() -> None:
    with pytest.raises(InputError, match=DEFAULT_PLAN):
        load_plan("no-such-plan")


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
