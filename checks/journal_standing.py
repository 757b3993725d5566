"""C-JRN, F-PAPER-1: no paper in a counterfeit or illegal journal; title, ISSN and CN belong together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement
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
    told: set[tuple[str, ...]] = set()
    looked = False
    for placed in claims(context.dossier):
        looked = True
        for remark in judge(placed.claim, index):
            key = (remark.code, remark.variant, title_key(remark.found))
            # A number is shown in every file that bears it; all else need not be said twice.
            again = placed.file is None or remark.about not in ("issn", "cn")
            if (*key, placed.file or "") in told or (again and key in told):
                continue
            told |= {key, (*key, placed.file or "")}
            yield _finding(remark, placed, context.parameters.severity)
    if not looked:
        yield INAPPLICABLE


def _finding(remark: Remark, placed: PlacedClaim, gravest: Severity) -> Judgement:
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
