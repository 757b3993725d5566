"""Readings as a perfect engine would give them, from the truth beside a batch: readers and checks alone.

Files are opened by the real intake, so that what cannot be opened is told as it is.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import intake
from bench.plans_reading import digest
from domain.geometry import Box, Point, Quad
from domain.kinds import MarkStyle, SealColour, SealShape
from domain.page import PageImage
from domain.reading import Line, PageQuality, PageReading, Reading, Seal, Signature, VerificationMark
from domain.settings import Limits
from fixtures.plans.application import Table
from pipeline.reading import read_file
from pipeline.tools import ReadingTools

READ, SEEN = 0.97, 0.98
"""Confidence of every line, and of everything that was found on a page."""


def read_perfectly(drawn: Path) -> dict[str, Reading]:
    """Every evidence file's reading by its digest."""
    found: dict[str, Reading] = {}
    for application in intake.find_applications(drawn).applications:
        truth = json.loads((drawn / application.name / "truth.json").read_text("utf-8"))["files"]
        for entry in application.evidence:
            key = digest(entry.path) if entry.declared is not None else ""
            if not key or key in found:
                continue
            told = truth.get(entry.name, {"pages": [], "scan": "flatbed"})
            tools = ReadingTools(opened=intake.opened, read_page=partial(_page, told))
            found[key] = read_file(entry.path, entry.name, Limits(), tools)
    return found


def _page(told: Table, image: PageImage) -> PageReading:
    pages = told["pages"]
    truth = pages[image.number - 1] if image.number <= len(pages) else {"lines": [], "seals": [], "marks": []}
    lines = tuple(_line(line) for line in truth["lines"] if line["box"])
    legible = told.get("scan") != "blurred"
    return PageReading(
        number=image.number,
        width=image.width,
        height=image.height,
        quality=PageQuality(sharpness=0.9 if legible else 0.0, legible=legible, blank=not lines),
        lines=lines if legible else (),
        seals=tuple(_seal(seal) for seal in truth["seals"]) if legible else (),
        marks=tuple(_mark(mark) for mark in truth["marks"]) if legible else (),
    )


def _box(told: list[float]) -> Box:
    left, top, right, bottom = told
    return Box(left=left, top=top, right=right, bottom=bottom)


def _line(told: Table) -> Line:
    box = _box(told["box"])
    text = "".join(str(told["text"]).split())
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    first, second, third, fourth = (Point(x, y) for x, y in corners)
    return Line(text=text, raw=text, confidence=READ, quad=Quad(points=(first, second, third, fourth)))


def _seal(told: Table) -> Seal:
    return Seal(
        box=_box(told["box"]),
        shape=SealShape(told["shape"]),
        colour=SealColour(told["colour"]),
        text="".join(str(told["text"]).split()),
        confidence=SEEN,
        text_confidence=READ,
    )


def _mark(told: Table) -> VerificationMark:
    signature = told["signature"]
    return VerificationMark(
        box=_box(told["box"]),
        text=str(told["text"]),
        style=MarkStyle(told["style"]),
        signature=Signature(box=_box(signature["box"])) if signature else None,
        date=told["date"],
        date_box=_box(told["date_box"]) if told["date_box"] else None,
        seal=told["seal"],
        confidence=SEEN,
    )
