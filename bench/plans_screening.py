"""Judges a drawn batch from its readings, exactly as ``hezheng screen`` does."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import policies
from bench.plans_reading import digest
from domain.reading import Reading
from domain.review import ApplicationReview
from intake import find_applications
from pipeline.across import with_duplicates_across
from pipeline.real_tools import judging_tools
from pipeline.review import review_application
from policies.journals import import_list, load_lists


def screened(drawn: Path, readings: Mapping[str, Reading]) -> dict[str, ApplicationReview]:
    """Reviews of the applications read whole, by name, held against the lists that lie beside the batch."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("register", "blacklist"):
            import_list(drawn / "journals" / f"{kind}.csv", kind, Path(folder))
        tools = replace(judging_tools(), lists=load_lists(Path(folder)))
    reviews = []
    for application in find_applications(drawn).applications:
        if application.declaration is None:
            raise ValueError(f"{application.name}: the declaration was drawn wrong")
        listed = [(entry, digest(entry.path)) for entry in application.evidence if entry.declared is not None]
        if any(key not in readings for _, key in listed):
            continue
        uploads = [
            (readings[key].model_copy(update={"path": entry.name}), entry.declared)
            for entry, key in listed
            if entry.declared is not None
        ]
        reviews.append(review_application(application.name, application.declaration, uploads, None, tools))
    judged = with_duplicates_across(reviews, policies.load_plan)
    return {review.path: review for review in judged}
