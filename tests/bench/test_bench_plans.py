"""The bench over all plans: what is planted covers every code, packs without quarrel, is counted right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.plans_figures import Figures
from bench.plans_floors import fallen, write_floors
from checks.plan_uses import plan_uses
from fixtures.plans.batch import packed
from fixtures.plans.orderly import PLANS
from policies import load_plan, plan_ids

NEVER = {
    "zhejiang-industry-2020": {"copy.signature-missing"},
    "zhejiang-ecology-2020": {"copy.signature-missing", "hours.category-short"},
    "shaoxing-forestry-2020": {"copy.signature-missing"},
    "shaoxing-natural-resources-2020": {"copy.signature-missing", "hours.total-short"},
}
"""Codes that a plan's checks announce and its own parameters rule out: who must sign is asked under the other
code, and no hours are demanded in all or of a category."""


def figures(found: int, errors: int = 0, softened: int = 0) -> Figures:
    key = ("a-plan", "hours.total-short")
    result = Figures(planted=Counter({key: 100}), found=Counter({key: found}), clean=10)
    result.false_errors = ["wrong"] * errors
    result.softened = ["soft"] * softened
    return result


def test_every_plan_is_drawn() -> None:
    assert set(PLANS) == set(plan_ids())


@pytest.mark.parametrize("plan", PLANS)
def test_every_code_of_a_plan_has_a_defect(plan: str) -> None:
    planted = {defect.code for group in packed(plan) for defect in group}
    announced = {code for _, _, check, _ in plan_uses(load_plan(plan)) for code in check.codes}
    assert announced - planted == NEVER.get(plan, set())


@pytest.mark.parametrize("plan", PLANS)
def test_no_two_defects_of_an_application_touch_the_same(plan: str) -> None:
    for group in packed(plan):
        slots = [defect.slot for defect in group]
        assert len(slots) == len(set(slots))


def test_what_was_measured_passes_and_what_is_worse_falls(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    write_floors("a tenth", figures(98), path)
    assert fallen("a tenth", figures(98), path) == []
    assert fallen("a tenth", figures(97), path) == []
    assert len(fallen("a tenth", figures(96), path)) == 2
    assert len(fallen("a tenth", figures(98, errors=1), path)) == 1
    assert len(fallen("a tenth", figures(98, softened=2), path)) == 1
