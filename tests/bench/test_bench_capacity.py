import pytest

from bench.capacity import machines_for, slope_of


def test_what_is_paid_once_does_not_count_for_every_page() -> None:
    line = slope_of([1, 2, 3, 10], [4.5, 5.0, 5.5, 9.0])
    assert line.seconds == pytest.approx(0.5)
    assert line.start == pytest.approx(4.0)
    assert line.off < 1e-6


def test_a_part_of_a_machine_is_a_machine() -> None:
    assert machines_for(100_000, 10.0, 0.5) == 2
    assert machines_for(72_000, 10.0, 0.5) == 1
