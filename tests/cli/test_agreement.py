"""The demo's verdict on itself: a missed defect and a false error are both counted."""

from __future__ import annotations

from typing import Any

from bench.agreement import Planted, Truth, agreement


def report(**applications: list[tuple[str, str | None, str]]) -> dict[str, Any]:
    return {
        "applications": [
            {
                "path": path,
                "files": [],
                "flags": [
                    {"code": code, "file": file, "severity": severity, "message": ""}
                    for code, file, severity in flags
                ],
            }
            for path, flags in applications.items()
        ]
    }


SHORT = Truth(flags=(Planted(code="hours.total-short", file="ce.jpg"),), allowed=("identity.name-mismatch",))


def test_found_means_the_same_code_on_the_same_file() -> None:
    assert agreement(report(a=[("hours.total-short", "ce.jpg", "warning")]), {"a": SHORT}).good
    other_file = agreement(report(a=[("hours.total-short", "other.jpg", "error")]), {"a": SHORT})
    assert [one.code for one in other_file.missed] == ["hours.total-short"]
    assert not agreement(report(a=[("hours.total-short", "ce.jpg", "info")]), {"a": SHORT}).good


def test_an_error_on_a_clean_application_is_a_false_alarm() -> None:
    clean = agreement(report(a=[("seal.missing", "x.jpg", "error")]), {"a": Truth()})
    assert [one.code for one in clean.false_errors] == ["seal.missing"]
    assert not clean.good
    assert agreement(report(a=[("seal.missing", "x.jpg", "warning")]), {"a": Truth()}).good


def test_allowed_and_extra_errors_are_told_apart() -> None:
    flags: list[tuple[str, str | None, str]] = [
        ("hours.total-short", "ce.jpg", "error"),
        ("identity.name-mismatch", None, "error"),
        ("seal.missing", None, "error"),
    ]
    result = agreement(report(a=flags), {"a": SHORT})
    assert result.good
    assert [one.code for one in result.extra_errors] == ["seal.missing"]


def test_an_application_that_is_not_in_the_report_is_missed() -> None:
    result = agreement(report(), {"a": SHORT})
    assert (result.planted, result.found) == (1, 0)
