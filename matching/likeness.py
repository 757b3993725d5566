"""How alike a declared value and a reading are: three words, so that doubt is never taken for proof."""

from enum import StrEnum


class Likeness(StrEnum):
    """``SIMILAR`` means *unsure*: the difference may be a slip of the reading, so a person looks."""

    SAME = "same"
    SIMILAR = "similar"
    DIFFERENT = "different"


SURE_READING = 0.9
"""A reading below this confidence is never enough to call two nearly equal values different.

The recogniser's own lines of clean print sit above it; it is the border between "read" and "guessed at".
"""
