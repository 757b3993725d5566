"""Characters to lines: pure arithmetic, in all four reading directions."""

from __future__ import annotations

import pytest

from intake.lines import Glyph, Line, lines_of

TURNS = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)]


def line_of(text: str, x: float, y: float, direction: tuple[float, float] = (1.0, 0.0)) -> list[Glyph]:
    """Square characters of side 10, beginning at (x, y) and going on in ``direction``; blanks are gaps."""
    glyphs = []
    for index, character in enumerate(text):
        left, top = x + direction[0] * 10 * index, y + direction[1] * 10 * index
        box = (left, top, left + 10, top + 10)
        if not character.isspace():
            spaced = index > 0 and text[index - 1].isspace()
            glyphs.append(Glyph(character, box, box, direction, spaced, hidden=False, checkable=True))
    return glyphs


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize("direction", TURNS)
def test_a_line_is_read_in_its_own_direction(direction: tuple[float, float]) -> None:
    (line,) = lines_of(line_of("继续教育", 100, 100, direction))
    assert line.text == "继续教育"
    assert (line.box[2] - line.box[0]) + (line.box[3] - line.box[1]) == 50


def test_lines_drawn_in_any_order_come_from_top_to_bottom() -> None:
    glyphs = line_of("丙", 0, 50) + line_of("甲", 0, 0) + line_of("乙", 0, 25)
    assert texts(lines_of(glyphs)) == ["甲", "乙", "丙"]


def test_characters_drawn_one_by_one_out_of_order_form_one_line() -> None:
    glyphs = line_of("继续教育证明", 0, 0)
    assert texts(lines_of(glyphs[3:] + glyphs[:3])) == ["继续教育证明"]


def test_a_wide_gap_parts_cells_and_a_narrow_one_does_not() -> None:
    assert texts(lines_of(line_of("姓 名  张三", 0, 0))) == ["姓 名", "张三"]


def test_what_is_drawn_twice_is_read_once() -> None:
    assert texts(lines_of(line_of("公章", 0, 0) + line_of("公章", 0.5, 0))) == ["公章"]


def test_hidden_and_visible_characters_never_share_a_line() -> None:
    seen = line_of("甲", 0, 0)
    hidden = [
        Glyph(g.character, g.body, g.ink, g.direction, g.spaced, hidden=True, checkable=True)
        for g in line_of("乙", 10, 0)
    ]
    assert [(line.text, line.hidden) for line in lines_of(seen + hidden)] == [("甲", False), ("乙", True)]


def test_slightly_tilted_text_keeps_its_lines() -> None:
    direction = (1.0, 0.02)
    lines = lines_of(
        line_of("二〇一九年度继续教育", 0, 0, direction) + line_of("共九十六学时", 0, 20, direction)
    )
    assert texts(lines) == ["二〇一九年度继续教育", "共九十六学时"]


@pytest.mark.timeout(60)
def test_thousands_of_scattered_characters_take_no_long_time() -> None:
    """Compared each with each, these would be fifty million comparisons."""
    glyphs = [
        glyph for row in range(100) for column in range(100) for glyph in line_of("·", column * 40, row * 60)
    ]
    assert len(lines_of(glyphs)) == 10_000
