"""How far the flags of a report agree with the truth that stands beside drawn applications.

``truth.json`` in an application's folder: ``{"flags": [{"code", "file"}], "allowed": [codes]}``.
``flags`` are the planted defects (``file`` null: wherever it is flagged), ``allowed`` codes that may come
besides.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ConfigDict

from domain.base import Record


class Planted(Record):
    code: str
    file: str | None = None


class Truth(Record):
    """Whatever else stands in the file (what was drawn where) is of no concern here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    flags: tuple[Planted, ...] = ()
    allowed: tuple[str, ...] = ()


class Disagreement(Record):
    application: str
    code: str
    file: str | None
    message: str = ""


class Agreement(Record):
    """``false_errors``: errors on applications without a planted defect; ``extra_errors``: on the others."""

    planted: int
    found: int
    clean_applications: int
    missed: tuple[Disagreement, ...]
    false_errors: tuple[Disagreement, ...]
    extra_errors: tuple[Disagreement, ...]

    @property
    def good(self) -> bool:
        return not self.missed and not self.false_errors


def agreement(report: dict[str, Any], truths: dict[str, Truth]) -> Agreement:
    """Compare a report (the JSON document of ``screen``) with the truth of each application by its path."""
    planted = found = clean = 0
    missed: list[Disagreement] = []
    false_errors: list[Disagreement] = []
    extra_errors: list[Disagreement] = []
    for application in report["applications"]:
        path = application["path"]
        truth = truths.get(path)
        if truth is None:
            continue
        flags = [*application["flags"], *(flag for file in application["files"] for flag in file["flags"])]
        raised = {(flag["code"], flag["file"]) for flag in flags if flag["severity"] != "info"}
        codes = {code for code, _ in raised}
        for one in truth.flags:
            planted += 1
            if (one.code, one.file) in raised or (one.file is None and one.code in codes):
                found += 1
            else:
                missed.append(Disagreement(application=path, code=one.code, file=one.file))
        expected = {one.code for one in truth.flags} | set(truth.allowed)
        clean += not truth.flags
        (extra_errors if truth.flags else false_errors).extend(
            Disagreement(application=path, code=flag["code"], file=flag["file"], message=flag["message"])
            for flag in flags
            if flag["severity"] == "error" and flag["code"] not in expected
        )
    for path in truths.keys() - {application["path"] for application in report["applications"]}:
        lost = [Disagreement(application=path, code=one.code, file=one.file) for one in truths[path].flags]
        planted += len(lost)
        missed += lost
    return Agreement(
        planted=planted,
        found=found,
        clean_applications=clean,
        missed=tuple(missed),
        false_errors=tuple(false_errors),
        extra_errors=tuple(extra_errors),
    )


def truths_under(folder: Path) -> dict[str, Truth]:
    """Every ``truth.json`` under the batch's folder, by the application's path as a report names it."""
    return {
        path.parent.relative_to(folder).as_posix(): Truth.model_validate(
            json.loads(path.read_text(encoding="utf-8")), strict=False
        )
        for path in sorted(folder.rglob("truth.json"))
    }
