"""Sessions take what memory they need, and no more time for it than once."""

from __future__ import annotations

import resource

import numpy as np
import pytest

import models


@pytest.mark.reader
def test_looking_for_lines_again_asks_the_system_for_no_memory() -> None:
    """Given back after each look, it cost a fifth of a look's time: 21,567 pages of memory each."""
    session = models.session("line_detection")
    picture = {session.get_inputs()[0].name: np.zeros((1, 3, 960, 672), np.float32)}
    for _ in range(2):
        session.run(None, picture)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    session.run(None, picture)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before < 4000
