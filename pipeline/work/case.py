"""What is judged: an application at one revision, its files by the names they are shown under."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pydantic import ValidationError
from sqlalchemy.orm import Session

from domain.declaration import Declaration, DeclaredEvidence
from domain.errors import FileProblem, InputError
from domain.kinds import EvidenceKind
from domain.reading import Reading
from domain.screening import InputProblem
from pipeline.reading import renamed
from pipeline.review import Upload
from store.applications import QUEUED, READING, files_in_force
from store.tables import ApplicationRow, BatchRow, FileRow

DECLARATION = "declaration.json"


@dataclass(frozen=True, slots=True)
class Case:
    """``plan``: what the batch names for all its applications; ``None``: the declared one."""

    application: ApplicationRow
    plan: str | None
    files: Mapping[str, FileRow]

    @property
    def path(self) -> str:
        """Its folder in its batch; an application of its own has no other name than its id."""
        return self.application.path or self.application.id

    @property
    def is_read(self) -> bool:
        return not any(file.status in (QUEUED, READING) for file in self.files.values())

    def declaration(self) -> Declaration:
        """Raises ``InputError`` where what was declared has the wrong form."""
        try:
            return Declaration.model_validate_json(json.dumps(self.application.declaration))
        except ValidationError as error:
            place = ".".join(str(step) for step in error.errors()[0]["loc"])
            message = f"申报表数据中的“{place}”格式不对，请改正后重新提交。"
            raise InputError("form.value-format", message, DECLARATION) from error

    def uploads(self, declaration: Declaration, readings: Mapping[str, Reading]) -> list[Upload]:
        return [(renamed(reading, name), self._said(declaration, name)) for name, reading in readings.items()]

    def absent(self, declaration: Declaration) -> list[InputProblem]:
        """Evidence that was declared and never came."""
        there = {_key(file.name) for file in self.files.values()}
        return [
            InputProblem(
                path=entry.file,
                code=FileProblem.UNREADABLE.value,
                message=f"申报了佐证材料“{entry.file}”，但没有上传这个文件，请补充上传或核对文件名。",
            )
            for entry in declaration.evidence
            if _key(entry.file) not in there
        ]

    def _said(self, declaration: Declaration, name: str) -> DeclaredEvidence | None:
        """What was said of a file at its upload, else in the declaration."""
        file = self.files[name]
        if file.kind or file.is_copy or file.about:
            kind = EvidenceKind(file.kind) if file.kind in set(EvidenceKind) else None
            return DeclaredEvidence(file=name, kind=kind, copy=file.is_copy, about=file.about or None)
        return next((one for one in declaration.evidence if _key(one.file) == _key(file.name)), None)


def case_of(session: Session, application: ApplicationRow) -> Case:
    batch = session.get(BatchRow, application.batch_id) if application.batch_id else None
    files: dict[str, FileRow] = {}
    for file in files_in_force(session, application.id):
        files[_unused(file.name, files)] = file
    return Case(application, (batch.plan or None) if batch is not None else None, files)


def _unused(name: str, taken: Mapping[str, FileRow]) -> str:
    """``scan.jpg`` a second time is ``scan (2).jpg``: flags find their file by its name."""
    path = PurePosixPath(name)
    shown, number = name, 2
    while shown in taken:
        shown, number = str(path.with_name(f"{path.stem} ({number}){path.suffix}")), number + 1
    return shown


def _key(name: str) -> str:
    """The same for names that mean the same file: one Unicode form, one kind of slash."""
    return PurePosixPath(unicodedata.normalize("NFC", name.strip()).replace("\\", "/")).as_posix()
