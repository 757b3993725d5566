"""Inspection of single files: what is on each page, without an application and without judgement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from domain.declaration import DeclaredEvidence
from domain.facts import Document
from domain.reading import Reading
from domain.screening import InspectedFile, Inspection
from domain.settings import Limits
from pipeline.batch import Progress, read_batch
from pipeline.pool import MakeTools, ReadJob

Understand = Callable[[Reading, DeclaredEvidence | None], Document]


def inspect(
    paths: Sequence[Path],
    make_reading_tools: MakeTools,
    understand: Understand,
    *,
    workers: int,
    limits: Limits | None = None,
    progress: Progress = lambda event: None,
) -> Inspection:
    """Read every file, in the order given; one that cannot be read is in the result with its error.

    Raises ``SetupError`` where the reader is not fit for use.
    """
    jobs = [ReadJob(str(index), path, str(path), str(path)) for index, path in enumerate(paths)]
    readings = read_batch(
        jobs, make_reading_tools, workers=workers, limits=limits or Limits(), progress=progress
    )
    return Inspection(files=tuple(_inspected(readings[job.key], understand) for job in jobs))


def _inspected(reading: Reading, understand: Understand) -> InspectedFile:
    document = understand(reading, None) if reading.error is None else None
    return InspectedFile(reading=reading, document=document)
