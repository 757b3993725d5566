"""Programs that leave their names in files. Standard library only: the decoding child loads this too."""

from __future__ import annotations

from enum import StrEnum


class Editor(StrEnum):
    """Programs that paint in pictures or rewrite PDFs, by their names in files. Shown to the clerk."""

    PHOTOSHOP = "Adobe Photoshop"
    ILLUSTRATOR = "Adobe Illustrator"
    GIMP = "GIMP"
    CORELDRAW = "CorelDRAW"
    PAINT_NET = "Paint.NET"
    AFFINITY = "Affinity"
    PIXELMATOR = "Pixelmator"
    MEITU = "美图秀秀"
    NEO_IMAGING = "光影魔术手"
    PICSART = "PicsArt"
    SNAPSEED = "Snapseed"
    CANVA = "Canva"
    INKSCAPE = "Inkscape"
    PDF_ELEMENT = "PDFelement"
    FOXIT = "Foxit PDF Editor"
    PDF_XCHANGE = "PDF-XChange Editor"
    ACROBAT = "Adobe Acrobat"
    WORD_PROCESSOR = "Word / WPS"


REWRITES_PDF = frozenset({Editor.PDF_ELEMENT, Editor.FOXIT, Editor.PDF_XCHANGE, Editor.ACROBAT})
"""They also bind scans: only what was saved again after it was made says anything."""
PAINTS = frozenset(Editor) - REWRITES_PDF - {Editor.WORD_PROCESSOR}
