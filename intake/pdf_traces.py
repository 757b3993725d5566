"""How a PDF was made, from its bytes: editors it names, sections added later, signatures (in the child).

A PDF that is saved incrementally keeps its earlier state and appends what changed behind it
(ISO 32000-1, 7.5.6); a signature names the bytes that it covers (12.8.1).
"""

from __future__ import annotations

import ctypes
import re

import pypdfium2
import pypdfium2.raw as pdfium

from intake.editors import named_editors
from intake.wire import Traces

_MAKERS = ("Producer", "Creator")
_LONGEST_NAME = 512
_MOST_SIGNATURES = 100
_MOST_SECTIONS = 1000
_END = re.compile(rb"startxref\s{1,16}\d{1,12}\s{1,16}%%EOF")
_OBJECT = re.compile(rb"\d \d{1,5} obj|/ObjStm")
"""Bounded, so that no run of digits or blanks makes the search quadratic."""


def pdf_traces(data: bytes, document: pypdfium2.PdfDocument) -> Traces:
    """Traces of a PDF: what its metadata and pictures name, what was appended and what signatures cover."""
    made_by = "\n".join(_meta(document, key) for key in _MAKERS)
    editors = set(named_editors(data)) | set(named_editors(made_by.encode(), with_makers=True))
    covered = _covered(document)
    sections = _sections(data)
    after = data[max(covered) :] if covered else b""
    return Traces(
        editors=tuple(sorted(editors)),
        resaved=max(len(sections) - 1 - sum(_harmless(part) for part in sections[1:]), 0),
        signatures=len(covered),
        changed_after_signing=b"startxref" in after and not _harmless(after),
    )


def _meta(document: pypdfium2.PdfDocument, key: str) -> str:
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    length = pdfium.FPDF_GetMetaText(document.raw, key.encode(), buffer, _LONGEST_NAME)
    return buffer.raw[: min(length, _LONGEST_NAME)].decode("utf-16-le", "ignore")


def _sections(data: bytes) -> list[bytes]:
    """The file as first finished, then every section appended to it. A linearised file begins with two."""
    ends = [found.end() for found in _END.finditer(data)][:_MOST_SECTIONS]
    if b"/Linearized" in data[:1024]:
        ends = ends[1:]
    starts = [0, *ends]
    return [data[start:end] for start, end in zip(starts, ends, strict=False)]


def _harmless(section: bytes) -> bool:
    """An appended section that signs, or keeps what is needed to verify a signature, and draws nothing."""
    signs = any(name in section for name in (b"/ByteRange", b"/DSS", b"/DocTimeStamp", b"/VRI"))
    return signs or not _OBJECT.search(section)


def _covered(document: pypdfium2.PdfDocument) -> list[int]:
    """Where the bytes end that each signature covers."""
    ends = []
    count = pdfium.FPDF_GetSignatureCount(document.raw)
    for index in range(min(max(count, 0), _MOST_SIGNATURES)):
        signature = pdfium.FPDF_GetSignatureObject(document.raw, index)
        ranges = (ctypes.c_int * 4)()
        if signature and pdfium.FPDFSignatureObj_GetByteRange(signature, ranges, 4) == 4:
            ends.append(max(ranges[2] + ranges[3], 0))
    return ends
