"""The difference between two judgements: nothing is lost, nothing told twice, whatever the flags are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kinds import Severity, Verdict
from domain.replay import Standing
from domain.review import Flag, RequirementCited
from pipeline.differences import difference


def flag(code: str, severity: Severity, file: str | None, page: int | None, found: str | None) -> Flag:
    return Flag(
        code=code,
        severity=severity,
        message=f"{code} {found}",
        advice="",
        requirement=RequirementCited(id="R-1", notice="通知", quote="原文"),
        page=page,
        found=found,
        file=file,
    )


def stood(*flags: Flag, verdict: Verdict = Verdict.REVIEW) -> Standing:
    return Standing(path="a", applicant="张三", plan="p", verdict=verdict, flags=flags)


FLAGS = st.lists(
    st.builds(
        flag,
        st.sampled_from(["seal.missing", "hours.total-short"]),
        st.sampled_from(list(Severity)),
        st.sampled_from([None, "a.jpg", "b.jpg"]),
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, "81", "85"]),
    ),
    max_size=6,
)


@given(before=FLAGS, after=FLAGS)
@settings(max_examples=60, deadline=None)
def test_every_flag_is_accounted_for(before: list[Flag], after: list[Flag]) -> None:
    replay = difference("b", [(stood(*before), stood(*after))])
    shuffled = difference("b", [(stood(*reversed(before)), stood(*reversed(after)))])
    assert replay == shuffled, "the order of the flags is no difference"
    if not replay.differences:
        assert len(before) == len(after)
        return
    (person,) = replay.differences
    assert len(before) - len(person.gone) == len(after) - len(person.came)
    assert all(one in before for one in person.gone)
    assert all(one in after for one in person.came)
    assert all(change.before in before and change.after in after for change in person.changed)


@given(flags=FLAGS)
@settings(max_examples=30, deadline=None)
def test_the_same_flags_are_no_difference(flags: list[Flag]) -> None:
    assert difference("b", [(stood(*flags), stood(*flags))]).differences == ()


def test_another_severity_is_one_change_and_other_words_are_none() -> None:
    error = flag("seal.missing", Severity.ERROR, "a.jpg", 1, None)
    warning = error.model_copy(update={"severity": Severity.WARNING, "message": "识别不确定"})
    (person,) = difference("b", [(stood(error), stood(warning))]).differences
    assert [(one.before.severity, one.after.severity) for one in person.changed] == [
        (Severity.ERROR, Severity.WARNING)
    ]
    reworded = error.model_copy(update={"message": "写得更好"})
    assert difference("b", [(stood(error), stood(reworded))]).differences == ()


def test_verdicts_are_counted_from_and_to() -> None:
    pairs = [
        (stood(verdict=Verdict.PASS), stood(verdict=Verdict.FAIL)),
        (stood(verdict=Verdict.PASS), stood(verdict=Verdict.PASS)),
    ]
    replay = difference("b", pairs)
    assert [(one.before, one.after, one.applications) for one in replay.verdicts] == [
        (Verdict.PASS, Verdict.FAIL, 1),
        (Verdict.PASS, Verdict.PASS, 1),
    ]
    assert len(replay.differences) == 1
