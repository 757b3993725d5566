"""Pages and seals known again: the same picture is found, another sheet of the same form is not."""

from __future__ import annotations

import numpy as np
import pytest

from domain.traces import PagePrint, SealPrint
from forensics.prints import PAGE_LEVELS, PAGE_SIDES, SEAL_LEVELS, SEAL_SIDE, hash_of, packed, unpacked
from forensics.twins import near, page_twins, seal_twins


def sheet(seed: int = 1) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Rows of words on a white page."""
    generator = np.random.default_rng(seed)
    page = np.ones((PAGE_SIDES[1], PAGE_SIDES[0]), np.float32)
    for row in range(10, 120, 6):
        page[row : row + 2, 8:88] = generator.choice((0.3, 0.5, 1.0), (2, 80))
    return page


def kept(page: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> PagePrint:
    return PagePrint(hash=hash_of(page), picture=packed(page, PAGE_LEVELS))


def test_the_same_picture_saved_again_is_found() -> None:
    noise = np.random.default_rng(2).normal(0, 0.02, sheet().shape).astype(np.float32)
    (twin,) = page_twins([kept(sheet()), kept(sheet(7)), kept(np.clip(sheet() + noise, 0, 1))])
    assert (twin.first, twin.second, twin.box) == (0, 2, None)


def test_another_number_in_one_place_is_found_with_its_place() -> None:
    changed = sheet()
    changed[40:42, 30:36] = 1 - changed[40:42, 30:36]
    (twin,) = page_twins([kept(sheet()), kept(changed)])
    assert twin.box is not None
    assert twin.box.top < 41 / PAGE_SIDES[1] < twin.box.bottom


def test_another_sheet_of_the_form_is_no_twin() -> None:
    other = sheet()
    for row in range(10, 120, 24):
        other[row : row + 2, 30:60] = sheet(5)[row : row + 2, 30:60]
    assert not list(page_twins([kept(sheet()), kept(other)]))


def test_blank_pages_are_no_twins() -> None:
    blank = np.ones((PAGE_SIDES[1], PAGE_SIDES[0]), np.float32)
    assert not list(page_twins([kept(blank), kept(blank)]))


def test_no_pages_have_no_twins() -> None:
    assert not list(page_twins([]))
    assert not list(seal_twins([]))


def test_hashes_near_each_other_are_paired_once() -> None:
    found = [(first, list(others)) for first, others in near(np.array([0, 1, 2**64 - 1, 3], np.uint64), 2)]
    assert found == [(0, [1, 3]), (1, [3])]


def test_the_same_impression_is_found_and_another_of_the_same_stamp_is_not() -> None:
    generator = np.random.default_rng(3)
    ring = np.zeros((SEAL_SIDE, SEAL_SIDE))
    ring[5:50:6] = 0.7
    impressions = [np.clip(ring * generator.uniform(0.2, 1.4, ring.shape), 0, 1) for _ in range(2)]
    again = np.clip(impressions[0] + generator.normal(0, 0.03, ring.shape), 0, 1)
    prints = [
        SealPrint(seal=0, picture=packed(one.astype(np.float32), SEAL_LEVELS))
        for one in (*impressions, again)
    ]
    assert list(seal_twins(prints)) == [(0, 2)]


def test_a_print_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture"):
        unpacked(packed(np.ones((4, 4), np.float32), PAGE_LEVELS), *PAGE_SIDES)
