"""Our thin ONNX Runtime code against PaddleOCR's own pipeline: same weights, same pages, same size.

PaddleOCR looks for lines at the picture's own size. Our reader looks at 960 pixels first and again round
every seal; what that does to whole pages is measured by ``bench.throughput`` and ``bench.real``.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from matching.text import bare
from ocr import detection

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
PAGES = ("01-clean/ce-2018.jpg", "01-clean/assessment.jpg")

pytestmark = [
    pytest.mark.reader,
    pytest.mark.peers,
    pytest.mark.skipif(importlib.util.find_spec("paddleocr") is None, reason="peers group not installed"),
    pytest.mark.filterwarnings("ignore"),
]


def test_what_paddleocr_reads_we_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from bench.engines import lines, paddleocr

    # The pipeline overrides the network's own thresholds (0.2, 0.45, 1.4), which find more beside seals.
    pipelines_own = detection.Thresholds(pixel=0.3, box=0.6, unclip=1.5, most=3000)
    monkeypatch.setattr(detection, "_thresholds", lambda: pipelines_own)
    ours, theirs = lines(long_side=4000), paddleocr()
    for name in PAGES:
        picture = np.asarray(Image.open(DEMO / name).convert("RGB"), np.uint8)
        mine = {bare(text) for text in ours(picture)}
        wanted = [text for text in map(bare, theirs(picture)) if text]
        assert sum(text in mine for text in wanted) >= 0.97 * len(wanted), name
