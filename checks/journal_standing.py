"""C-JRN, F-PAPER-1: no paper in a counterfeit or illegal journal; title, ISSN and CN belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement
from checks.journal_claims import PlacedClaim, claims
from checks.journal_words import journal_finding
from checks.registry import application_check
from domain.kinds import Severity
from domain.review import JournalLists, JournalRow
from matching.journal_index import JournalIndex, index_of, title_key
from matching.journals import Remark, judge

CODES = (
    "journal.blacklisted",
    "journal.issn-invalid",
    "journal.cn-invalid",
    "journal.identity-mismatch",
    "journal.not-registered",
    "journal.suspicious-issue",
)


class JournalRules(Parameters):
    """``named``: journals that the notice itself calls false; they are refused without any imported list."""

    named: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR


@application_check("journal.standing", CODES, JournalRules)
def journal_standing(context: ApplicationContext[JournalRules]) -> Iterator[Judgement]:
    index = index_with_named(context.dossier.lists, context.parameters.named)
    said: dict[tuple[str, ...], Finding] = {}
    looked = False
    for placed in claims(context.dossier):
        looked = True
        for remark in judge(placed.claim, index):
            key = (remark.code, remark.variant, title_key(remark.found))
            one = _finding(remark, placed, context.parameters.severity)
            # A number is shown in every file that bears it; all else need not be said twice.
            elsewhere = placed.file is not None and remark.about in ("issn", "cn")
            place = (*key, placed.file or "") if elsewhere else key
            known = said.get(place) or (None if elsewhere else _of_number(said, key))
            if known is None:
                said[place] = one
            elif known.unsure and not one.unsure:
                # Doubtful on a page, plain in the declaration: certain, and shown on the page.
                said[place] = replace(one, file=known.file, where=known.where)
    yield from said.values()
    if not looked:
        yield INAPPLICABLE


def _of_number(said: dict[tuple[str, ...], Finding], key: tuple[str, ...]) -> Finding | None:
    """What was said under ``key`` of a number on some page."""
    return next((one for place, one in said.items() if place[: len(key)] == key), None)


def _finding(remark: Remark, placed: PlacedClaim, gravest: Severity) -> Finding:
    where = placed.places.get(remark.about) or placed.places.get("title")
    return journal_finding(
        remark,
        placed.claim,
        paper=placed.paper,
        gravest=gravest,
        file=placed.file,
        where=where or next(iter(placed.places.values()), None),
        confidence=placed.confidence,
    )


@lru_cache(maxsize=8)
def _named_rows(named: tuple[str, ...]) -> tuple[JournalRow, ...]:
    return tuple(
        JournalRow(title=title, kind="counterfeit", reason="通知点名", match_hint="title_blocks")
        for title in named
    )


_merged: list[tuple[JournalLists, tuple[str, ...], JournalLists]] = []


def index_with_named(lists: JournalLists, named: tuple[str, ...]) -> JournalIndex:
    """The index of the lists together with the journals that a notice names; made once for each pair."""
    for known, names, merged in _merged:
        if known is lists and names == named:
            return index_of(merged)
    merged = JournalLists.model_construct(
        register_rows=lists.register_rows, blacklist_rows=(*_named_rows(named), *lists.blacklist_rows)
    )
    _merged.append((lists, named, merged))
    del _merged[:-4]
    return index_of(merged)
