"""What a run over files or applications gives: records that ``pipeline`` makes and ``report`` writes."""

from __future__ import annotations

from pathlib import Path

from domain.base import Record
from domain.declaration import Declaration, DeclaredEvidence
from domain.facts import Document
from domain.reading import Reading
from domain.review import ApplicationReview


class InputProblem(Record):
    """Some input that could not be used, in Chinese, with what to do. ``code`` is of the contract."""

    path: str
    code: str
    message: str
    ours: bool = False
    """The program itself failed: a matter for the checker, never for the applicant."""


class ReadApplication(Record):
    """An application once its files are read: all that judging needs, now or under later rules.

    ``declaration`` is None where it could not be used; ``problems`` name paths within the application.
    """

    path: str
    declaration: Declaration | None
    uploads: tuple[tuple[Reading, DeclaredEvidence | None], ...] = ()
    """Every file as read, and what the applicant said of it."""
    problems: tuple[InputProblem, ...] = ()


class InspectedFile(Record):
    """One file as read. ``document`` is None where the file could not be read."""

    reading: Reading
    document: Document | None = None


class Inspection(Record):
    files: tuple[InspectedFile, ...]

    @property
    def problems(self) -> tuple[InputProblem, ...]:
        failed = ((file.reading.path, file.reading.error) for file in self.files)
        return tuple(
            InputProblem(path=path, code=error.code, message=error.message, ours=error.ours)
            for path, error in failed
            if error is not None
        )


class Screening(Record):
    """All applications of a batch in the order of their paths. ``plan`` is empty where they differ."""

    plan: str
    applications: tuple[ApplicationReview, ...]
    problems: tuple[InputProblem, ...] = ()


class PageProgress(Record):
    """One step of a run: page ``page`` of ``pages`` of a file is read; both 0 when the file is through."""

    path: str
    page: int = 0
    pages: int = 0
    files_done: int
    files: int


class PagePictures(Record):
    """Where the upright pictures of pages lie: one folder a file, named by the file's own SHA-256."""

    folder: Path

    def of(self, sha256: str, page: int) -> Path:
        return self.folder / sha256[:24] / f"{page}.jpg"
