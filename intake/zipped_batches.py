"""A batch's zip as the applications in it, for as long as they are needed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import InputError
from domain.settings import Limits
from intake.applications import Application, find_applications
from intake.archives import ENDING, ArchiveLimits, unpack_archive
from intake.names import safe_name

_LONGEST_STEM = 60
_LEFT_BEHIND_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class ZippedBatch:
    """``applications`` by their folder in the batch: the same each time it is opened, no two alike."""

    applications: dict[str, Application]
    problems: tuple[InputError, ...]


@contextmanager
def opened_batch(
    source: Path,
    name: str,
    workroom: Path,
    limits: Limits,
    archive_limits: ArchiveLimits,
    tick: Callable[[], None],
) -> Iterator[ZippedBatch]:
    """Unpacked below ``workroom``, in a folder of this call alone that is gone afterwards.

    ``tick`` is called again and again on the way. Raises ``InputError`` where the zip is of no use.
    """
    workroom.mkdir(parents=True, exist_ok=True)
    _tidy(workroom)
    with TemporaryDirectory(dir=workroom) as own:
        # Called like the zip: an application that lies in no folder of the zip bears this name.
        stem = safe_name(name).removesuffix(ENDING).replace("/", "_")[:_LONGEST_STEM].strip()
        folder = Path(own) / (stem or "batch")
        folder.mkdir()
        problems = unpack_archive(source, name, folder, archive_limits, tick)
        root = _innermost(folder)
        found = find_applications(root, limits)
        applications = {_path(application.folder, folder): application for application in found.applications}
        others = (_within(root, folder, problem) for problem in found.problems)
        yield ZippedBatch(applications, (*problems, *others))


def _innermost(folder: Path) -> Path:
    """Past folders that hold nothing but one folder: ``declarations.xlsx`` lies beside the applications."""
    while True:
        inside = list(folder.iterdir())
        if len(inside) != 1 or not inside[0].is_dir():
            return folder
        folder = inside[0]


def _path(place: Path, folder: Path) -> str:
    steps = place.relative_to(folder).as_posix()
    return folder.name if steps == "." else steps


def _within(root: Path, folder: Path, problem: InputError) -> InputError:
    """Named from the zip's outermost folder, as the applications are."""
    name = problem.name if root == folder else f"{_path(root, folder)}/{problem.name}"
    return InputError(problem.code, problem.message, name)


def _tidy(workroom: Path) -> None:
    """Remove what was left behind when somebody was killed."""
    for left in workroom.iterdir():
        if left.stat().st_mtime < time.time() - _LEFT_BEHIND_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
