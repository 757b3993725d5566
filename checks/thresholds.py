"""The numbers on which checks turn that an office may move: one table, each with its bounds and its meaning.

A check takes its own as a parameter (``threshold`` gives the field), so a plan may name another value like
any parameter, and ``with_thresholds`` lays the values of the house under those of the plan. What a notice
itself demands (days, hours, pixels) is no threshold and stands in its plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import Field

from domain.plan import CheckUse, Plan, Requirement

Values = Mapping[str, Mapping[str, float]]
"""Check, name of the threshold, value: those that differ from the defaults."""


class Upwards(StrEnum):
    """What a higher value does."""

    FEWER = "提示减少"
    MORE = "提示增多"
    SOFTER = "错误改为待核"


@dataclass(frozen=True, slots=True)
class Threshold:
    """``least`` and ``most`` are allowed themselves. ``meaning``: for people, in Chinese."""

    check: str
    name: str
    meaning: str
    default: float
    least: float
    most: float
    upwards: Upwards

    @property
    def key(self) -> str:
        return f"{self.check} {self.name}"

    def allows(self, value: float) -> bool:
        return self.least <= value <= self.most


CERTAINTY = "certainty"
_RESTING_ON_READINGS = (
    "assessment.declared",
    "assessment.result",
    "certificate.declared",
    "copy.seal-unit",
    "copy.verification",
    "evidence.kind",
    "hours.declared",
    "hours.minimum",
    "hours.sum",
    "identity.employer",
    "identity.name",
    "identity.number",
    "paper.contents",
    "paper.declared",
    "seal.present",
)
"""Checks that raise errors with the confidence of what was read."""

FEWER, MORE, SOFTER = Upwards
THRESHOLDS: tuple[Threshold, ...] = (
    Threshold(
        "copy.seal-unit",
        "guessed_text",
        "公章文字识别把握低于此值时只提示看不清",
        0.5,
        0.2,
        0.9,
        SOFTER,
    ),
    Threshold("copy.verification", "sure_mark", "“核对无误”识别把握低于此值时不判错误", 0.65, 0.3, 1, SOFTER),
    Threshold("duplicate.within", "nearly_all", "两页文字相同达到此比例即视为同一页", 0.98, 0.9, 1, FEWER),
    Threshold("employer.seal", "sure_seal", "公章检出把握达到此值才算有公章", 0.5, 0.2, 0.95, MORE),
    Threshold("evidence.kind", "guessed", "材料种类识别把握低于此值时不提示", 0.5, 0.2, 0.9, FEWER),
    Threshold("evidence.kind", "sure_kind", "材料种类识别把握低于此值时不判错误", 0.7, 0.3, 1, SOFTER),
    Threshold("form.seals", "sure_seal", "公章检出把握达到此值才算有公章", 0.5, 0.2, 0.95, MORE),
    Threshold("form.watermark", "alike", "与水印文字相似达到此值即视为有水印", 0.6, 0.3, 1, MORE),
    Threshold("hours.declared", "least_difference", "学时相差小于此值视为四舍五入", 0.05, 0.01, 1, FEWER),
    Threshold("page.legible", "poor_lines", "一页各行平均识别把握低于此值即提示看不清", 0.6, 0.2, 0.95, MORE),
    Threshold("page.legible", "soft", "一页清晰度低于此值、文字又少，即提示看不清", 0.12, 0.02, 0.4, MORE),
    Threshold("photo.rules", "not_white", "背景有通道低于此亮度（0–255）即判为不是白色", 190, 120, 224, MORE),
    Threshold("photo.rules", "tint", "背景各通道相差超过此值即判为有颜色", 45, 10, 80, SOFTER),
    Threshold("photo.rules", "white", "背景各通道都达到此亮度（0–255）即为白色", 225, 191, 250, MORE),
    Threshold("seal.present", "sure_seal", "公章检出把握达到此值才算有公章", 0.5, 0.2, 0.95, MORE),
    Threshold("seal.readable", "nonsense", "公章文字识别把握低于此值视为没有认出", 0.1, 0, 0.9, MORE),
    Threshold("tamper.seal", "deepest", "公章颜色深度达到此值（且起伏小）即提示", 0.85, 0.5, 1, FEWER),
    Threshold("tamper.seal", "enough_print", "公章下至少应有这么多文字像素才比较遮盖", 100, 10, 2000, FEWER),
    Threshold("tamper.seal", "least_shown", "公章下透出的文字少于此比例即提示", 0.2, 0, 0.8, MORE),
    Threshold("tamper.seal", "most_even", "公章颜色起伏不超过此值（且深）即提示", 0.085, 0.01, 0.3, MORE),
    Threshold("tamper.seal", "sharpest", "公章边缘与同页文字的清晰度之比达到此值即提示", 1, 0.5, 2, FEWER),
    Threshold("tamper.seal", "whitened", "一页纯白达到此比例即不看公章的清晰度和均匀", 0.5, 0.05, 1, MORE),
    Threshold("tamper.text", "compression", "压缩痕迹相差达到此值（标准差）即提示", 4.5, 2, 20, FEWER),
    Threshold("tamper.text", "copied", "与同页另一处像素相同达到此值即提示", 0.9, 0.7, 1, FEWER),
    Threshold("tamper.text", "paper", "底色与四周相差达到此值（0–255）即提示", 6, 2, 60, FEWER),
    Threshold("tamper.text", "sharper", "笔画比同页清晰达到此值（自然对数）即提示", 0.45, 0.1, 2, FEWER),
    *(
        Threshold(check, CERTAINTY, "识别把握低于此值的错误改为待核（0：不另作要求）", 0, 0, 1, SOFTER)
        for check in _RESTING_ON_READINGS
    ),
)


def threshold(check: str, name: str) -> Any:
    """The field of a check's parameters that holds its threshold."""
    one = of_check(check)[name]
    return Field(default=one.default, ge=one.least, le=one.most)


