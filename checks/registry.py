"""How a check makes itself known: one decorated function a file, found by importing the room."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

import checks
from checks.context import ApplicationContext, DocumentContext, FileContext, Parameters
from checks.finding import Judgement
from domain.kinds import EvidenceKind
from domain.plan import Requirement
from domain.review import Dossier

P = TypeVar("P", bound=Parameters)
Judge = Callable[[Any], Iterable[Judgement]]
Spread = Callable[[Dossier, Requirement, Any], Iterator[ApplicationContext[Any]]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check: its id, the flag codes it may raise, and how it is laid over a dossier."""

    id: str
    codes: frozenset[str]
    parameters: type[Parameters]
    spread: Spread
    judge: Judge
    module: str


_registered: dict[str, Check] = {}


def _register(check: Check) -> None:
    """Refuses a second check of the same id, so that none shadows another in silence."""
    known = _registered.get(check.id)
    if known is not None and known.module != check.module:
        raise RuntimeError(f"check {check.id} is defined in {known.module} and in {check.module}")
    _registered[check.id] = check


def application_check(
    id: str,  # noqa: A002 - the name a reader expects
    codes: tuple[str, ...],
    parameters: type[P],
) -> Callable[
    [Callable[[ApplicationContext[P]], Iterable[Judgement]]],
    Callable[[ApplicationContext[P]], Iterable[Judgement]],
]:
    """Registers a check that runs once an application."""

    def spread(dossier: Dossier, requirement: Requirement, given: P) -> Iterator[ApplicationContext[P]]:
        yield ApplicationContext(dossier, requirement, given)

    def register(
        judge: Callable[[ApplicationContext[P]], Iterable[Judgement]],
    ) -> Callable[[ApplicationContext[P]], Iterable[Judgement]]:
        _register(Check(id, frozenset(codes), parameters, spread, judge, judge.__module__))
        return judge

    return register


def file_check(
    id: str,  # noqa: A002
    codes: tuple[str, ...],
    parameters: type[P],
) -> Callable[
    [Callable[[FileContext[P]], Iterable[Judgement]]], Callable[[FileContext[P]], Iterable[Judgement]]
]:
    """Registers a check that runs on every file."""

    def spread(dossier: Dossier, requirement: Requirement, given: P) -> Iterator[FileContext[P]]:
        for file in dossier.files:
            yield FileContext(dossier, requirement, given, file)

    def register(
        judge: Callable[[FileContext[P]], Iterable[Judgement]],
    ) -> Callable[[FileContext[P]], Iterable[Judgement]]:
        _register(Check(id, frozenset(codes), parameters, spread, judge, judge.__module__))
        return judge

    return register


def document_check(
    id: str,  # noqa: A002
    codes: tuple[str, ...],
    parameters: type[P],
    kinds: frozenset[EvidenceKind],
) -> Callable[
    [Callable[[DocumentContext[P]], Iterable[Judgement]]],
    Callable[[DocumentContext[P]], Iterable[Judgement]],
]:
    """Registers a check that runs on every document read as one of ``kinds``."""

    def spread(dossier: Dossier, requirement: Requirement, given: P) -> Iterator[DocumentContext[P]]:
        for file in dossier.files:
            for facts in file.document.facts:
                if facts.kind in kinds:
                    yield DocumentContext(dossier, requirement, given, file, facts)

    def register(
        judge: Callable[[DocumentContext[P]], Iterable[Judgement]],
    ) -> Callable[[DocumentContext[P]], Iterable[Judgement]]:
        _register(Check(id, frozenset(codes), parameters, spread, judge, judge.__module__))
        return judge

    return register


@lru_cache(maxsize=1)
def all_checks() -> Mapping[str, Check]:
    """Every check of the room by its id. Importing a module of the room registers what it defines."""
    for module in pkgutil.iter_modules(checks.__path__):
        importlib.import_module(f"{checks.__name__}.{module.name}")
    return MappingProxyType(dict(_registered))
