"""Programs that leave their names in files, in the bytes that each of them writes."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from domain.editors import Editor
from intake.editors import picture_traces


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_chinese_editor_is_told_in_the_bytes_of_chinese_windows_too(encoding: str) -> None:
    """Drawn forgeries bore question marks for 美图秀秀, and its name in GB 18030 was not looked for."""
    exif = Image.Exif()
    exif[0x0131] = "美图秀秀".encode(encoding)
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(file, "JPEG", exif=exif)
    assert picture_traces(file).editors == (Editor.MEITU,)


def test_a_maker_of_phones_is_no_editor() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Meitu"
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(file, "JPEG", exif=exif)
    assert picture_traces(file).editors == ()