def of_check(check: str) -> Mapping[str, Threshold]:
    """The thresholds of a check by their names; none where it has none."""
    return {one.name: one for one in THRESHOLDS if one.check == check}


def problems_in(values: Values) -> tuple[str, ...]:
    """Everything in ``values`` that names no threshold or lies past its bounds, in Chinese."""
    found = []
    for check, named in values.items():
        known = of_check(check)
        if not known:
            found.append(f"没有可调阈值的检查“{check}”，可用的有：{'、'.join(checks_with_thresholds())}")
            continue
        for name, value in named.items():
            one = known.get(name)
            if one is None:
                found.append(f"检查“{check}”没有名为“{name}”的阈值，可用的有：{'、'.join(known)}")
            elif not one.allows(value):
                found.append(f"“{one.key}”的值 {value:g} 超出允许范围 {one.least:g}–{one.most:g}")
    return tuple(found)


def checks_with_thresholds() -> tuple[str, ...]:
    return tuple(sorted({one.check for one in THRESHOLDS}))


def without_defaults(values: Values) -> Values:
    """What is left once the values that are the defaults are taken out."""
    left = {
        check: {name: value for name, value in named.items() if value != of_check(check)[name].default}
        for check, named in values.items()
    }
    return {check: named for check, named in left.items() if named}


def with_thresholds(plan: Plan, values: Values) -> Plan:
    """The plan as the house judges by it. What the plan itself states of a threshold stays as it is."""
    if not values:
        return plan
    return plan.model_copy(update={"requirements": tuple(_laid(one, values) for one in plan.requirements)})


def stated_in(plan: Plan, check: str, name: str) -> bool:
    """Whether the plan itself gives this threshold, so that the house's value has no effect."""
    uses = [use for one in plan.requirements for use in one.checks if use.check == check]
    return any(name in use.parameters for use in uses)


def _laid(requirement: Requirement, values: Values) -> Requirement:
    uses = tuple(_under(use, values) for use in requirement.checks)
    return requirement if uses == requirement.checks else requirement.model_copy(update={"checks": uses})


def _under(use: CheckUse, values: Values) -> CheckUse:
    if use.check not in values:
        return use
    return use.model_copy(update={"parameters": {**values[use.check], **use.parameters}})
