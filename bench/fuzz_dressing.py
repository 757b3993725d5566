"""Mutated bytes made passable: checksums set right, a part put into a sound container.

Without it most mutations die at the first checksum, and nothing behind it is ever tried.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XLSX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "xl/workbook.xml": (
        f'<workbook {_NS} xmlns:r="{_REL}"><sheets><sheet name="applicant" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{_REL}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet {_NS}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    ),
    "xl/sharedStrings.xml": f"<sst {_NS}><si><t>folder</t></si><si><t>name</t></si></sst>",
    "xl/worksheets/sheet1.xml": (
        f"<worksheet {_NS}><sheetData>"
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>zhang</t></is></c><c r="B2" s="1"><v>43000</v></c></row>'
        "</sheetData></worksheet>"
    ),
}
PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml")


def dressed_png(content: bytes) -> bytes:
    """A PNG whose chunks bear the checksums of what is in them; anything else as it is."""
    if not content.startswith(_PNG):
        return content
    parts, place = [_PNG], len(_PNG)
    while place + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, place)
        body = content[place + 4 : place + 8 + length]
        parts += [content[place : place + 4], body, struct.pack(">I", zlib.crc32(body))]
        place += 12 + length
    return b"".join(parts)


def dressed_xlsx(content: bytes) -> bytes:
    """A content that begins with 0 … 3 is that part of a workbook that is sound otherwise."""
    if content[:1] not in (b"0", b"1", b"2", b"3"):
        return content
    parts = {name: text.encode() for name, text in _XLSX.items()}
    parts[PARTS[int(content[:1])]] = content[1:]
    return _zipped(parts)


def part_of_xlsx(number: int) -> bytes:
    """A seed for ``dressed_xlsx``: the sound part ``number`` behind its digit."""
    return str(number).encode() + _XLSX[PARTS[number]].encode()


def renamed_zip(content: bytes) -> bytes:
    """A content that begins with ``N`` is names of entries, one a line, each put into a sound zip."""
    if content[:1] != b"N":
        return content
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for line in content[1:4000].split(b"\n")[:40]:
            info = zipfile.ZipInfo("x")
            info.filename = info.orig_filename = line.decode("utf-8", "replace") or "x"
            info.external_attr = (line[0] << 24) if line else 0
            try:
                archive.writestr(info, line)
            except (ValueError, UnicodeError):
                continue
    return output.getvalue()


def _zipped(parts: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return output.getvalue()
