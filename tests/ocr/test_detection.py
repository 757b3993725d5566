import numpy as np

from ocr.detection import Thresholds, _step, boxes_of, crop, ordered

THRESHOLDS = Thresholds(pixel=0.2, box=0.45, unclip=1.4, most=100)


def test_a_warm_bar_becomes_one_box_grown_beyond_it() -> None:
    heat = np.zeros((64, 128), np.float32)
    heat[20:30, 20:100] = 0.9
    (box,) = boxes_of(heat, THRESHOLDS)
    assert box[0][0] < 20
    assert box[0][1] < 20
    assert box[2][0] > 99
    assert box[2][1] > 29


def test_faint_and_tiny_spots_are_no_lines() -> None:
    heat = np.zeros((64, 128), np.float32)
    heat[5:7, 5:7] = 0.9
    heat[40:50, 20:100] = 0.3
    assert boxes_of(heat, THRESHOLDS) == []


def test_corners_start_top_left_and_run_clockwise() -> None:
    points = np.array([[10, 5], [0, 5], [10, 0], [0, 0]], np.float32)
    assert ordered(points).tolist() == [[0, 0], [10, 0], [10, 5], [0, 5]]


def test_a_slanted_line_is_cut_out_level() -> None:
    page = np.full((100, 200, 3), 255, np.uint8)
    corners = np.array([[20, 20], [160, 40], [158, 54], [18, 34]], np.float32)
    line = crop(page, corners)
    assert line.shape[0] in (13, 14, 15)
    assert 138 <= line.shape[1] <= 144


def test_a_tall_line_is_turned_to_run_from_left_to_right() -> None:
    page = np.zeros((200, 100, 3), np.uint8)
    page[:100, 40:60] = 200
    line = crop(page, np.array([[40, 10], [60, 10], [60, 190], [40, 190]], np.float32))
    assert line.shape[0] < line.shape[1]
    assert line[:, :60].mean() > line[:, -60:].mean(), "counter-clockwise: what was on top comes to the left"


def test_a_padded_picture_keeps_to_the_networks_grid_at_every_size() -> None:
    """A newspaper looked at at its own 1,419 pixels was padded off the grid: its boxes were too flat."""
    assert all(_step(long_side) % 32 == 0 for long_side in range(900, 1700))
    assert _step(960) == 96
