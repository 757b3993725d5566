"""Pages to measure speed on, by kind, each with the lines that are known to stand on it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from fixtures.content import title
from matching.text import bare

DEMO = Path("fixtures/demo")
_KINDS = {
    "ce_record": "tables",
    "journal_contents": "contents",
    "paper_article": "articles",
    "qualification_certificate": "certificates",
    "appointment_letter": "letters",
    "annual_assessment": "tables",
}
_A4 = (1240, 1754)
_LINES, _CHARACTERS = 34, 35
_PICTURES = frozenset({".jpg", ".jpeg", ".png"})


@dataclass(frozen=True, slots=True)
class TimedPage:
    """``lines``: what stands on it; of a real page some key lines."""

    kind: str
    path: Path
    lines: tuple[str, ...]

    def errors(self, texts: Sequence[str]) -> tuple[int, int]:
        """Characters of the known lines that are wrong or missing in what was read, and their number.

        Each known line is held against the best stretch of any line that was read: engines cut lines in
        other places. What was read beside them is not counted.
        """
        read = [bare(text) for text in texts]
        wanted = [line for line in map(bare, self.lines) if line]
        return sum(_distance(line, read) for line in wanted), sum(map(len, wanted))


def _distance(wanted: str, read: Sequence[str]) -> int:
    best = len(wanted)
    for text in read:
        if not text or best == 0:
            continue
        longer, shorter = (text, wanted) if len(text) >= len(wanted) else (wanted, text)
        found = fuzz.partial_ratio_alignment(shorter, longer, score_cutoff=30)
        if found is None:
            continue
        if longer is text:
            best = min(best, Levenshtein.distance(wanted, text[found.dest_start : found.dest_end]))
        else:
            best = min(best, Levenshtein.distance(wanted, text))
    return best


def dense_pages(scratch: Path, count: int) -> Iterator[TimedPage]:
    """A4 at 150 dpi, 34 lines of 35 characters, as a flatbed gives it."""
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 28, index=2)
    for number in range(count):
        rng = random.Random(9400 + number)  # noqa: S311
        lines = []
        for _ in range(_LINES):
            text = ""
            while len(text) < _CHARACTERS:
                text += title(rng) + rng.choice("，。；、")
            lines.append(text[:_CHARACTERS])
        image = Image.new("RGB", _A4, (250, 249, 246))
        draw = ImageDraw.Draw(image)
        for row, text in enumerate(lines):
            draw.text((125, 120 + 44 * row), text, fill=(28, 28, 30), font=font)
        scanned = np.array(image.filter(ImageFilter.GaussianBlur(0.6)), np.float32)
        scanned += np.random.default_rng(number).normal(0, 3, scanned.shape).astype(np.float32)
        path = scratch / f"dense-{number}.png"
        Image.fromarray(np.clip(scanned, 0, 255).astype(np.uint8)).save(path, compress_level=1)
        yield TimedPage("dense A4", path, tuple(lines))


def demo_pages(each: int) -> Iterator[TimedPage]:
    """Upright scans of the demo batch, at most ``each`` of a kind."""
    taken: dict[str, int] = {}
    for truth in sorted(DEMO.glob("*/truth.json"), reverse=True):
        for name, file in json.loads(truth.read_text(encoding="utf-8"))["files"].items():
            path = truth.with_name(name)
            if path.suffix not in _PICTURES or not file["pages"]:
                continue
            page = file["pages"][0]
            kind = _KINDS.get(page["kind"], "")
            if kind and page["rotation"] == 0 and taken.get(kind, 0) < each:
                taken[kind] = taken.get(kind, 0) + 1
                yield TimedPage(kind, path, tuple(line["text"] for line in page["lines"]))


def real_pages(shared: Path, count: int) -> Iterator[TimedPage]:
    """Real scans with their key lines, from all over the set."""
    labels = (shared / "real" / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in labels if line.strip()]
    rows = [
        row
        for row in rows
        if row.get("transcript_key_lines") and Path(row["file"]).suffix.lower() in _PICTURES
    ]
    for row in rows[:: max(len(rows) // count, 1)][:count]:
        yield TimedPage("real", shared / "real" / row["file"], tuple(map(str, row["transcript_key_lines"])))
