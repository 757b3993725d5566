"""Programs that a file names as its makers (in the child): looked for as bytes, nothing is parsed."""

from __future__ import annotations

import os
import re
from typing import BinaryIO

from domain.editors import Editor
from intake.wire import Traces

_NAMES: tuple[tuple[str, Editor], ...] = (
    ("Adobe Photoshop", Editor.PHOTOSHOP),
    ("Adobe Illustrator", Editor.ILLUSTRATOR),
    ("CorelDRAW", Editor.CORELDRAW),
    ("paint.net", Editor.PAINT_NET),
    ("Paint.NET", Editor.PAINT_NET),
    ("Affinity Photo", Editor.AFFINITY),
    ("Affinity Designer", Editor.AFFINITY),
    ("Pixelmator", Editor.PIXELMATOR),
    ("美图秀秀", Editor.MEITU),
    ("com.meitu", Editor.MEITU),  # not "Meitu": that is a maker of phones too
    ("XiuXiu", Editor.MEITU),
    ("光影魔术手", Editor.NEO_IMAGING),
    ("neoimaging", Editor.NEO_IMAGING),
    ("nEOiMAGING", Editor.NEO_IMAGING),
    ("PicsArt", Editor.PICSART),
    ("Snapseed", Editor.SNAPSEED),
    ("(Canva)", Editor.CANVA),
    ("Inkscape", Editor.INKSCAPE),
    ("PDFelement", Editor.PDF_ELEMENT),
    ("Foxit PhantomPDF", Editor.FOXIT),
    ("Foxit PDF Editor", Editor.FOXIT),
    ("Foxit Phantom", Editor.FOXIT),
    ("PDF-XChange Editor", Editor.PDF_XCHANGE),
    ("Adobe Acrobat", Editor.ACROBAT),
    ("Microsoft® Word", Editor.WORD_PROCESSOR),
    ("Microsoft Word", Editor.WORD_PROCESSOR),
    ("WPS 文字", Editor.WORD_PROCESSOR),
    ("WPS Office", Editor.WORD_PROCESSOR),
    ("Kingsoft Office", Editor.WORD_PROCESSOR),
)
_GIMP = re.compile(rb"GIMP \d\.\d|Created with GIMP|GIMP\x00")
_SCREENSHOT = (
    b"Screenshot",
    "截屏".encode(),
    "截图".encode(),
    b"Snipaste",
    b"FastStone Capture",
    b"Greenshot",
)
_ENCODINGS = ("utf-8", "gb18030", "utf-16-be", "utf-16-le")
"""Of most pictures; of programs for Chinese Windows; of strings in PDFs; of Windows' own fields in EXIF."""
_AT_THE_HEAD, _AT_THE_END = 262_144, 65_536
"""Where cameras and editors leave their names in a picture file."""


def picture_traces(source: BinaryIO) -> Traces:
    """Traces in the first and last bytes of a picture file; ``source`` is left at its beginning."""
    source.seek(0)
    seen = source.read(_AT_THE_HEAD)
    end = source.seek(0, os.SEEK_END)
    source.seek(max(end - _AT_THE_END, len(seen)))
    seen += source.read(_AT_THE_END)
    source.seek(0)
    return Traces(editors=named_editors(seen), screenshot=any(name in seen for name in _SCREENSHOT))


def named_editors(data: bytes, *, with_makers: bool = False) -> tuple[Editor, ...]:
    """Editors named in ``data``, in any of ``_ENCODINGS``."""
    found = {
        editor
        for name, editor in _NAMES
        if (with_makers or editor is not Editor.WORD_PROCESSOR)
        and any(name.encode(encoding) in data for encoding in _ENCODINGS)
    }
    if _GIMP.search(data):
        found.add(Editor.GIMP)
    return tuple(sorted(found))
