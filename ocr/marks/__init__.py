"""Statements that a copy agrees with its original (核对无误), with signature, date and seal."""

from ocr.marks.find import find_marks

__all__ = ["find_marks"]
