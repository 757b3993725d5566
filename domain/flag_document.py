"""A flag as the contract's JSON has it, nothing masked: the worker keeps it, reports mask it and show it."""

from __future__ import annotations

from typing import Any

from domain.geometry import Box
from domain.review import Flag


def flag_document(flag: Flag) -> dict[str, Any]:
    return {
        "code": flag.code,
        "severity": flag.severity.value,
        "message": flag.message,
        "advice": flag.advice,
        "requirement": flag.requirement.model_dump(),
        "file": flag.file,
        "page": flag.page,
        "box": box_document(flag.box),
        "expected": flag.expected,
        "found": flag.found,
        "confidence": round(flag.confidence, 4),
    }


def box_document(box: Box | None) -> list[float] | None:
    return [round(value, 5) for value in box.corners] if box is not None else None
