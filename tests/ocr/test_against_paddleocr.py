"""Our thin ONNX Runtime code against PaddleOCR's own pipeline with the same weights, on the same pages."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from matching.text import bare

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
PAGES = ("01-clean/ce-2018.jpg", "01-clean/assessment.jpg")

pytestmark = [
    pytest.mark.reader,
    pytest.mark.peers,
    pytest.mark.skipif(importlib.util.find_spec("paddleocr") is None, reason="peers group not installed"),
    pytest.mark.filterwarnings("ignore"),
]


def test_our_lines_are_paddleocrs_lines() -> None:
    from bench.engines import lines, paddleocr

    ours, theirs = lines(), paddleocr()
    for name in PAGES:
        picture = np.asarray(Image.open(DEMO / name).convert("RGB"), np.uint8)
        mine, peer = (bare("".join(sorted(bare(text) for text in read(picture)))) for read in (ours, theirs))
        assert Levenshtein.normalized_similarity(mine, peer) >= 0.98, name
