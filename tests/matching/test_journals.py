"""Rules of journals on invented lists, and on the shared register."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from domain.review import JournalLists, JournalRow
from matching.journal_index import index_of
from matching.journal_labels import impossible_issue, is_label, label_of, part_issue
from matching.journals import Claim, Weight, judge, titles_alike

SHARED = Path(os.environ.get("HEZHENG_SHARED", Path(__file__).parents[2].parent / "shared"))
REGISTER = SHARED / "data" / "journals" / "register.csv"

LISTS = JournalLists(
    register_rows=(
        JournalRow(title="小样城建设", issn="0378-5955", cn="33-1999/TU", status="在刊", frequency="月刊"),
        JournalRow(title="样例学报.自然科学版", issn="1000-6729", cn="33-1888/N", status="停刊"),
        JournalRow(title="样例怪号", issn="1003-9655", cn="33-1777/T"),
    ),
)


def _said(claim: Claim) -> list[tuple[str, str, Weight]]:
    return [(one.code, one.variant, one.weight) for one in judge(claim, index_of(LISTS))]


def test_forms_of_a_title_are_one() -> None:
    claim = Claim(title="《样例学报》（自然科学版）", issn="1000-6729", cn="33-1888")
    assert _said(claim) == [("journal.suspicious-issue", "ceased", Weight.DOUBT)]


def test_an_odd_number_that_the_register_lists_is_no_fault() -> None:
    assert _said(Claim(title="样例怪号", issn="1003-9655", cn="33-1777/T")) == []


def test_a_part_of_a_title_with_its_number_is_only_doubtful() -> None:
    said = _said(Claim(title="样城建设", issn="0378-5955"))
    assert said == [("journal.identity-mismatch", "issn-of-another", Weight.DOUBT)]


def test_a_slip_in_a_short_title_is_no_proof_against_its_own_numbers() -> None:
    lists = JournalLists(register_rows=(JournalRow(title="样刊", issn="0378-5955", cn="33-1999/TU"),))
    said = judge(Claim(title="样利", issn="0378-5955", cn="33-1999/TU"), index_of(lists))
    assert {one.weight for one in said} == {Weight.DOUBT}


def test_an_odd_number_under_a_misread_title_is_no_fault() -> None:
    said = {code: weight for code, _, weight in _said(Claim(title="样例圣号", issn="1003-9655"))}
    assert "journal.issn-invalid" not in said
    assert Weight.PROOF not in said.values()


def test_titles_alone_one_character_apart_decide_nothing() -> None:
    assert _said(Claim(title="样城建设")) == [("journal.not-registered", "", Weight.DOUBT)]


def test_numbers_that_nobody_bears_under_a_known_title() -> None:
    said = _said(Claim(title="小样城建设", issn="2049-3630", cn="11-4321/TU"))
    assert {(code, weight) for code, _, weight in said} == {("journal.identity-mismatch", Weight.PROOF)}


def _blacklisted(row: JournalRow, claim: Claim) -> list[tuple[str, Weight]]:
    lists = JournalLists(register_rows=LISTS.register_rows, blacklist_rows=(row,))
    return [
        (one.variant, one.weight)
        for one in judge(claim, index_of(lists))
        if one.code in ("journal.blacklisted", "journal.suspicious-issue")
    ]


def test_a_registered_journal_that_is_listed_as_illegal_is_for_a_person() -> None:
    """An import may be wrong: title and numbers of the register stand against it, and the words say both."""
    row = JournalRow(title="小样城建设", issn="0378-5955", cn="33-1999/TU", kind="illegal")
    claim = Claim(title="小样城建设", issn="0378-5955", cn="33-1999/TU")
    assert _blacklisted(row, claim) == [("both-lists", Weight.DOUBT)]
    alone = JournalRow(title="小样城建设", kind="illegal", match_hint="title_blocks")
    assert _blacklisted(alone, claim) == [("impersonated", Weight.DOUBT)]


def test_the_numbers_of_a_false_namesake_are_proof() -> None:
    """The genuine journal of the title is known to bear other numbers; where it is not, a person decides."""
    row = JournalRow(title="小样城建设", issn="1684-0445", kind="counterfeit", genuine_title_exists=True)
    assert _blacklisted(row, Claim(title="小样城建设", issn="1684-0445")) == [("number", Weight.PROOF)]
    unknown = row.model_copy(update={"title": "样例不详"})
    assert _blacklisted(unknown, Claim(title="样例不详", issn="1684-0445")) == [("number", Weight.DOUBT)]


def test_the_same_lists_are_indexed_once() -> None:
    assert index_of(LISTS) is index_of(LISTS)


def test_labels() -> None:
    assert label_of("城市样例（教研版）") == ("城市样例", "教研版")
    assert label_of("城市样例") == ("城市样例", "")
    assert is_label("（中文版）") == "中文版"
    assert is_label("建筑学研究前沿中文版") == ""
    assert part_issue("3月（中）", {"月刊"}) == "3月（中）"
    assert part_issue("3月（中）", {"旬刊"}) == ""
    assert part_issue("5", {"月刊"}) == ""
    assert impossible_issue("9", {"双月"})
    assert not impossible_issue("9", {"月刊"})
    assert not impossible_issue("9", {"双月", ""})


def test_titles_alike() -> None:
    assert titles_alike("《样例结构》", "样例结构杂志") is True
    assert titles_alike("样例结构", "样例结构工程") is None
    assert titles_alike("样例结构", "SAMPLE STRUCTURES") is None
    assert titles_alike("样例结构", "远方科技园地") is False


@pytest.mark.shared
@pytest.mark.skipif(not REGISTER.is_file(), reason="the shared register is absent")
def test_no_registered_journal_is_accused() -> None:
    with REGISTER.open(encoding="utf-8") as stream:
        rows = tuple(
            JournalRow(title=row["title"], issn=row["issn"], cn=row["cn"], frequency=row["frequency"])
            for row in csv.DictReader(stream)
        )
    index = index_of(JournalLists(register_rows=rows))
    accused = [
        row.title
        for row in rows[::17]
        for remark in judge(Claim(row.title, row.issn or None, row.cn or None), index)
        if remark.weight is Weight.PROOF
    ]
    assert accused == []
