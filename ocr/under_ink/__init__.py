"""Print beneath a seal, read with the ink taken away."""

from ocr.under_ink.lines_anew import read_under_ink

__all__ = ["read_under_ink"]
