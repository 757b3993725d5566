"""Readings of a drawn batch, kept on disk by the digest of the file, so that nothing is read twice."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from domain.reading import Reading
from domain.settings import Limits
from intake import find_applications
from pipeline.pool import FileRead, ReadJob, read_all
from pipeline.real_tools import reading_tools


def read_stored(drawn: Path, store: Path, processes: int) -> dict[str, Reading]:
    """Every evidence file's reading by its digest; what ``store`` lacks is read and put there.

    The first application of every plan comes before the second of any, so that a run broken off has seen
    of all. With no process nothing is read, and what is lacking is left out.
    """
    store.mkdir(parents=True, exist_ok=True)
    jobs: dict[str, ReadJob] = {}
    for application in sorted(
        find_applications(drawn).applications, key=lambda one: one.name.rpartition("-")[2]
    ):
        for entry in application.evidence:
            if entry.declared is not None:
                key = digest(entry.path)
                jobs.setdefault(key, ReadJob(key, entry.path, entry.name, f"{application.name}/{entry.name}"))
    lacking = [job for key, job in jobs.items() if not (store / f"{key}.json").is_file()]
    todo = lacking if processes else []
    done = 0
    for event in read_all(todo, reading_tools, workers=min(processes, max(1, len(todo))), limits=Limits()):
        if isinstance(event, FileRead):
            done += 1
            (store / f"{event.key}.json").write_text(event.reading.model_dump_json(), "utf-8")
            print(f"{done}/{len(todo)} {jobs[event.key].label}", file=sys.stderr, flush=True)
    kept = {key: store / f"{key}.json" for key in jobs}
    return {
        key: Reading.model_validate_json(path.read_text("utf-8"))
        for key, path in kept.items()
        if path.is_file()
    }


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
