"""What the last review of an application knows of its files: their entries in the document of ``screen``."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from domain.review import ApplicationReview
from domain.screening import Screening
from report.json_document import Json, screening_document
from report.privacy import Privacy
from store import listing
from store.tables import FileRow

_KEPT = 64
"""Documents held ready, since a page that is open asks for the same one again and again."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """``files`` by the digest of their bytes: the same bytes read the same, whatever they are called."""

    files: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    checks: Sequence[Mapping[str, Any]] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    def of(self, row: FileRow) -> Mapping[str, Any]:
        """The entry of ``row``, empty where it was not judged yet."""
        same = self.files.get(row.sha256, ())
        named = (one for one in same if one["path"] == row.name)
        return next(named, same[0] if same else {})


NOTHING = Reviewed()


def reviewed(session: Session, application: str, privacy: Privacy) -> Reviewed:
    """``NOTHING`` while there is no review."""
    row = listing.newest_review(session, application)
    if row is None:
        return NOTHING
    document = _document(row.content, privacy)
    files: dict[str, list[Mapping[str, Any]]] = {}
    for entry in document["files"]:
        files.setdefault(entry["sha256"], []).append(entry)
    return Reviewed(files, document["checks"], row.versions)


@lru_cache(maxsize=_KEPT)
def _document(content: bytes, privacy: Privacy) -> dict[str, Any]:
    """The review as ``screen`` writes it. Treated as read-only."""
    review = ApplicationReview.model_validate_json(zlib.decompress(content))
    told: Json = screening_document(Screening(plan=review.plan, applications=(review,)), privacy)
    applications = told["applications"]
    return dict(applications[0]) if isinstance(applications, list) else {}
