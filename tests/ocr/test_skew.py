import numpy as np
import pytest

from ocr.skew import led_back, levelled, reading_order, slope


def quad(x: float, y: float, length: float, degrees: float, height: float = 20) -> np.ndarray:
    angle = np.radians(degrees)
    along, down = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    start = np.array([x, y])
    corners = [start, start + length * along, start + length * along + height * down, start + height * down]
    return np.array(corners, np.float32)


def test_slope_is_the_median_of_long_lines_and_short_ones_have_no_say() -> None:
    lines = [quad(0, 0, 400, 6), quad(0, 50, 300, 7), quad(0, 100, 350, 6.5), quad(0, 150, 25, -40)]
    assert slope(lines) == pytest.approx(6.5, abs=0.6)


def test_a_page_without_lines_is_level() -> None:
    assert slope([]) == 0.0
    assert reading_order([], 0.0) == []


def test_levelling_and_leading_back_are_inverse() -> None:
    page = np.zeros((300, 500, 3), np.uint8)
    line = quad(100, 100, 200, 10)
    _, back = levelled(page, 10)
    forward = np.linalg.inv(np.vstack([back, [0, 0, 1]]))[:2]
    (home,) = led_back(led_back([line], forward), back)
    assert home == pytest.approx(line, abs=0.01)
    assert abs(slope(led_back([line], forward))) < 0.01


def test_rows_are_told_along_the_slope_not_along_the_picture() -> None:
    degrees = 4.0
    drop = np.tan(np.radians(degrees)) * 600
    lines = [quad(600, 100 + drop, 100, degrees), quad(0, 130, 100, degrees), quad(0, 100, 100, degrees)]
    assert reading_order(lines, degrees) == [2, 0, 1]
