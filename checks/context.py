"""What a check is given: all that was read and declared, the requirement it serves, its parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import Field

from domain.base import Record
from domain.declaration import Declaration
from domain.facts import Facts
from domain.plan import Plan, Requirement
from domain.review import Dossier, EvidenceFile


class Parameters(Record):
    """Base of what a plan may vary in a check; unknown keys are refused."""

    certainty: float = Field(default=0.0, ge=0, le=1)
    """Errors read with less confidence than this become warnings, besides those that the check softens."""


P = TypeVar("P", bound=Parameters)


@dataclass(frozen=True)
class ApplicationContext(Generic[P]):
    """For a check that runs once for the whole application."""

    dossier: Dossier
    requirement: Requirement
    parameters: P

    @property
    def declaration(self) -> Declaration:
        return self.dossier.declaration

    @property
    def plan(self) -> Plan:
        return self.dossier.plan


@dataclass(frozen=True)
class FileContext(ApplicationContext[P]):
    """For a check that runs on every file."""

    file: EvidenceFile


@dataclass(frozen=True)
class DocumentContext(FileContext[P]):
    """For a check that runs on every document of certain kinds; a file may hold several."""

    facts: Facts
