"""Looking a journal up outside an application, and telling which papers a file shows."""

from __future__ import annotations

import pytest

from checks.journal_lookup import check_journal
from checks.paper_bundles import bundles
from domain.kinds import Severity
from domain.review import Dossier, JournalLists, JournalRow
from fixtures.checks.builder import Case

LISTS = JournalLists(register_rows=(JournalRow(title="样例结构", issn="0378-5955", cn="33-1999/TU"),))


def test_a_sound_journal_raises_nothing() -> None:
    assert check_journal("样例结构", "0378-5955", "33-1999/TU", LISTS) == ()


def test_blank_values_count_as_not_given() -> None:
    assert check_journal("样例结构", " ", "", LISTS) == ()


def test_the_journal_that_the_default_plan_names() -> None:
    flags = check_journal("《建筑学研究前沿》（中文版）", None, None, JournalLists())
    assert [(flag.code, flag.severity) for flag in flags] == [("journal.blacklisted", Severity.ERROR)]
    assert "建筑学研究前沿" in flags[0].requirement.quote


def _dossier(files: tuple[dict[str, object], ...], papers: list[dict[str, str]]) -> Dossier:
    case = Case.model_validate(
        {"name": "x", "outcome": "passed", "declaration": {"papers": papers}, "files": files}
    )
    return case.dossier("paper.parts")


PAPERS = [
    {"title": "某高层住宅基坑支护设计", "journal": "样例结构"},
    {"title": "老旧小区给水管网改造", "journal": "样例给水"},
]


@pytest.mark.parametrize(
    ("facts", "owners"),
    [
        ({"kind": "journal_cover", "fields": {"journal": "样例给水"}}, [0, 1]),
        ({"kind": "paper_article", "fields": {"title": "某高层住宅基坑支护设汁"}}, [1, 0]),
        ({"kind": "journal_cover", "fields": {"journal": "远方科技园地"}}, [0, 0]),
    ],
)
def test_parts_go_to_the_paper_they_fit(facts: dict[str, object], owners: list[int]) -> None:
    found = bundles(_dossier(({"path": "a.jpg", "facts": [facts]},), PAPERS))
    assert [len(one.parts) for one in found] == owners


def test_a_part_of_no_known_paper_leaves_doubt_with_all() -> None:
    facts = {"kind": "journal_cover", "fields": {"journal": "远方科技园地"}}
    found = bundles(_dossier(({"path": "a.jpg", "facts": [facts]},), PAPERS))
    assert [[file.path for file in one.loose] for one in found] == [["a.jpg"], ["a.jpg"]]


def test_evidence_without_a_declared_paper_makes_one_bundle() -> None:
    files: tuple[dict[str, object], ...] = (
        {"path": "cover.jpg", "facts": [{"kind": "journal_cover"}]},
        {"path": "article.jpg", "facts": [{"kind": "paper_article", "fields": {"title": "某楼设计"}}]},
    )
    (only,) = bundles(_dossier(files, []))
    assert (only.title, len(only.parts)) == ("某楼设计", 2)
