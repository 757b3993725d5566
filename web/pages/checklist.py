"""What the plan demands of one application, held against what has come: the applicant's checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checks.scope import Holds, holds
from domain.declaration import Declaration
from domain.kinds import EvidenceKind, Outcome, Severity
from domain.plan import CheckUse, Plan, Requirement
from domain.review import Dossier
from policies.names import KIND_NAMES
from store import access
from store.judgements import DISMISS
from store.tables import UserRow

GOOD, BAD, UNSURE, OPEN = "good", "bad", "unsure", "open"
_PRESENT = "evidence.present"


@dataclass(frozen=True, slots=True)
class Demand:
    """``sign``: good, bad, unsure or open; ``kinds``: names of what must come; ``came``: files that did."""

    requirement: Requirement
    sign: str
    words: str
    kinds: tuple[str, ...]
    came: tuple[str, ...]
    perhaps: bool
    """Whether it holds depends on a level that is not declared."""


def checklist(plan: Plan, application: Mapping[str, Any], user: UserRow) -> tuple[Demand, ...]:
    """``application``: its document as ``user`` sees it. What ``user`` is not shown is no demand."""
    declaration = Declaration.model_validate(application["declaration"])
    dossier = Dossier(declaration=declaration, files=(), plan=plan)
    told = []
    for requirement in plan.requirements:
        held = holds(requirement, dossier)
        uses = [use for use in requirement.checks if access.shown(user, use.check)]
        if held is Holds.NO or (requirement.checks and not uses):
            continue
        wanted = [use for use in uses if holds(use, dossier) is not Holds.NO]
        kinds = _kinds(wanted)
        came = tuple(file["path"] for file in application["files"] if _kinds_of(file) & set(kinds))
        sign, words = _state(requirement, application, kinds, came)
        names = tuple(KIND_NAMES[EvidenceKind(kind)] for kind in kinds)
        told.append(Demand(requirement, sign, words, names, came, held is Holds.PERHAPS))
    return tuple(told)


def _kinds(uses: Sequence[CheckUse]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for use in uses:
        if use.check == _PRESENT:
            instead = use.parameters.get("instead", ())
            more = instead if isinstance(instead, list | tuple) else ()
            found |= dict.fromkeys([str(use.parameters["kind"]), *map(str, more)])
    return tuple(found)


def _kinds_of(file: Mapping[str, Any]) -> set[str]:
    if file["error"] is not None:
        return set()
    return {file["kind"], file["declared_kind"], *(one["kind"] for one in file["documents"])}


def _state(
    requirement: Requirement, application: Mapping[str, Any], kinds: Sequence[str], came: Sequence[str]
) -> tuple[str, str]:
    flags = [flag for flag in _flags(application) if flag["requirement"]["id"] == requirement.id]
    left = [flag for flag in flags if (flag["decision"] or {}).get("decision") != DISMISS]
    if any(flag["severity"] == Severity.ERROR for flag in left):
        return BAD, "须补正"
    if any(flag["severity"] == Severity.WARNING for flag in left):
        return UNSURE, "待核对"
    if flags and not left:
        return GOOD, "核对人员已认可"
    outcomes = {one["outcome"] for one in application["checks"] if one["requirement"] == requirement.id}
    if not application["verdict"]:
        return (OPEN, "已上传，核对中") if came else (OPEN, "待上传" if kinds else "待核对")
    if outcomes & {Outcome.UNSURE, Outcome.CRASHED}:
        return UNSURE, "待人工核对"
    if Outcome.PASSED in outcomes:
        return GOOD, "符合"
    if "P" in requirement.how:
        return OPEN, "按通知办理"
    return OPEN, "本次不涉及"


def _flags(application: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*application["flags"], *(flag for file in application["files"] for flag in file["flags"])]
