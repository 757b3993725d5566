"""One reading engine in a process of its own, so that its peak memory is its own.

    python -m bench.engines NAME        then paths of pictures on standard input, a JSON line for each

Names: ``hezheng`` (lines, seals, marks, quality), ``lines`` (our lines alone), ``paddleocr`` (PaddleOCR 3.7
on ONNX Runtime with the same PP-OCRv6 weights; from the ``peers`` group).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

from ocr.detection import LONG_SIDE
from ocr.recognition import Picture

Engine = Callable[[Picture], list[str]]


def hezheng() -> Engine:
    """The whole reader."""
    from domain.page import PageImage
    from ocr import Reader

    reader = Reader()

    def read(picture: Picture) -> list[str]:
        height, width = picture.shape[:2]
        page = reader.read(PageImage(1, width, height, picture.tobytes()))
        return [line.text for line in page.lines]

    return read


def lines(long_side: int = LONG_SIDE) -> Engine:
    """Detection and recognition alone, on a page taken as upright."""
    from ocr.detection import LineDetector
    from ocr.lines import read_lines
    from ocr.recognition import LineRecogniser

    detector, recogniser = LineDetector(long_side), LineRecogniser()

    def read(picture: Picture) -> list[str]:
        return [line.text for line in read_lines(picture, detector.find(picture), recogniser).lines]

    return read


def opencv_by_its_other_name() -> None:
    """PaddleX asks for opencv-contrib-python by name; its headless build of that version is what we keep."""
    import importlib.metadata

    genuine = importlib.metadata.version
    importlib.metadata.version = lambda distribution_name: genuine(
        "opencv-contrib-python-headless"
        if distribution_name == "opencv-contrib-python"
        else distribution_name
    )


def paddleocr(threads: int = 0) -> Engine:
    """PaddleOCR's own pipeline, offline, with its defaults; ``threads`` 0 = as many as it likes."""
    import models

    opencv_by_its_other_name()
    from paddleocr import PaddleOCR

    engine = PaddleOCR(
        engine="onnxruntime",
        text_detection_model_name="PP-OCRv6_small_det",
        text_detection_model_dir=str(models.weight_path("line_detection").parent),
        text_recognition_model_name="PP-OCRv6_small_rec",
        text_recognition_model_dir=str(models.weight_path("line_recognition").parent),
        use_doc_orientation_classify=False,
        use_doc_unwarping=False,
        use_textline_orientation=False,
    )

    def read(picture: Picture) -> list[str]:
        return [str(text) for text in engine.predict(picture[:, :, ::-1].copy())[0]["rec_texts"]]

    return read


ENGINES: dict[str, Callable[[], Engine]] = {"hezheng": hezheng, "lines": lines, "paddleocr": paddleocr}


def main() -> None:
    """Serve one engine: a line in, a line out."""
    out, sys.stdout = sys.stdout, sys.stderr
    read = ENGINES[sys.argv[1]]()
    for line in sys.stdin:
        picture = np.asarray(Image.open(line.strip()).convert("RGB"), np.uint8)
        wall, cpu = time.perf_counter(), time.process_time()
        texts = read(picture)
        answer = {
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "texts": texts,
        }
        print(json.dumps(answer, ensure_ascii=False), file=out, flush=True)


if __name__ == "__main__":
    main()
