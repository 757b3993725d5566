"""Every check against its cases in fixtures/checks, and the rules that hold for all checks."""

from __future__ import annotations

import pytest

from checks import run
from checks.registry import all_checks
from domain.kinds import Outcome
from fixtures.checks.builder import FOLDER, Case, cases_of, excused_outcomes
from policies.wording import all_words

_WORST_FIRST = (
    Outcome.CRASHED,
    Outcome.FLAGGED,
    Outcome.UNSURE,
    Outcome.PASSED,
    Outcome.NOT_APPLICABLE,
)


def _every_case() -> list[object]:
    return [
        pytest.param(check, case, id=f"{check}: {case.name}")
        for check in sorted(all_checks())
        if (FOLDER / f"{check}.toml").exists()
        for case in cases_of(check)
    ]


@pytest.mark.parametrize(("check", "case"), _every_case())
def test_case(check: str, case: Case) -> None:
    results = run(case.dossier(check))
    flags = [flag for result in results for flag in result.flags]
    outcomes = {result.outcome for result in results}
    assert next(one for one in _WORST_FIRST if one in outcomes) is case.outcome, results
    assert len(flags) == len(case.flags), flags
    for flag, expected in zip(flags, case.flags, strict=True):
        wanted = expected.model_dump(exclude_none=True)
        assert {name: getattr(flag, name) for name in wanted} == wanted
        assert flag.message
        assert flag.advice


def test_every_check_has_cases() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(all_checks())


@pytest.mark.parametrize("check", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_cases_show_every_outcome(check: str) -> None:
    outcomes = {case.outcome for case in cases_of(check)}
    excused = excused_outcomes(check)
    assert {Outcome.PASSED, Outcome.FLAGGED, Outcome.UNSURE} - excused <= outcomes
    assert not excused & outcomes


def test_every_code_has_words() -> None:
    codes = {code for check in all_checks().values() for code in check.codes}
    spoken = {key.split("/")[0] for key in all_words()}
    assert codes <= spoken
    assert spoken <= codes, "words that no check says"


def test_words_are_chinese_sentences() -> None:
    for key, words in all_words().items():
        for text in (words.message, words.advice):
            assert text.endswith("。"), key
            assert any("\u4e00" <= character <= "\u9fff" for character in text), key
