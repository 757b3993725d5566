"""Pages, seals and signatures known again: the same picture is found, another of its form or hand is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from bench.duplicates import told
from bench.duplicates_many import PLANTED, many
from bench.uploads import reading_of
from domain.traces import PagePrint
from fixtures.forgeries.twins import SORTS, pair
from forensics.ink_twins import seal_twins, signature_twins
from forensics.prints import HASH_BITS, PAGE_LEVELS, PAGE_SIDES, packed, unpacked
from forensics.twins import is_current, near, page_twins, words_of
from tests.forensics.drawn import (
    impression,
    page_print,
    saved_again,
    seal_print,
    sheet,
    signature_print,
    strokes,
)


def test_the_same_picture_saved_again_is_found() -> None:
    (twin,) = page_twins([page_print(sheet()), page_print(sheet(7)), page_print(saved_again(sheet()))])
    assert (twin.first, twin.second, twin.box) == (0, 2, None)


def test_another_number_in_one_place_is_found_with_its_place() -> None:
    changed = sheet()
    changed[80:84, 60:70] = 1.3 - changed[80:84, 60:70]
    (twin,) = page_twins([page_print(sheet()), page_print(changed)])
    assert twin.box is not None
    assert twin.box.top < 82 / PAGE_SIDES[1] < twin.box.bottom


def test_another_sheet_of_the_form_is_no_twin() -> None:
    other = sheet()
    for row in range(20, 250, 40):
        other[row : row + 4, 60:120] = sheet(5)[row : row + 4, 60:120]
    assert not list(page_twins([page_print(sheet()), page_print(other)]))


def test_a_sheet_that_lies_half_a_millimetre_aside_was_scanned_by_itself() -> None:
    matrix = np.array([[1, 0, 0.5], [0, 1, 0.4]])
    aside = cv2.warpAffine(sheet(), matrix, PAGE_SIDES, borderValue=(1.0,)).astype(np.float32)
    assert not list(page_twins([page_print(sheet()), page_print(aside)]))


def test_blank_pages_are_no_twins() -> None:
    blank = np.ones((PAGE_SIDES[1], PAGE_SIDES[0]), np.float32)
    assert not list(page_twins([page_print(blank), page_print(blank)]))


def test_no_pages_have_no_twins() -> None:
    assert not list(page_twins([]))
    assert not list(seal_twins([]))
    assert not list(signature_twins([]))


def test_what_everybody_hands_in_is_not_compared_with_everything() -> None:
    one = page_print(sheet())
    assert len(list(page_twins([one] * 60))) <= 60 * 20 / 2


def test_hashes_near_each_other_are_paired_once() -> None:
    digits = HASH_BITS // 4
    hashes = words_of([f"{number:0{digits}x}" for number in (0, 1, 2**HASH_BITS - 1, 3)])
    found = [(first, list(others)) for first, others in near(hashes, 2)]
    assert found == [(0, [1, 3]), (1, [3])]


def test_prints_of_an_older_form_are_told_and_refused() -> None:
    older = PagePrint(hash="0123456789abcdef", picture="")
    assert not is_current(older)
    assert is_current(page_print(sheet()))
    with pytest.raises(ValueError, match="no hash"):
        list(page_twins([older, older]))


def test_the_same_impression_is_found_and_another_of_the_same_stamp_is_not() -> None:
    prints = [seal_print(one) for one in (impression(3), impression(4), saved_again(impression(3)))]
    assert list(seal_twins(prints)) == [(0, 2)]


def test_the_same_signature_is_found_a_little_aside_and_the_hand_s_next_one_is_not() -> None:
    aside = np.roll(saved_again(strokes(3)), (1, -1), axis=(0, 1))
    prints = [signature_print(one) for one in (strokes(3), strokes(4), aside)]
    assert list(signature_twins(prints)) == [(0, 2)]


def test_a_print_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture"):
        unpacked(packed(np.ones((4, 4), np.float32), PAGE_LEVELS), *PAGE_SIDES)


@pytest.mark.parametrize("sort", SORTS)
def test_drawn_pairs_of_every_sort_are_told_apart(sort: str) -> None:
    seed = 9300 if "signature" in sort else 1000  # one of the pairs that docs/accuracy.md counts as told
    assert told([reading_of(upload) for upload in pair(sort, seed)]) == SORTS[sort].wanted


def test_exactly_the_planted_twins_are_found_among_sheets_of_one_form() -> None:
    known = [reading_of(upload).pages[0].traces for upload in pair("one signature on two sheets", 1001)]
    prints = many(known, 5 * PLANTED)
    assert {(twin.first, twin.second) for twin in page_twins(prints.pages)} == prints.planted
    assert set(seal_twins(prints.seals)) >= prints.planted
    assert set(signature_twins(prints.signatures)) >= prints.planted
