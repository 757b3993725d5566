"""What is framed on a page beside the flags: seals, marks with what stands beside them, values read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.geometry import Box
from domain.reading import PageReading
from domain.review import EvidenceFile
from report.contents import read_values
from report.privacy import Privacy


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """``kind``: seal, mark or field. ``words`` are shown when one points at it."""

    kind: str
    box: Box
    words: str


def boxes_of(file: EvidenceFile, page: PageReading, privacy: Privacy) -> Sequence[PlacedBox]:
    return [*_seals(page), *_marks(page), *_fields(file, page, privacy)]


def _seals(page: PageReading) -> list[PlacedBox]:
    return [
        PlacedBox("seal", seal.box, f"印章：{seal.text or '未能识读'} {seal.bottom_text}".strip())
        for seal in page.seals
    ]


def _marks(page: PageReading) -> list[PlacedBox]:
    found = []
    for mark in page.marks:
        found.append(PlacedBox("mark", mark.box, f"核对标记：{mark.text}"))
        if mark.signature is not None:
            found.append(PlacedBox("mark", mark.signature.box, "核对人签名"))
        if mark.date_box is not None:
            found.append(PlacedBox("mark", mark.date_box, f"核对日期：{mark.date or '未能识读'}"))
    return found


def _fields(file: EvidenceFile, page: PageReading, privacy: Privacy) -> list[PlacedBox]:
    return [
        PlacedBox("field", value.field.where.box, f"{value.label}：{value.text}")
        for value in read_values(file, privacy)
        if value.field.where.page == page.number and value.field.where.box is not None
    ]
