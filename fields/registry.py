"""The readers, one a kind. A module of this room takes part by naming its readers in ``READERS``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from functools import lru_cache

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.layout import Sheet


@dataclass(frozen=True, slots=True)
class Score:
    """How well a page fits a kind, 0-1, and what speaks for it.

    0.9 = its own title stands there; 0.6 = its words and form without the title; below 0.3 = a stray word.
    """

    value: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader took from the pages of one document."""

    fields: Mapping[str, Field] = default(default_factory=dict)
    rows: tuple[Row, ...] = ()


def nothing_begins(_: Sheet) -> bool:
    """For kinds of which neighbouring pages always belong together."""
    return False


def nothing_continues(_: Sheet, __: Sheet) -> bool:
    """For kinds that fill one page."""
    return False


@dataclass(frozen=True, slots=True)
class KindReader:
    """A reader of one kind of document.

    ``begins(sheet)``: a page of this kind opens a new document even after a page of the same kind.
    ``continues(before, sheet)``: a page that fits no kind is the next page of ``before``'s document.
    """

    kind: EvidenceKind
    score: Callable[[Sheet], Score]
    read: Callable[[tuple[Sheet, ...]], Found]
    begins: Callable[[Sheet], bool] = nothing_begins
    continues: Callable[[Sheet, Sheet], bool] = nothing_continues


class DuplicateReaderError(Exception):
    """Two modules claim one kind."""


def catalogue(groups: Mapping[str, tuple[KindReader, ...]]) -> dict[EvidenceKind, KindReader]:
    """Readers by kind from ``module name → its READERS``; a kind claimed twice is refused."""
    found: dict[EvidenceKind, KindReader] = {}
    for module in sorted(groups):
        for reader in groups[module]:
            if reader.kind in found:
                raise DuplicateReaderError(f"{module}: {reader.kind} already has a reader")
            found[reader.kind] = reader
    return found


@lru_cache(maxsize=1)
def readers() -> Mapping[EvidenceKind, KindReader]:
    """Every reader of this room, in the order of the kinds."""
    package = importlib.import_module("fields")
    groups: dict[str, tuple[KindReader, ...]] = {}
    for module in pkgutil.iter_modules(package.__path__):
        named = getattr(importlib.import_module(f"fields.{module.name}"), "READERS", None)
        if named:
            groups[module.name] = tuple(named)
    found = catalogue(groups)
    return {kind: found[kind] for kind in EvidenceKind if kind in found}
