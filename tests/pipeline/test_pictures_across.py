"""One scan in two hands, one scan with another number, one seal or signature on two sheets, a row put in."""

from __future__ import annotations

from typing import Any

import pytest

import policies
from domain.kinds import Severity, Verdict
from domain.review import ApplicationReview, FileReview, Flag
from domain.traces import PageTraces
from fixtures.checks.builder import file
from pipeline.pictures_across import with_pictures_across
from tests.forensics.drawn import (
    impression,
    page_print,
    seal_print,
    sheet,
    signature_print,
    strokes,
)


def review(
    applicant: str,
    kind: str = "ce_record",
    text: str = "共96学时",
    page: int = 1,
    seal: int | None = None,
    signature: int | None = None,
    path: str = "a.jpg",
    **others: Any,
) -> ApplicationReview:
    """An application of one page; the same number is the same picture."""
    seals = [seal_print(impression(seal)).model_dump()] if seal is not None else []
    signed = [signature_print(strokes(signature)).model_dump()] if signature is not None else []
    traces = {
        "print": page_print(sheet(page)).model_dump(),
        "seal_prints": seals,
        "signature_prints": signed,
        **others,
    }
    read = {
        "lines": text.split("\n"),
        "seals": [{} for _ in seals],
        "marks": [{"signature": {"box": [0.3, 0.8, 0.4, 0.84]}} for _ in signed],
        "traces": traces,
    }
    short = {
        "path": path,
        "kind": kind,
        "sha256": f"{hash((applicant, text, page)) % 10**12:064d}",
        "pages": [read],
    }
    return of(applicant, short)


def of(applicant: str, short: dict[str, Any]) -> ApplicationReview:
    return ApplicationReview(
        path=applicant,
        applicant=applicant,
        plan="shaoxing-construction-2020",
        verdict=Verdict.PASS,
        files=(FileReview(file=file(short), flags=()),),
        flags=(),
    )


def told(*reviews: ApplicationReview) -> list[tuple[Flag, ...]]:
    return [one.all_flags for one in with_pictures_across(reviews, policies.load_plan)]


def flags(*reviews: ApplicationReview) -> list[list[tuple[str, Severity]]]:
    judged = with_pictures_across(reviews, policies.load_plan)
    return [[(flag.code, flag.severity) for flag in one.all_flags] for one in judged]


def test_one_scan_in_two_hands_is_told_on_both() -> None:
    assert (
        flags(review("陈知远"), review("林晓")) == [[("duplicate.across-applications", Severity.WARNING)]] * 2
    )


def test_one_paper_of_two_authors_is_information() -> None:
    both = [review(name, "paper_article") for name in ("陈知远", "林晓")]
    assert flags(*both) == [[("duplicate.across-applications", Severity.INFO)]] * 2
    assert with_pictures_across(both, policies.load_plan)[0].verdict is Verdict.PASS


def test_one_scan_with_another_number_is_suspected_even_of_one_person() -> None:
    pair = review("陈知远"), review("陈知远", text="共81学时")
    assert flags(*pair) == [[("tamper.suspected", Severity.WARNING)]] * 2


def test_what_a_program_filled_in_twice_is_no_scan_with_another_number() -> None:
    pair = review("陈知远", pure_white=0.9), review("林晓", text="共81学时", pure_white=0.9)
    assert flags(*pair) == [[], []]


def test_a_scanner_that_whitens_paper_hides_no_other_number() -> None:
    pair = review("陈知远", pure_white=0.7), review("林晓", text="共81学时", pure_white=0.7)
    assert flags(*pair) == [[("tamper.suspected", Severity.WARNING)]] * 2


def test_one_impression_upon_two_sheets_is_suspected_with_its_place() -> None:
    first, second = told(review("陈知远", page=1, seal=5), review("林晓", page=2, seal=5, text="共81学时"))
    assert [flag.code for flag in (*first, *second)] == ["tamper.suspected"] * 2
    assert "公章印迹" in first[0].message
    assert None not in (first[0].box, second[0].box)


def test_one_signature_upon_two_sheets_is_suspected_even_of_one_application() -> None:
    first, second = told(
        review("陈知远", page=1, signature=5), review("林晓", page=2, signature=5, text="共81学时")
    )
    assert "签名笔迹" in first[0].message
    assert second[0].box is not None
    own = review("陈知远", page=1, signature=5).files
    other = review("陈知远", page=2, signature=5, text="共81学时", path="b.jpg").files
    both = review("陈知远").model_copy(update={"files": (*own, *other)})
    assert flags(both) == [[("tamper.suspected", Severity.WARNING)] * 2]


def test_a_signature_upon_whitened_copies_is_suspected_a_seal_is_not() -> None:
    """A copier makes paper pure white, and so does a program that draws electronic seals."""
    signed = [
        review(name, page=number, signature=5, text=f"共{number}学时", pure_white=0.9)
        for number, name in enumerate(("陈知远", "林晓"), start=1)
    ]
    sealed = [
        review(name, page=number, seal=5, text=f"共{number}学时", pure_white=0.9)
        for number, name in enumerate(("陈知远", "林晓"), start=1)
    ]
    assert flags(*signed) == [[("tamper.suspected", Severity.WARNING)]] * 2
    assert flags(*sealed) == [[], []]


