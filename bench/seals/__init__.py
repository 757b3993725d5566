"""Seals on drawn and real pages: found, false, read, and the time. ``python -m bench.seals --help``."""
