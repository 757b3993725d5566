"""What made a reading or a review, as digests: the same digest means the same result from the same input.

Code is taken as it lies there, so that nobody has to remember to raise a number; once, at the start, since
what is changed on the disk afterwards is not what runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from domain.plan import Plan
from domain.settings import Limits
from models.manifest import MANIFEST
from policies.journals import list_versions

_HOUSE = Path(__file__).resolve().parent.parent.parent
_READER = (
    "intake",
    "ocr",
    "forensics",
    "matching",
    "domain/reading.py",
    "domain/traces.py",
    "domain/editors.py",
    "domain/geometry.py",
    "pipeline/reading.py",
    "models/sessions.py",
    "models/bfloat16.py",
)
_RULES = (
    "fields",
    "checks",
    "matching",
    "policies",
    "domain",
    "pipeline/review.py",
    "pipeline/across.py",
    "pipeline/pictures_across.py",
    "pipeline/contents_across.py",
    "pipeline/raised_across.py",
)


def reader_version(limits: Limits) -> str:
    """Code of the reader, its weights, and the resolution at which pages are drawn."""
    drawn = f"{limits.render_dpi} {limits.render_long_side} {limits.pages} {limits.pixels_per_page}"
    return _digest([_READER_CODE, MANIFEST.read_text(encoding="utf-8"), drawn])


def rules_version() -> str:
    """Code of fields and checks, and the wording of flags."""
    return _RULES_CODE


def plan_version(plan: Plan) -> str:
    return _digest([plan.model_dump_json()])


def lists_version(folder: Path) -> str:
    """The journal lists that were imported into ``folder``."""
    return _digest(f"{version.kind} {version.sha256}" for version in list_versions(folder))


def _code(rooms: tuple[str, ...]) -> str:
    """Every source and data file of the rooms, plans excepted: they have a version of their own."""
    files = [path for room in rooms for path in _files(_HOUSE / room)]
    return _digest(f"{path.relative_to(_HOUSE)} {path.read_text(encoding='utf-8')}" for path in files)


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    sources = [path for ending in ("*.py", "*.toml") for path in place.rglob(ending)]
    return sorted(path for path in sources if "plans" not in path.relative_to(place).parts[:-1])


def _digest(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part.encode()).digest())
    return whole.hexdigest()


_READER_CODE, _RULES_CODE = _code(_READER), _code(_RULES)
