"""Reading → kind of every page, documents of the file, typed facts. Pure: no pixels, no files."""

from fields.understand import understand

__all__ = ["understand"]
