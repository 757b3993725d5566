"""How a file was made: what the decoding child tells of editors, later sections, signatures and overlays."""

from __future__ import annotations

import random
from pathlib import Path
from time import monotonic

import pytest

import intake
from domain.page import PageImage
from domain.settings import Limits
from domain.traces import FileTraces
from fixtures.forgeries import clean, forged
from fixtures.forgeries.files import signed_scan
from fixtures.forgeries.upload import Upload
from intake.pdf_traces import _harmless, _sections


def seen(upload: Upload | bytes, folder: Path) -> tuple[FileTraces, PageImage]:
    path = folder / "upload"
    path.write_bytes(upload if isinstance(upload, bytes) else upload.data)
    with intake.opened(path, "upload", Limits()) as file:
        return file.traces, next(file.pages())


@pytest.mark.parametrize("kind", ["flatbed", "verified photocopy"])
def test_an_honest_scan_has_no_traces(kind: str, tmp_path: Path) -> None:
    traces, page = seen(clean(kind, 1), tmp_path)
    assert traces == FileTraces()
    assert not page.overlays


def test_the_editor_that_left_its_name_is_told(tmp_path: Path) -> None:
    traces, _ = seen(forged("picture from an editor", 1), tmp_path)
    assert traces.editors


def test_a_section_appended_to_a_pdf_is_counted(tmp_path: Path) -> None:
    traces, _ = seen(forged("PDF, worked over and saved", 1), tmp_path)
    assert (traces.resaved, traces.signatures) == (1, 0)


def test_a_signed_pdf_is_no_changed_pdf(tmp_path: Path) -> None:
    traces, _ = seen(signed_scan(random.Random(1)), tmp_path)  # noqa: S311 - drawing, no secret
    assert (traces.resaved, traces.signatures, traces.changed_after_signing) == (0, 1, False)


def test_a_change_behind_the_signature_is_told(tmp_path: Path) -> None:
    traces, _ = seen(forged("PDF, changed after signing", 1), tmp_path)
    assert traces.changed_after_signing


def test_a_seal_laid_on_a_scan_as_its_own_picture_is_told_with_its_place(tmp_path: Path) -> None:
    upload = forged("PDF, seal as a picture of its own", 1)
    _, page = seen(upload, tmp_path)
    left, top, right, bottom = upload.truth.box(upload.touched) or (0, 0, 0, 0)
    (overlay,) = page.overlays
    assert overlay.over_scan
    assert overlay.box.corners == pytest.approx((left, top, right, bottom), abs=0.02)


def test_a_long_run_of_digits_costs_no_time() -> None:
    before = monotonic()
    assert _harmless(b"1" * 4_000_000)
    assert _sections(b"startxref" + b" " * 4_000_000) == []
    assert monotonic() - before < 2
