from __future__ import annotations

from pathlib import Path

import pytest

from domain.settings import Limits
from pipeline.capacity import Reached, evidence_in, machines_for, reached, slope_of, spread
from tests.pipeline import recorded


def points(*of: tuple[int, float]) -> list[Reached]:
    return [Reached(pages, seconds, 0.0, 0.0) for pages, seconds in of]


def test_what_is_paid_once_does_not_count_for_every_page() -> None:
    line = slope_of(points((1, 4.5), (2, 5.0), (3, 5.5), (10, 9.0)))
    assert line.seconds == pytest.approx(0.5)
    assert line.start == pytest.approx(4.0)
    assert line.off < 1e-6


def test_a_page_alone_tells_no_slope() -> None:
    with pytest.raises(ValueError, match="one page"):
        slope_of(points((1, 4.5), (1, 4.6)))


def test_a_part_of_a_machine_is_a_machine() -> None:
    assert machines_for(100_000, 10.0, 0.5) == 2
    assert machines_for(72_000, 10.0, 0.5) == 1


def test_files_come_from_all_over_the_folder_and_again_where_too_few() -> None:
    files = [Path(str(number)) for number in range(10)]
    assert [path.name for path in spread(files, 5)] == ["0", "2", "4", "6", "8"]
    assert [path.name for path in spread(files[:2], 5)] == ["0", "1", "0", "1", "0"]


def test_pages_time_and_memory_are_those_of_the_workers(tmp_path: Path) -> None:
    for name, content in {"a.jpg": "pages 2", "b.pdf": "pages 3", "c.txt": "pages 1"}.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    files = evidence_in(tmp_path)
    assert [path.name for path in files] == ["a.jpg", "b.pdf"]
    found = list(reached(files, recorded.reading_tools, workers=1, limits=Limits()))
    assert [point.pages for point in found] == [2, 5]
    assert 0 < found[0].seconds < found[1].seconds
    assert found[0].processor > 0
    assert found[0].largest > 1
