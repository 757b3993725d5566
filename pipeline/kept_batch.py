"""The readings of a batch beside its report, so that it can be judged again without reading a page.

One packed file of JSON lines: a head, a line an application (what was read and declared, how it stood), and a
last line with the problems of the batch, by which a file that was cut short is known. It holds all that the
evidence says, so it is for its owner alone.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from domain.base import Record
from domain.errors import InputError
from domain.replay import Standing
from domain.review import ApplicationReview
from domain.screening import InputProblem, ReadApplication, Screening

NAME = "readings.jsonl.gz"
FORMAT = 1


class Head(Record):
    format: int
    reader: str
    """Digest of the code and the weights that read (``pipeline.work.versions``)."""
    plan: str | None
    """What all applications were judged by; ``None``: what each declared."""


class KeptApplication(Record):
    read: ReadApplication
    stood: Standing


class Tail(Record):
    problems: tuple[InputProblem, ...]


class KeptBatch(Record):
    head: Head
    applications: tuple[KeptApplication, ...]


def standing(review: ApplicationReview) -> Standing:
    return Standing(
        path=review.path,
        applicant=review.applicant,
        plan=review.plan,
        verdict=review.verdict,
        flags=review.all_flags,
    )


def keep(
    folder: Path, read: Sequence[ReadApplication], screening: Screening, plan: str | None, reader: str
) -> Path:
    """Write the readings of a batch just screened into its report's folder, readable by their owner alone."""
    target = folder / NAME
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{NAME}.")  # for its owner alone: mode 600
    try:
        with (
            os.fdopen(handle, "wb") as raw,
            gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6, mtime=0) as packed,
        ):
            packed.write(_line(Head(format=FORMAT, reader=reader, plan=plan)))
            for one, review in zip(read, screening.applications, strict=True):
                packed.write(_line(KeptApplication.model_construct(read=one, stood=standing(review))))
            packed.write(_line(Tail(problems=screening.problems)))
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target


def kept(folder: Path) -> KeptBatch:
    """What ``keep`` wrote. Raises ``InputError`` where nothing was kept, or it is damaged."""
    path = folder / NAME
    if not path.is_file():
        message = (
            f"“{folder}”里没有 {NAME}：该目录不是 hezheng screen --out 写出的，或由旧版本写出，没有识别结果。"
            "请用 hezheng screen DIR --out 目录 重新核对一次，之后即可重放。"
        )
        raise InputError("file.unreadable", message, str(folder))
    try:
        with gzip.open(path, "rt", encoding="utf-8") as packed:
            head = Head.model_validate_json(next(packed))
            if head.format != FORMAT:
                raise ValueError("format")
            applications, last = [], ""
            for line in packed:
                if last:
                    applications.append(KeptApplication.model_validate_json(last))
                last = line
            Tail.model_validate_json(last)
    except (OSError, EOFError, zlib.error, ValueError, StopIteration, ValidationError) as error:
        message = (
            f"“{path}”已损坏或出自别的版本，无法重放（{type(error).__name__}）。"
            "请从备份恢复该文件，或用 hezheng screen DIR --out 目录 重新核对一次。"
        )
        raise InputError("file.unreadable", message, str(path)) from error
    return KeptBatch.model_construct(head=head, applications=tuple(applications))


def _line(record: Record) -> bytes:
    return record.model_dump_json(by_alias=True).encode() + b"\n"
