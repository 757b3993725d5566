"""One scan in two hands, one scan with another number, one impression of a seal on two sheets."""

from __future__ import annotations

import numpy as np
import pytest

import policies
from domain.kinds import Severity, Verdict
from domain.review import ApplicationReview, FileReview
from domain.traces import PagePrint, PageTraces, SealPrint
from fixtures.checks.builder import file
from forensics.prints import PAGE_LEVELS, PAGE_SIDES, SEAL_LEVELS, SEAL_SIDE, hash_of, packed
from pipeline.pictures_across import with_pictures_across


def print_of(seed: int) -> PagePrint:
    page = np.ones((PAGE_SIDES[1], PAGE_SIDES[0]), np.float32)
    page[10:120:6, 8:88] = np.random.default_rng(seed).choice((0.2, 1.0), (19, 80))
    return PagePrint(hash=hash_of(page), picture=packed(page, PAGE_LEVELS))


def seal_of(seed: int) -> SealPrint:
    ink = np.random.default_rng(seed).random((SEAL_SIDE, SEAL_SIDE)).astype(np.float32)
    return SealPrint(seal=0, picture=packed(ink, SEAL_LEVELS))


def review(
    applicant: str, kind: str = "ce_record", text: str = "共96学时", page: int = 1, seal: int | None = None
) -> ApplicationReview:
    marks = [seal_of(seal).model_dump()] if seal is not None else []
    traces = {"print": print_of(page).model_dump(), "seal_prints": marks}
    short = {
        "path": "a.jpg",
        "kind": kind,
        "sha256": f"{hash((applicant, text, page)) % 10**12:064d}",
        "pages": [{"lines": [text], "seals": [{}] if marks else [], "traces": traces}],
    }
    return ApplicationReview(
        path=applicant,
        applicant=applicant,
        plan="shaoxing-construction-2020",
        verdict=Verdict.PASS,
        files=(FileReview(file=file(short), flags=()),),
        flags=(),
    )


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


def test_one_impression_upon_two_sheets_is_suspected() -> None:
    assert (
        flags(review("陈知远", page=1, seal=5), review("林晓", page=2, seal=5))
        == [[("tamper.suspected", Severity.WARNING)]] * 2
    )


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
