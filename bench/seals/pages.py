"""What a page really bears: drawn folders and the real scans brought to one form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from domain.geometry import Box
from ocr.seals.shapes import Pixels

LONG_SIDE = 2600
"""Pixels: no larger than intake gives a page."""


@dataclass(frozen=True, slots=True)
class Under:
    """A printed line beneath a seal; ``part``: unit or date."""

    text: str
    box: Box
    part: str


@dataclass(frozen=True, slots=True)
class TrueSeal:
    """``pixels`` across, ``character``: height of the name's characters (0 = not known). ``ink``: light,
    middle, dark or grey."""

    box: Box
    shape: str
    colour: str
    text: str
    bottom_text: str = ""
    code: str = ""
    conditions: frozenset[str] = frozenset()
    pixels: float = 0.0
    character: float = 0.0
    ink: str = ""
    partial: bool = False
    under: tuple[Under, ...] = ()


@dataclass(frozen=True, slots=True)
class TruePage:
    """``negative``: what a page without seals bears (``ordinary``, a look-alike's kind), else empty."""

    name: str
    path: Path
    rotation: int
    seals: tuple[TrueSeal, ...]
    negative: str = ""
    kind: str = ""

    def pixels(self) -> Pixels:
        with Image.open(self.path) as image:
            picture = image.convert("RGB")
            picture.thumbnail((LONG_SIDE, LONG_SIDE))
            stored = np.asarray(picture, np.uint8)
        return np.ascontiguousarray(np.rot90(stored, self.rotation // 90))


def drawn_pages(folder: Path) -> Iterator[TruePage]:
    """Pages with truth beside them, as ``python -m fixtures.build samples|hard`` writes them."""
    for truth in sorted(folder.glob("*.json")):
        page = json.loads(truth.read_text("utf-8"))["pages"][0]
        seals = tuple(_drawn_seal(seal) for seal in page["seals"])
        like = [one["kind"] for one in page.get("look_alikes", ())]
        negative = "" if seals else (like[0] if like else "ordinary")
        path = truth.with_suffix(".jpg")
        yield TruePage(truth.stem, path, page["rotation"], seals, negative, page["kind"])


def _drawn_seal(seal: dict[str, Any]) -> TrueSeal:
    return TrueSeal(
        box=Box.clipped(*seal["box"]),
        shape=seal["shape"],
        colour=seal["colour"],
        text=seal["text"],
        bottom_text=seal["bottom_text"],
        code=seal["code"],
        conditions=frozenset(seal.get("conditions", ())),
        pixels=seal.get("pixels", 0.0),
        character=seal.get("character", 0.0),
        ink=seal.get("ink", ""),
        partial=seal.get("partial", False),
        under=tuple(
            Under(line["text"], Box.clipped(*line["box"]), line["part"]) for line in seal.get("under", ())
        ),
    )


def real_pages(folder: Path) -> Iterator[TruePage]:
    """The labelled scans; what a label says after the unit's name (kind, issuer) is not part of the name."""
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        path = folder / row["file"]
        if path.suffix == ".pdf":
            continue
        width, height = row["width"], row["height"]
        seals = []
        for seal in row["seals"]:
            left, top, right, bottom = seal["box"]
            box = Box.clipped(left / width, top / height, right / width, bottom / height)
            seals.append(
                TrueSeal(
                    box=box,
                    shape=seal["shape"],
                    colour=seal["colour"],
                    text=str(seal["text"] or "").split(" ")[0],
                    pixels=float(max(right - left, bottom - top)),
                    partial=bool(seal.get("partial")),
                )
            )
        negative = "" if seals else ("hard" if path.name.startswith("g3_") else "ordinary")
        yield TruePage(path.stem, path, 0, tuple(seals), negative)
