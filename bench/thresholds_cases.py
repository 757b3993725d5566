"""What thresholds are measured on: applications as read, with the defects that were planted in them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import checks
import fields
import intake
import policies
from bench.plans_reading import digest
from bench.uploads import asked_of_forgery, reading_of
from domain.facts import Document, KindGuess
from domain.kinds import EvidenceKind
from domain.reading import Reading
from domain.review import CheckResult, Dossier, EvidenceFile
from fixtures.forgeries import CLEAN, FORGED, Upload, clean, forged
from policies.journals import import_list, load_lists


@dataclass(frozen=True, slots=True)
class Planted:
    code: str
    file: str | None
    severity: str


@dataclass(frozen=True, slots=True)
class Case:
    """``results``: of all checks under the defaults. ``allowed``: codes that may come besides."""

    dossier: Dossier
    planted: tuple[Planted, ...]
    allowed: frozenset[str]
    results: tuple[CheckResult, ...]


def drawn(batch: Path, readings: Mapping[str, Reading]) -> Iterator[Case]:
    """The applications of a drawn batch that were read whole, held against the lists beside them."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("register", "blacklist"):
            import_list(batch / "journals" / f"{kind}.csv", kind, Path(folder))
        lists = load_lists(Path(folder))
    for application in intake.find_applications(batch).applications:
        listed = [(one, digest(one.path)) for one in application.evidence if one.declared is not None]
        if application.declaration is None or any(key not in readings for _, key in listed):
            continue
        files = []
        for entry, key in listed:
            reading = readings[key].model_copy(update={"path": entry.name})
            kind = entry.declared.kind if entry.declared and entry.declared.kind else EvidenceKind.OTHER
            unread = Document(kind=KindGuess(name=kind, confidence=0.0), page_kinds=(), facts=())
            document = fields.understand(reading, entry.declared) if reading.error is None else unread
            files.append(EvidenceFile(reading=reading, document=document, declared=entry.declared))
        dossier = Dossier(
            declaration=application.declaration,
            files=tuple(files),
            plan=policies.load_plan(application.declaration.plan or policies.DEFAULT_PLAN),
            lists=lists,
        )
        truth = json.loads((batch / application.name / "truth.json").read_text("utf-8"))
        planted = [
            Planted(one["code"], one["file"], one.get("severity", "warning")) for one in truth["flags"]
        ]
        yield _case(dossier, planted, truth["allowed"])


def forgeries(count: int, first: int = 9000) -> Iterator[Case]:
    """Drawn forgeries and honest uploads of every kind, lines and seals where they truly are."""
    for seed in range(first, first + count):
        for kind in CLEAN:
            yield _case(_asked(clean(kind, seed)), (), ())
        for kind in FORGED:
            upload = forged(kind, seed)
            yield _case(_asked(upload), (Planted("tamper.suspected", upload.name, "warning"),), ())


def _asked(upload: Upload) -> Dossier:
    return asked_of_forgery(reading_of(upload), EvidenceKind(upload.kind))


def _case(dossier: Dossier, planted: Iterable[Planted], allowed: Iterable[str]) -> Case:
    given = tuple(planted)
    expected = frozenset((*allowed, *(one.code for one in given)))
    return Case(dossier, given, expected, checks.run(dossier))
