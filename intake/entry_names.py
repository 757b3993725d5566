"""Names in an archive as steps of a path that stays below one folder."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from intake.names import REPLACEMENT

_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CLUTTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})
_LONGEST_STEP = 200
"""Bytes of one step; file systems take 255."""
_LONGEST_ENDING = 10


class OutsideError(Exception):
    """The name points somewhere else."""


def steps_of(untrusted: str) -> tuple[str, ...]:
    """The steps of a file's path, empty for what systems leave behind. Raises ``OutsideError``."""
    plain = unicodedata.normalize("NFC", untrusted).replace("\\", "/")
    steps = tuple(step for step in plain.split("/") if step not in {"", "."})
    if plain.startswith("/") or ".." in steps or (plain[1:2] == ":" and plain[0].isascii()):
        raise OutsideError
    return () if _CLUTTER.intersection(steps) else tuple(map(_fit, steps))


def _fit(step: str) -> str:
    """One step, fit for any file system; a long name keeps its ending."""
    shown = "".join(
        REPLACEMENT if unicodedata.category(character) in _UNSHOWABLE else character for character in step
    ).strip()
    if len(shown.encode()) > _LONGEST_STEP:
        ending = PurePosixPath(shown).suffix[:_LONGEST_ENDING]
        shown = shown.encode()[: _LONGEST_STEP - len(ending.encode())].decode("utf-8", "ignore") + ending
    return shown or "_"
