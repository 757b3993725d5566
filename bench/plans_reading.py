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
    """Every evidence file's reading by its digest; what ``store`` lacks is read and put there."""
    store.mkdir(parents=True, exist_ok=True)
    jobs: dict[str, ReadJob] = {}
    for application in find_applications(drawn).applications:
        for entry in application.evidence:
            if entry.declared is not None:
                key = digest(entry.path)
                jobs.setdefault(key, ReadJob(key, entry.path, entry.name, f"{application.name}/{entry.name}"))
    todo = [job for key, job in jobs.items() if not (store / f"{key}.json").is_file()]
    done = 0
    for event in read_all(todo, reading_tools, workers=min(processes, max(1, len(todo))), limits=Limits()):
        if isinstance(event, FileRead):
            done += 1
            (store / f"{event.key}.json").write_text(event.reading.model_dump_json(), "utf-8")
            print(f"{done}/{len(todo)} {jobs[event.key].label}", file=sys.stderr, flush=True)
    return {key: Reading.model_validate_json((store / f"{key}.json").read_text("utf-8")) for key in jobs}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
