"""A threshold tried before it is moved: the batch as it would have looked, and what clerks decided so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from checks.registry import all_checks
from checks.thresholds import THRESHOLDS, stated_in
from domain.flag_document import flag_document
from domain.replay import Standing
from domain.review import ApplicationReview, Flag
from domain.tuning import Decided, Decisions, Trial
from pipeline.differences import difference
from pipeline.kept_batch import standing
from pipeline.replaying import OldBatch
from pipeline.stored_batch import rejudged
from pipeline.tools import JudgingTools
from pipeline.work.case import case_of
from pipeline.work.kept import newest_review
from policies import find_plan, plan_ids
from store.database import Database
from store.decided import DecidedFlag, decided_flags
from store.judgements import RaisedFlag, identity
from store.tables import ApplicationRow


def tried(
    batch: OldBatch,
    check: str,
    before: Mapping[str, float],
    after: Mapping[str, float],
    judging: tuple[JudgingTools, JudgingTools],
) -> Trial:
    """``batch`` under the values in force and under others. ``judging``: the tools with either."""
    now, then = (
        [_of_check(one.review, check) for one in batch.judged_again(tools, None)] for tools in judging
    )
    stated = [
        f"评审计划“{plan}”自己规定了 {check} 的 {name}，改动对它不起作用。"
        for plan in sorted({one.plan for one in now} & set(plan_ids()))
        for name in after
        if stated_in(find_plan(plan), check, name)
    ]
    return Trial(
        check=check,
        before=dict(before),
        after=dict(after),
        flags_before=sum(len(one.flags) for one in now),
        flags_after=sum(len(one.flags) for one in then),
        replay=difference(
            batch.name, list(zip(now, then, strict=True)), (*batch.notes, *stated), batch.problems
        ),
    )


def decisions(
    database: Database, check: str, judging: tuple[JudgingTools, JudgingTools], reader: str
) -> Decisions:
    """What becomes of the flags of ``check`` that clerks accepted or overruled, in all applications."""
    with database.reading() as session:
        decided = decided_flags(session, all_checks()[check].codes)
    found = dict.fromkeys(Decisions.model_fields, 0)
    for application, flags in groupby(decided, key=lambda one: one.application):
        now, then = (_raised(database, application, check, tools, reader) for tools in judging)
        for flag in flags:
            found[_side(flag, now, then)] += 1
    return Decisions(**found)


def decided_by_check(database: Database) -> Mapping[str, Decided]:
    """How many flags of each check that has thresholds clerks accepted and overruled."""
    counts = {one.check: [0, 0] for one in THRESHOLDS}
    owners: dict[str, list[str]] = {}
    for registered in all_checks().values():
        for code in registered.codes:
            owners.setdefault(code, []).append(registered.id)
    codes = {code for code, checks in owners.items() if counts.keys() & set(checks)}
    with database.reading() as session:
        decided = decided_flags(session, codes)
    for application, flags in groupby(decided, key=lambda one: one.application):
        known: Mapping[str, str] | None = None
        for flag in flags:
            check: str | None = owners[flag.code][0]
            if len(owners[flag.code]) > 1:
                known = known if known is not None else _checks_of_flags(database, application)
                check = known.get(flag.identity)
            if check in counts:
                counts[check][not flag.accepted] += 1
    return {check: Decided(accepted=one[0], overruled=one[1]) for check, one in counts.items()}


def _side(flag: DecidedFlag, now: frozenset[str], then: frozenset[str]) -> str:
    if flag.identity not in now:
        return "not_raised"
    stays = flag.identity in then
    if flag.accepted:
        return "accepted_kept" if stays else "accepted_lost"
    return "overruled_kept" if stays else "overruled_gone"


def _raised(
    database: Database, application: str, check: str, tools: JudgingTools, reader: str
) -> frozenset[str]:
    """Identities of the flags that ``check`` raises on an application."""
    with database.reading() as session:
        row = session.get_one(ApplicationRow, application)
    again = rejudged(database, row, tools, None, reader)
    if again is None:
        return frozenset()
    identify = _identities(database, row)
    return frozenset(identify(flag) for flag in _of_check(again.review, check).flags)


def _checks_of_flags(database: Database, application: str) -> Mapping[str, str]:
    """Which check raised which flag of the newest review, by the flags' identities."""
    with database.reading() as session:
        row = session.get_one(ApplicationRow, application)
        review = newest_review(session, application)
    identify = _identities(database, row)
    results = review.results if review is not None else ()
    return {identify(flag): result.check for result in results for flag in result.flags}


def _identities(database: Database, row: ApplicationRow) -> Callable[[Flag], str]:
    with database.reading() as session:
        files = {name: file.id for name, file in case_of(session, row).files.items()}
    return lambda flag: identity(RaisedFlag(files.get(flag.file or "", ""), flag_document(flag)))


def _of_check(review: ApplicationReview, check: str) -> Standing:
    """The application with the flags of one check alone."""
    own = [flag for result in review.results if result.check == check for flag in result.flags]
    whole = standing(review)
    return whole.model_copy(update={"flags": tuple(flag for flag in whole.flags if flag in own)})
