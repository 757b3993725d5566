"""Every bad input is refused with the contract's code and a Chinese message that names the file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import intake
from domain.errors import InputError
from domain.settings import Limits
from fixtures.hostile import build, pdfs

LIMITS = Limits()


def refused(path: Path, shown_name: str = "学时证明.jpg", limits: Limits = LIMITS) -> InputError:
    with pytest.raises(InputError) as error:
        intake.opened(path, shown_name, limits)
    return error.value


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        (build.truncated_jpeg, "file.unreadable", "不完整"),
        (build.noise_named_png, "file.unreadable", "损坏"),
        (build.zero_bytes, "file.unreadable", "空的"),
        (build.text_named_jpg, "file.unsupported", "内容为文本"),
        (build.huge_png_header, "file.too-large", "尺寸过大"),
        (build.bomb_png, "file.too-large", "尺寸过大"),
        (pdfs.locked, "file.encrypted", "密码"),
        (pdfs.absurd, "file.too-large", "尺寸异常"),
        (pdfs.cut_off, "file.unreadable", "损坏"),
    ],
)
def test_a_bad_file_is_refused(make: Callable[[Path], Path], code: str, words: str, tmp_path: Path) -> None:
    error = refused(make(tmp_path))
    assert error.code == code
    assert words in error.message
    assert "“学时证明.jpg”" in error.message
    assert error.message.endswith("上传。")
    assert error.name == "学时证明.jpg"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a" + b"\0" * 30, "GIF图片"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 30, "HEIC照片"),
        (b"PK\x03\x04" + b"\0" * 20 + b"word/document.xml", "Word文档"),
        (b"PK\x03\x04" + b"\0" * 20 + b"OFD.xml", "OFD文档"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 30, "旧版Office文档"),
        ("继续教育学时".encode("gb18030"), "文本"),
        (b"\x7fELF" + bytes(range(256)), "未知类型"),
    ],
)
def test_the_message_says_what_the_content_is(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "file.jpg"
    path.write_bytes(content)
    error = refused(path)
    assert error.code == "file.unsupported"
    assert words in error.message


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    error = refused(pdfs.many_pages(tmp_path, 4), limits=Limits(pages=3))
    assert error.code == "file.too-large"
    assert "超过3页" in error.message
    error = refused(build.multi_page_tiff(tmp_path, 4), limits=Limits(pages=3))
    assert error.code == "file.too-large"
    assert "超过3页" in error.message


def test_too_many_bytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse.jpg"
    with path.open("wb") as file:
        file.truncate(2 * 1024 * 1024)
    error = refused(path, limits=Limits(file_bytes=1024 * 1024))
    assert error.code == "file.too-large"
    assert "1MB" in error.message


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    target = build.cmyk_jpeg(tmp_path)
    link = tmp_path / "link.jpg"
    link.symlink_to(target)
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path, tmp_path / "absent.jpg", Path("a\0b")):
        assert refused(path).code == "file.unreadable"


def test_a_name_with_line_breaks_is_shown_on_one_line(tmp_path: Path) -> None:
    path = build.named_with_line_break(tmp_path)
    with intake.opened(path, path.name, LIMITS) as file:
        assert file.name == "学时\ufffd证明\ufffd.jpg"
    error = refused(build.zero_bytes(tmp_path), "../../etc/学时\n证明.jpg")
    assert "\n" not in error.message
    assert "“etc/学时\ufffd证明.jpg”" in error.message
