"""Display names: one line, no steps out of the folder, never empty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import safe_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("学时证明2019.jpg", "学时证明2019.jpg"),
        ("证书/聘书.pdf", "证书/聘书.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("..\\证书\\聘书.pdf", "证书/聘书.pdf"),
        ("a\r\nb\x00\x1b[31m.jpg", "a\ufffd\ufffdb\ufffd\ufffd[31m.jpg"),
        ("photo\u202egpj.exe", "photo\ufffdgpj.exe"),
        ("a\u2028b", "a\ufffdb"),
        ("", "未命名文件"),
        ("../..", "未命名文件"),
        ("e\u0301.jpg", "\u00e9.jpg"),
        ("bad\udcff.jpg", "bad?.jpg"),
    ],
)
def test_a_name_is_made_fit_to_be_shown(name: str, shown: str) -> None:
    assert safe_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    shown = safe_name("长" * 500 + ".pdf")
    assert len(shown) <= 120
    assert shown.endswith(".pdf")


@given(name=st.text())
def test_any_name_becomes_one_printable_line(name: str) -> None:
    shown = safe_name(name)
    assert shown
    assert len(shown.splitlines()) == 1
    assert ".." not in shown.split("/")
    assert safe_name(shown) == shown