def test_a_sheet_scanned_twice_bears_one_seal_and_one_signature() -> None:
    """Co-authors scan one certificate: the words on it tell that it is one sheet."""
    text = "某某论文获奖证书\n二等奖\n2018年"
    pair = [
        review(name, "award_certificate", text, page=number, seal=5, signature=5)
        for number, name in enumerate(("陈知远", "林晓"), start=1)
    ]
    assert flags(*pair) == [[], []]


def test_another_impression_and_another_signature_are_left_in_peace() -> None:
    pair = (
        review("陈知远", page=1, seal=5, signature=5),
        review("林晓", page=2, seal=6, signature=6, text="共81学时"),
    )
    assert flags(*pair) == [[], []]


TITLES = ("软土地基处理", "装配式住宅设计", "深基坑监测", "屋面防水", "市政管网改造", "绿色建材", "桥梁加固")


def contents(applicant: str, titles: tuple[str, ...], pitch: float = 0.05) -> ApplicationReview:
    titles = tuple(f"{title}若干问题的探讨与实践" for title in titles)
    boxes = [[0.1, 0.1 + pitch * place, 0.9, 0.12 + pitch * place] for place in range(len(titles))]
    rows = [
        {"row": "entry", "title": {"value": title, "box": box}, "page": str(place)}
        for place, (title, box) in enumerate(zip(titles, boxes, strict=True))
    ]
    short = {
        "path": "a.jpg",
        "kind": "journal_contents",
        "sha256": f"{hash((applicant, titles)) % 10**12:064d}",
        "pages": [{"lines": list(titles)}],
        "facts": [{"kind": "journal_contents", "rows": rows}],
    }
    return of(applicant, short)


def test_one_contents_page_of_two_authors_is_left_in_peace() -> None:
    assert flags(contents("陈知远", TITLES), contents("林晓", TITLES)) == [[], []]


@pytest.mark.parametrize(
    "forged", [(*TITLES[:3], "人工智能", *TITLES[4:]), (*TITLES[:3], "人工智能", *TITLES[3:])]
)
def test_a_contents_page_with_a_row_put_in_is_suspected(forged: tuple[str, ...]) -> None:
    first, second = told(contents("陈知远", TITLES), contents("林晓", forged))
    assert [flag.code for flag in (*first, *second)] == ["tamper.suspected"] * 2
    assert second[0].box is not None


def test_a_row_that_was_merely_not_read_is_no_difference() -> None:
    """Where it stands nothing else stands, and its neighbours lie as far apart as on the other copy."""
    whole, gap = contents("陈知远", TITLES), contents("林晓", TITLES)
    document = gap.files[0].file.document
    facts = document.facts[0]
    fewer = facts.model_copy(update={"rows": (*facts.rows[:3], *facts.rows[4:])})
    page = gap.files[0].file.reading.pages[0]
    read = page.model_copy(update={"lines": (*page.lines[:3], *page.lines[4:])})
    evidence = gap.files[0].file
    reading = evidence.reading.model_copy(update={"pages": (read,)})
    evidence = evidence.model_copy(
        update={"document": document.model_copy(update={"facts": (fewer,)}), "reading": reading}
    )
    unread = gap.model_copy(update={"files": (FileReview(file=evidence, flags=()),)})
    assert flags(whole, unread) == [[], []]


def test_two_issues_of_one_journal_are_left_in_peace() -> None:
    others = tuple(title + "新论" for title in ("隧道", "给排水", "暖通", "造价", *TITLES[:3]))
    assert flags(contents("陈知远", TITLES), contents("林晓", others)) == [[], []]


@pytest.mark.parametrize("other", [2, 3])
def test_other_sheets_are_left_in_peace(other: int) -> None:
    assert flags(review("陈知远", seal=1), review("林晓", page=other, seal=other)) == [[], []]


def test_readings_without_prints_are_left_in_peace() -> None:
    bare = review("陈知远")
    page = bare.files[0].file.reading.pages[0].model_copy(update={"traces": PageTraces()})
    reading = bare.files[0].file.reading.model_copy(update={"pages": (page,)})
    evidence = bare.files[0].file.model_copy(update={"reading": reading})
    older = bare.model_copy(update={"files": (FileReview(file=evidence, flags=()),)})
    assert flags(older, older) == [[], []]


def test_two_portraits_before_a_white_wall_are_left_in_peace() -> None:
    """The demo's photographs of eleven people were one picture to a print that looks at writing."""
    assert flags(review("陈知远", "id_photo"), review("林晓", "id_photo")) == [[], []]
    assert flags(review("陈知远", "other", text=""), review("林晓", "other", text="")) == [[], []]
