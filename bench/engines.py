"""One reading engine in a process of its own, so that its peak memory is its own.

    python -m bench.engines NAME        then paths of pictures on standard input, a JSON line for each

Names: ``hezheng`` (lines, seals, marks, quality), ``lines`` (our lines alone), ``paddleocr`` (PaddleOCR 3.7
on ONNX Runtime with the same PP-OCRv6 weights) and ``rapidocr`` (its own defaults), both from the ``peers``
group, ``tesseract`` (the program, with chi_sim; its processor time is that of its process).
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
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


def rapidocr() -> Engine:
    """RapidOCR with its defaults and the weights in its wheel."""
    from rapidocr import RapidOCR

    engine = RapidOCR()

    def read(picture: Picture) -> list[str]:
        return [str(text) for text in engine(picture[:, :, ::-1].copy()).txts or ()]

    return read


def tesseract() -> Engine:
    """Tesseract's own program. Raises FileNotFoundError where it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        raise FileNotFoundError("tesseract")

    def read(picture: Picture) -> list[str]:
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            Image.fromarray(picture).save(file, "PNG", compress_level=1)
            file.flush()
            command = [program, file.name, "-", "-l", "chi_sim"]
            told = subprocess.run(command, capture_output=True, text=True, check=True)
        return [line for line in told.stdout.splitlines() if line.strip()]

    return read


ENGINES: dict[str, Callable[[], Engine]] = {
    "hezheng": hezheng,
    "lines": lines,
    "paddleocr": paddleocr,
    "rapidocr": rapidocr,
    "tesseract": tesseract,
}


def spent() -> float:
    """Processor seconds of this process and of those that it started and that ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def main() -> None:
    """Serve one engine: a line in, a line out."""
    out, sys.stdout = sys.stdout, sys.stderr
    read = ENGINES[sys.argv[1]]()
    for line in sys.stdin:
        picture = np.asarray(Image.open(line.strip()).convert("RGB"), np.uint8)
        wall, cpu = time.perf_counter(), spent()
        texts = read(picture)
        answer = {
            "wall": time.perf_counter() - wall,
            "cpu": spent() - cpu,
            "peak_mb": max(
                resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            )
            / 1024,
            "texts": texts,
        }
        print(json.dumps(answer, ensure_ascii=False), file=out, flush=True)


if __name__ == "__main__":
    main()
