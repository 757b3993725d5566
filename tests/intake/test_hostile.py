"""A part of the hostile corpus (``bench.hostile`` measures it all): a code of the contract or a reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.hostile import CODES, outcome
from domain.settings import Limits
from fixtures.hostile.containers import ARCHIVES, BOOKS
from fixtures.hostile.odd_pdfs import PDFS
from fixtures.hostile.odd_pictures import PICTURES

QUICK = (
    *(
        "claims-65000.jpg",
        "loop.tif",
        "exif-garbage.jpg",
        "icc-garbage.jpg",
        "picture-and-zip.jpg",
        "page.jpg",
    ),
    *(
        "form-loop.pdf",
        "tree-loop.pdf",
        "count-lies.pdf",
        "image-lies.pdf",
        "script.pdf",
        "nested-arrays.pdf",
    ),
    *("slip.zip", "links.zip", "twice.zip", "names.zip", "laughs.xlsx", "external.xlsx", "far-cell.xlsx"),
)
EVERY = {**PICTURES, **PDFS, **ARCHIVES, **BOOKS}


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_file_ends_in_a_code_or_a_reading(name: str, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    path = tmp_path / name
    path.write_bytes(EVERY[name]())
    told = outcome(path, Limits(cpu_seconds=20), room)
    assert told in CODES or told[0].isdigit()
    assert {one.name for one in tmp_path.iterdir()} == {"room", name}
