"""For whom a requirement holds: routes and levels as people type them, circumstances as declared."""

from __future__ import annotations

from typing import Any

import pytest

from checks.scope import Holds, holds, level_of, possible_levels, route_of
from domain.declaration import Declaration
from domain.plan import CheckUse, Plan, When
from fixtures.checks.builder import plan as sample_plan
from tests.checks.dossiers import dossier

PLAN: Plan = sample_plan(
    (),
    levels=("工程师", "高级工程师", "正高级工程师"),
    routes=("正常", "转评", "自评/举荐", "技能人才"),
    province="浙江",
)


def declared(**values: Any) -> Declaration:
    return Declaration.model_validate({"applicant": {"name": "陈知远"}, **values})


@pytest.mark.parametrize(
    ("typed", "route"),
    [
        (None, "正常"),
        ("正常申报", "正常"),
        ("转评", "转评"),
        ("专家举荐", "自评/举荐"),
        ("自评申报", "自评/举荐"),
        ("正常申报（技能人才）", "技能人才"),
        ("飞行", "正常"),
    ],
)
def test_routes(typed: str | None, route: str) -> None:
    assert route_of(PLAN, declared(route=typed)) == route


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("正高级工程师", "正高级工程师"),
        ("高级工程师", "高级工程师"),
        ("林业工程专业工程师", "工程师"),
        ("正高", "正高级工程师"),
        ("副高级", "高级工程师"),
        ("中级", "工程师"),
        ("助理工程师", None),
        ("", None),
        (None, None),
    ],
)
def test_levels(typed: str | None, level: str | None) -> None:
    assert level_of(PLAN, typed) == level


@pytest.mark.parametrize(
    ("title", "levels"),
    [
        ("高级工程师", {"正高级工程师"}),
        ("工程师", {"高级工程师", "正高级工程师"}),
        ("正高级工程师", set(PLAN.levels)),
        ("讲师", set(PLAN.levels)),
    ],
)
def test_levels_above_the_present_title(title: str, levels: set[str]) -> None:
    applicant = {"name": "陈知远", "current_title": {"name": title}}
    assert possible_levels(PLAN, declared(applicant=applicant)) == levels


def test_a_level_not_declared_leaves_it_open() -> None:
    one = dossier(PLAN, [], {"applicant": {"name": "陈知远", "current_title": {"name": "工程师"}}})
    assert holds(CheckUse(check="a", levels=("工程师",)), one) is Holds.NO
    assert holds(CheckUse(check="a", levels=("高级工程师",)), one) is Holds.PERHAPS
    assert holds(CheckUse(check="a", levels=("高级工程师", "正高级工程师")), one) is Holds.YES
    assert holds(CheckUse(check="a", levels=("高级工程师",), routes=("转评",)), one) is Holds.NO


_FITTING: dict[When, dict[str, Any]] = {
    When.PUBLIC_INSTITUTION: {"employer_kind": "事业单位"},
    When.ENTERPRISE: {"applicant": {"name": "陈知远", "employer": "抚顺样例有限公司"}},
    When.NOT_ENTERPRISE: {"employer_kind": "事业单位"},
    When.INSURED_ELSEWHERE: {"social_security_province": "江苏省"},
    When.PAPERS_DECLARED: {"papers": [{"title": "论样例"}]},
    When.GRADUATED_BEFORE_2001: {"education": [{"level": "本科", "graduated": "2000-07"}]},
    When.GRADUATED_SINCE_2001: {"certificates": [{"kind": "education", "obtained": "2001-07"}]},
    When.STUDIED_ABROAD: {"education": [{"level": "硕士", "abroad": True}]},
    When.RECENT_LATER_DEGREE: {"education": [{"graduated": "2019-01-10", "later": True}]},
    When.NOTHING_NEW: {"last_review": {"year": 2019, "passed": False, "new_work": False}},
    When.REGISTRATION_REVOKED: {"registration_revoked": "2017-08-04"},
}
_OTHER: dict[When, dict[str, Any]] = {
    When.PUBLIC_INSTITUTION: {"employer_kind": "企业"},
    When.ENTERPRISE: {"applicant": {"name": "陈知远", "employer": "抚顺样例监测站"}},
    When.NOT_ENTERPRISE: {"employer_kind": "国有企业"},
    When.INSURED_ELSEWHERE: {"social_security_province": "浙江省"},
    When.PAPERS_DECLARED: {},
    When.GRADUATED_BEFORE_2001: {"education": [{"level": "本科", "graduated": "2001-07"}]},
    When.GRADUATED_SINCE_2001: {"education": [{"level": "本科"}]},
    When.STUDIED_ABROAD: {"education": [{"level": "硕士"}]},
    When.RECENT_LATER_DEGREE: {"education": [{"graduated": "2018-12-31", "later": True}]},
    When.NOTHING_NEW: {"last_review": {"year": 2019, "passed": False, "new_work": True}},
    When.REGISTRATION_REVOKED: {"registration_revoked": "2017-08-03"},
}


@pytest.mark.parametrize("when", list(When))
def test_circumstances(when: When) -> None:
    use = CheckUse(check="a", when=when)
    given = {"applicant": {"name": "陈知远"}}
    assert holds(use, dossier(PLAN, [], given | _FITTING[when])) is Holds.YES
    assert holds(use, dossier(PLAN, [], given | _OTHER[when])) is Holds.NO
