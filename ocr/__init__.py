"""Page → lines, seals, marks, quality. ``Reader().read(page)`` is all that other rooms call."""

from ocr.practice import practice_page
from ocr.reader import Reader

__all__ = ["Reader", "practice_page"]
