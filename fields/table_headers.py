"""Headers of tables: which columns a table has, also where cells are merged or stand on two lines."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fields.layout import Sheet, level, shared_width
from fields.spans import Span

_HEADER_SHARE = 0.6
"""A header cell is made of header words for at least this share of its letters."""
_BAND = 2.6
"""Header cells of one table lie within this many line heights (some wrap to two lines)."""


def header_cells(span: Span, headers: Mapping[str, re.Pattern[str]]) -> list[tuple[str, Span]]:
    """The header words in a span (several where the engine merged cells): name and place of each."""
    text = span.flat
    if re.search(r"\d", re.sub(r"\([^()]*\)", "", text)):
        return []
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(text):
        best: tuple[str, int] | None = None
        for name, pattern in headers.items():
            match = pattern.match(text, at)
            if match and match.end() > at and (best is None or match.end() > best[1]):
                best = (name, match.end())
        if best and found and found[-1][0] == best[0]:
            found[-1] = (best[0], found[-1][1], best[1])
            at = best[1]
        elif best:
            found.append((best[0], at, best[1]))
            at = best[1]
        else:
            at += 1
    covered = sum(end - start for _, start, end in found)
    letters = sum(character.isalnum() for character in text)
    if not found or covered < _HEADER_SHARE * letters:
        return []
    return [(name, span.flat_part(start, end)) for name, start, end in found]


def header_bands(
    sheet: Sheet, headers: Mapping[str, re.Pattern[str]], least: int
) -> list[tuple[list[tuple[str, Span]], float, float]]:
    """Header cells of each table with the band's top and bottom, from top to bottom of the page."""
    cells = [
        cell
        for row in sheet.rows
        if not any(re.fullmatch(r"[\d.]+(?:学时|课时)?", span.flat) for span in row)
        for span in row
        for cell in header_cells(span, headers)
    ]
    cells.sort(key=lambda cell: cell[1].middle)
    groups: list[list[tuple[str, Span]]] = []
    for cell in cells:
        if groups and cell[1].middle - groups[-1][0][1].middle <= _BAND * sheet.text_height:
            groups[-1].append(cell)
        else:
            groups.append([cell])
    bands = []
    for group in groups:
        level_group = _largest_level(group)
        if len({name for name, _ in level_group}) < least:
            continue
        top = min(span.top for _, span in level_group)
        bottom = max(span.middle for _, span in group)
        others = [
            ("", span)
            for span in sheet.spans
            if any(level(span, cell) for _, cell in level_group)
            and not any(span.line is cell.line for _, cell in group)
            and not re.fullmatch(r"[\d.]+", span.flat)
        ]
        bands.append((_unstacked(group, level_group) + others, top, bottom))
    return bands


def _largest_level(group: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The cells of the header's main line: a two-line header has some cells half a line higher."""
    best: list[tuple[str, Span]] = []
    for _, seed in group:
        near = [cell for cell in group if abs(cell[1].middle - seed.middle) <= 1.2 * seed.height]
        if len({name for name, _ in near}) > len({name for name, _ in best}):
            best = near
    return best


def _unstacked(group: list[tuple[str, Span]], main: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The main line, with cells of other lines that stand over or under none of it."""
    extra = [
        cell
        for cell in group
        if cell not in main and all(shared_width(cell[1], other) <= 0 for _, other in main)
    ]
    kept: list[tuple[str, Span]] = []
    for name, span in main + extra:
        twin = next((k for k in kept if shared_width(k[1], span) > 0.3 * min(k[1].width, span.width)), None)
        if twin is None:
            kept.append((name, span))
    return kept
