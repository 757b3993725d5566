"""Crops of what went wrong, each with what stands there and what was read in its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from bench.seals.measure import PageOutcome
from bench.seals.pages import TruePage
from domain.geometry import Box

SIDE = 420


def _crop(page: TruePage, box: Box, path: Path) -> None:
    image = Image.fromarray(page.pixels())
    around = box.grown(0.15 * box.width, 0.15 * box.height)
    corners = (
        round(around.left * image.width),
        round(around.top * image.height),
        max(round(around.right * image.width), round(around.left * image.width) + 2),
        max(round(around.bottom * image.height), round(around.top * image.height) + 2),
    )
    part = image.crop(corners)
    share = SIDE / max(part.size)
    part.resize((max(1, round(part.width * share)), max(1, round(part.height * share)))).save(path)


def write_worst(pages: Sequence[PageOutcome], folder: Path) -> None:
    """``missed-…``, ``misread-…`` and ``false-…`` PNGs, and ``list.txt`` that says what each shows; those of
    an earlier run go."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ("missed", "misread", "false"):
        for old in folder.glob(f"{kind}-*.png"):
            old.unlink()
    told: list[str] = []
    for outcome in pages:
        name = outcome.page.name
        for number, seal in enumerate(outcome.seals):
            wanted = seal.wanted
            about = f"{wanted.colour} {wanted.shape} {wanted.pixels:.0f} px {wanted.text!r}"
            about += f" {sorted(wanted.conditions)}"
            if seal.found is None:
                told.append(f"missed-{name}-{number}.png: {about}")
                _crop(outcome.page, wanted.box, folder / f"missed-{name}-{number}.png")
            elif wanted.text and not wanted.partial and not seal.named:
                told.append(f"misread-{name}-{number}.png: {about} read {seal.found.text!r}")
                _crop(outcome.page, wanted.box, folder / f"misread-{name}-{number}.png")
        for number, false in enumerate(outcome.unmatched):
            told.append(
                f"false-{name}-{number}.png: {outcome.page.negative} {false.colour} {false.shape} "
                f"{false.text!r} {false.confidence:.2f}"
            )
            _crop(outcome.page, false.box, folder / f"false-{name}-{number}.png")
        for line in outcome.under:
            if not line.exact:
                told.append(f"{name}: under {line.ink} ink {line.wanted.text!r} read {line.read!r}")
    (folder / "list.txt").write_text("\n".join(told) + "\n", "utf-8")
