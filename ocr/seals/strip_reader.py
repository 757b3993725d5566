"""The recogniser that was taught on seals: it reads strips of an arc and rows inside a ring, nothing else.

Lines of a page and the rows of a stamp are plain lines: the stock recogniser stays the one for those.
"""

from __future__ import annotations

from functools import cache

import models
from ocr.recognition import LineRecogniser


@cache
def seal_characters() -> tuple[str, ...]:
    """Index → character of the network's output; index 0 is the CTC blank."""
    return ("", *models.weight_path("seal_reader_alphabet").read_text(encoding="utf-8").split("\n")[:-1])


def strip_reader() -> LineRecogniser:
    """The reader of strips; its network is loaded once a process."""
    return LineRecogniser("seal_reader", seal_characters)
