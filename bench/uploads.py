"""A drawn upload as the service would have read it, lines, seals and marks where they truly are."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import forensics
import intake
from domain.declaration import Declaration
from domain.facts import Document, KindGuess
from domain.kinds import EvidenceKind
from domain.page import PageImage
from domain.plan import CheckUse, Requirement
from domain.reading import PageReading, Reading
from domain.review import Dossier, EvidenceFile
from domain.settings import Limits
from fixtures.checks.builder import plan
from fixtures.forgeries import Upload
from fixtures.forgeries.reading import reading_from_truth
from pipeline.reading import read_file
from pipeline.tools import ReadingTools

Read = Callable[[PageImage], PageReading]
_CHECKS = ("tamper.seal", "tamper.text", "tamper.file")


def reading_of(upload: Upload, read: Read | None = None) -> Reading:
    """The whole upload, signs of forgery included; ``read`` stands in for the truth."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(upload.data)
        return reading_at(path, upload.name, read or _truth_of(upload))


def _truth_of(upload: Upload) -> Read:
    return lambda image: reading_from_truth(upload, image.width, image.height)


def reading_at(path: Path, name: str, read: Read) -> Reading:
    """Every page of a file; one that cannot be used has its error and no pages."""
    return read_file(path, name, Limits(), ReadingTools(intake.opened, read, forensics.examine))


def asked_of_forgery(reading: Reading, kind: EvidenceKind) -> Dossier:
    """An application of one file, of which nothing is asked but whether it was forged."""
    uses = tuple(CheckUse(check=check) for check in _CHECKS)
    requirement = Requirement(id="G-FORGE", title="核实", quote="核实", how=("E",), checks=uses)
    document = Document(
        kind=KindGuess(name=kind, confidence=1.0), page_kinds=tuple(kind for _ in reading.pages), facts=()
    )
    return Dossier(
        declaration=Declaration.model_validate({"applicant": {"name": "某"}}),
        files=(EvidenceFile(reading=reading, document=document),),
        plan=plan((requirement,)),
    )
