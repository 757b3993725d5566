"""What screening works on: the applications of a batch with their files, broken ones included."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from domain.declaration import Declaration
from domain.errors import InputError


@dataclass(frozen=True, slots=True)
class EvidencePath:
    """``name`` is how the declaration calls the file: relative to the application's folder, with slashes."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class FoundApplication:
    """One application folder. ``path`` is its name for people, relative to the batch.

    Either a declaration, or the problem that kept it from being used.
    """

    path: str
    declaration: Declaration | None
    files: tuple[EvidencePath, ...] = ()
    problem: InputError | None = None
