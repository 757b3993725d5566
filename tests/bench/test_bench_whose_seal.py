"""The floors of bench.whose_seal: a wrong accusation more than measured is a fall."""

from __future__ import annotations

from pathlib import Path

from bench.whose_seal_floors import Figure, fallen, write_floors


def figures(same: int, different: int) -> dict[str, Figure]:
    return {
        "red true: same": Figure(same, 100),
        "red true: different": Figure(different, 100),
        "red true: cannot tell": Figure(100 - same - different, 100),
    }


def test_what_was_measured_passes_and_what_is_worse_falls(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    write_floors("report 1", figures(95, 0), path)
    assert fallen("report 1", figures(95, 0), path) == []
    assert fallen("report 1", figures(94, 0), path) == []
    assert len(fallen("report 1", figures(90, 0), path)) == 1
    assert len(fallen("report 1", figures(95, 1), path)) == 1


def test_a_figure_that_was_not_measured_has_fallen(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    write_floors("report 1", figures(95, 0), path)
    assert fallen("report 1", {}, path) == ["red true: same: 0 of 0 = 0.0000, floor 0.93"]


def test_other_sections_stay(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    write_floors("report 1", figures(95, 0), path)
    write_floors("report 0.1", figures(80, 0), path)
    assert fallen("report 1", figures(95, 0), path) == []
    assert fallen("report 0.1", figures(80, 0), path) == []
