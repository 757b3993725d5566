"""Hostile bytes in, safe pages out. Every file is decoded in a child process that may die.

The parent hashes, sniffs and words messages; it never decodes a picture or a PDF. Names are loaded on
first use, so that the child (which imports this package too) starts without what it does not need.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intake.applications import Application, find_applications
    from intake.declarations import read_declaration
    from intake.names import safe_name
    from intake.opening import Opened, opened

__all__ = ["Application", "Opened", "find_applications", "opened", "read_declaration", "safe_name"]

_HOMES = {
    "Application": "intake.applications",
    "Opened": "intake.opening",
    "find_applications": "intake.applications",
    "opened": "intake.opening",
    "read_declaration": "intake.declarations",
    "safe_name": "intake.names",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)
