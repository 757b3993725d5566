"""Where a flag points: at what a person must compare, and at nothing else."""

from __future__ import annotations

from typing import Any

import checks
from domain.declaration import Declaration
from domain.geometry import Box
from domain.plan import CheckUse, Requirement
from domain.review import Dossier
from fixtures.checks.builder import file, plan


def figure(value: float, *box: float) -> dict[str, Any]:
    return {"value": value, "box": list(box)}


def test_parts_that_do_not_add_up_are_pointed_at_without_the_title_that_names_the_year() -> None:
    """On the demo's page the box reached from the title over the whole table, but not over its hours."""
    row = {
        "row": "hours_year",
        "year": figure(2018, 0.1, 0.05, 0.6, 0.08),
        "total": figure(98, 0.1, 0.6, 0.2, 0.62),
        "professional": figure(62, 0.3, 0.6, 0.4, 0.62),
        "industry_public": figure(14, 0.5, 0.6, 0.6, 0.62),
        "general_public": figure(20, 0.8, 0.6, 0.85, 0.62),
    }
    record = file({"path": "a.jpg", "facts": [{"kind": "ce_record", "rows": [row]}]})
    wanted = Requirement(
        id="C-CE-2", title="学时", quote="学时", how=("E",), checks=(CheckUse(check="hours.sum"),)
    )
    dossier = Dossier(
        declaration=Declaration.model_validate({"applicant": {"name": "陈知远"}}),
        files=(record,),
        plan=plan((wanted,)),
    )
    (flag,) = [flag for result in checks.run(dossier) for flag in result.flags]
    assert flag.box == Box(left=0.1, top=0.6, right=0.85, bottom=0.62)
