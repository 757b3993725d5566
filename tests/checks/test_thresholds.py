"""The table of thresholds: every one is a parameter of its check, and moves what the check says."""

from __future__ import annotations

import pytest

from checks import run
from checks.registry import all_checks
from checks.thresholds import THRESHOLDS, Threshold, Values, problems_in, with_thresholds
from domain.kinds import Severity
from domain.plan import CheckUse, Plan, Requirement
from domain.review import Flag
from fixtures.checks.builder import plan as sample_plan
from tests.checks.dossiers import dossier


def _plan(use: CheckUse) -> Plan:
    return sample_plan((Requirement(id="X-1", title="样例", quote="样例原文", how=("E",), checks=(use,)),))


def _soft_page(sharpness: float) -> list[dict[str, object]]:
    return [{"path": "a.jpg", "pages": [{"lines": ["样例"], "sharpness": sharpness}]}]


def _flags(use: CheckUse, values: Values, files: list[dict[str, object]]) -> list[Flag]:
    whole = dossier(with_thresholds(_plan(use), values), files, {"applicant": {"name": "陈知远"}})
    return [flag for result in run(whole) for flag in result.flags]


@pytest.mark.parametrize("one", THRESHOLDS, ids=lambda one: one.key)
def test_a_threshold_is_a_parameter_of_its_check_with_the_same_default(one: Threshold) -> None:
    assert one.allows(one.default)
    assert one.least < one.most
    parameters = all_checks()[one.check].parameters
    assert parameters.model_fields[one.name].default == one.default
    unknown = {key for key, field in parameters.model_fields.items() if field.is_required()}
    if not unknown:
        with pytest.raises(ValueError, match=one.name):
            parameters.model_validate({one.name: one.most + 1})


def test_no_threshold_twice() -> None:
    assert len({one.key for one in THRESHOLDS}) == len(THRESHOLDS)


def test_a_moved_threshold_makes_a_flag_come_and_go() -> None:
    use = CheckUse(check="page.legible")
    assert not _flags(use, {}, _soft_page(0.2))
    assert [flag.code for flag in _flags(use, {"page.legible": {"soft": 0.3}}, _soft_page(0.2))] == [
        "page.illegible"
    ]
    assert _flags(use, {}, _soft_page(0.1))
    assert not _flags(use, {"page.legible": {"soft": 0.05}}, _soft_page(0.1))


def test_what_the_plan_states_stays() -> None:
    use = CheckUse(check="page.legible", parameters={"soft": 0.12})
    assert not _flags(use, {"page.legible": {"soft": 0.3}}, _soft_page(0.2))


def test_an_error_read_with_less_than_the_certainty_asked_for_becomes_a_warning_that_says_so() -> None:
    use = CheckUse(check="evidence.kind")
    files: list[dict[str, object]] = [
        {
            "path": "a.jpg",
            "kind": "appointment_letter",
            "confidence": 0.8,
            "declared": {"kind": "ce_record"},
            "pages": [{"lines": ["聘书"]}],
        }
    ]
    assert [flag.severity for flag in _flags(use, {}, files)] == [Severity.ERROR]
    (softened,) = _flags(use, {"evidence.kind": {"certainty": 0.85}}, files)
    assert softened.severity is Severity.WARNING
    assert "识别不确定" in softened.message
    (kept,) = _flags(use, {"evidence.kind": {"certainty": 0.8}}, files)
    assert kept.severity is Severity.ERROR


def test_unknown_names_and_values_past_the_bounds_are_told() -> None:
    wrong = {
        "no.check": {"x": 1.0},
        "page.legible": {"hard": 0.1, "soft": 9.0},
        "tamper.text": {"sharper": 0.6},
    }
    messages = problems_in(wrong)
    assert len(messages) == 3
    assert "no.check" in messages[0]
    assert "tamper.text" in messages[0]
    assert "poor_lines、soft" in messages[1]
    assert "0.02–0.4" in messages[2]
