"""Figures of the bench over all plans: recall by code and plan, errors and warnings on clean applications."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.kinds import Severity
from domain.review import ApplicationReview, Flag

Told = tuple[str, str]
"""Plan and code."""


@dataclass(slots=True)
class Figures:
    """``softened``: planted defects that the notice calls errors, found as warnings only."""

    planted: Counter[Told] = field(default_factory=Counter)
    found: Counter[Told] = field(default_factory=Counter)
    softened: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    clean: int = 0
    false_errors: list[str] = field(default_factory=list)
    false_warnings: list[tuple[str, str]] = field(default_factory=list)
    """Code, and application with file and message."""

    @property
    def recall(self) -> float:
        return self.found.total() / self.planted.total() if self.planted else 1.0

    @property
    def gravely(self) -> float:
        """Share of the planted found as gravely as the notice calls for."""
        grave = self.found.total() - len(self.softened)
        return grave / self.planted.total() if self.planted else 1.0

    @property
    def warnings_a_clean_one(self) -> float:
        return len(self.false_warnings) / self.clean if self.clean else 0.0


def figures(drawn: Path, reviews: Mapping[str, ApplicationReview]) -> Figures:
    """Holds every review against the truth beside its application."""
    result = Figures()
    for name, review in sorted(reviews.items()):
        truth = json.loads((drawn / name / "truth.json").read_text("utf-8"))
        flags = [flag for flag in review.all_flags if flag.severity is not Severity.INFO]
        for planted in truth["flags"]:
            _count(result, review, planted, flags)
        allowed = {planted["code"] for planted in truth["flags"]} | set(truth["allowed"])
        unplanted = [flag for flag in flags if flag.code not in allowed]
        if truth["flags"]:
            result.extra += [_told(review, flag) for flag in unplanted if flag.severity is Severity.ERROR]
            continue
        result.clean += 1
        for flag in unplanted:
            if flag.severity is Severity.ERROR:
                result.false_errors.append(_told(review, flag))
            else:
                result.false_warnings.append((flag.code, _told(review, flag)))
    return result


def _count(
    result: Figures, review: ApplicationReview, planted: Mapping[str, str | None], flags: list[Flag]
) -> None:
    code, file = str(planted["code"]), planted["file"]
    key = (review.plan, code)
    result.planted[key] += 1
    fitting = [flag for flag in flags if flag.code == code and file in (None, flag.file)]
    if not fitting:
        result.missed.append(f"{review.path} {file or '-'} {code}")
        return
    result.found[key] += 1
    if planted["severity"] == "error" and all(flag.severity is not Severity.ERROR for flag in fitting):
        result.softened.append(_told(review, fitting[0]))


def _told(review: ApplicationReview, flag: Flag) -> str:
    return f"{review.path} {flag.file or '-'} {flag.code} ({flag.confidence:.2f}): {flag.message}"


def printed(result: Figures, *, verbose: bool = False) -> str:
    return "\n".join(_lines(result, verbose))


def _lines(result: Figures, verbose: bool) -> Iterator[str]:
    found, planted = result.found.total(), result.planted.total()
    yield f"planted defects found: {found} of {planted} = {result.recall:.3f}"
    yield f"of these only as a warning where the notice calls for an error: {len(result.softened)}"
    yield f"clean applications: {result.clean}, errors on them: {len(result.false_errors)}"
    yield f"warnings a clean application: {result.warnings_a_clean_one:.2f}"
    for plan in sorted({plan for plan, _ in result.planted}):
        own = [key for key in result.planted if key[0] == plan]
        told = sum(result.found[key] for key in own)
        yield f"  {plan}: {told} of {sum(result.planted[key] for key in own)}, {len(own)} codes"
    codes = Counter(code for code, _ in result.false_warnings)
    for code, count in codes.most_common():
        yield f"  warning on clean ones: {code} {count}"
    for title, ones in (
        ("missed", result.missed),
        ("error on a clean one", result.false_errors),
        ("softened", result.softened),
        ("another error on a spoilt one", result.extra),
        ("warning on a clean one", [told for _, told in result.false_warnings] if verbose else []),
    ):
        yield from (f"  {title}: {one}" for one in ones)
