"""Seals on a page: found, read, and kept apart from the print they lie on."""

from ocr.seals.find import find_seals
from ocr.seals.gatekeeper import SealTextDetector
from ocr.seals.overlay import lines_inside, without_ink
from ocr.seals.recogniser import Recogniser

__all__ = ["Recogniser", "SealTextDetector", "find_seals", "lines_inside", "without_ink"]
