"""Signs of symbol fonts at the ends of a line are left out; beside a digit they may be digits and stay."""

from __future__ import annotations

import pytest

from intake.glyphs import UNKNOWN
from intake.textlayer import _without_bullets


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{UNKNOWN} 适用", "适用"),
        (f"合格{UNKNOWN}", "合格"),
        (f"合{UNKNOWN}格", f"合{UNKNOWN}格"),
        (f"{UNKNOWN}2019", f"{UNKNOWN}2019"),
        (f"学时9{UNKNOWN}", f"学时9{UNKNOWN}"),
        (UNKNOWN, UNKNOWN),
        ("2019年度", "2019年度"),
    ],
)
def test_untold_signs(text: str, said: str) -> None:
    assert _without_bullets(text) == said
