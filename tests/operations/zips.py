"""Zips of application folders."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from tests.pipeline import recorded


def declaration(name: str, **declared: Any) -> bytes:
    told = {"plan": recorded.PLAN.id, "applicant": {"name": name}} | declared
    return json.dumps(told, ensure_ascii=False).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def people(*names: str, files: int = 2) -> dict[str, bytes]:
    """Application folders, each with as many files of two pages that no check minds."""
    inside: dict[str, bytes] = {}
    for name in names:
        inside[f"2020/{name}/declaration.json"] = declaration(name)
        for number in range(files):
            inside[f"2020/{name}/{number}.png"] = f"pages 2 {name}{number}".encode()
    return inside


def workbook(*names: str) -> bytes:
    """``declarations.xlsx`` with one row an applicant; each declares ``0.png`` as a copy."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        applicants = book.add_worksheet("applicant")
        evidence = book.add_worksheet("evidence")
        applicants.write_row(0, 0, ["folder", "name"])
        evidence.write_row(0, 0, ["folder", "file", "kind", "copy"])
        for row, name in enumerate(names, start=1):
            applicants.write_row(row, 0, [name, name])
            evidence.write_row(row, 0, [name, "0.png", "ce_record", "是"])
    return written.getvalue()
