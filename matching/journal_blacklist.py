"""What the blacklist says of a journal: by number first, by title only where no genuine journal bears it.

套刊 copies a genuine journal's cover, title and numbers, so a row whose title a genuine journal also bears,
or may bear, asks for issue, page and retrieval page; alone it is never held against anyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.review import JournalRow
from matching.issn_cn import cn_key, normal_issn
from matching.journal_index import JournalIndex, Rows, agrees
from matching.journal_remarks import Claim, Remark, Weight

FALSE_JOURNALS = frozenset({"counterfeit", "illegal"})


def blacklisted(claim: Claim, index: JournalIndex) -> Iterator[Remark]:
    """Remarks on the rows with one of the claim's numbers, then on those with its title, then near it."""
    told: set[str] = set()
    for row in index.blacklist.numbered(claim.issn, claim.cn):
        yield _by_number(claim, row, index)
        told.add(row.title)
    if not claim.title:
        return
    for row in index.blacklist.titled(claim.title, former=False):
        if row.title not in told:
            told.add(row.title)
            yield _by_title(claim, claim.title, row, index)
    if told or index.register.titled(claim.title):
        return
    for row in index.blacklist.nearly_titled(claim.title):
        if _title_suffices(row):
            yield _remark("resembles", Weight.DOUBT, "title", claim.title, row)
            return


def _by_number(claim: Claim, row: JournalRow, index: JournalIndex) -> Remark:
    about = "issn" if claim.issn and normal_issn(row.issn) == normal_issn(claim.issn) else "cn"
    found = (claim.issn if about == "issn" else claim.cn) or ""
    if row.kind in FALSE_JOURNALS:
        if claim.title and any(agrees(claim.title, one) for one in _bearers(about, found, index)):
            # Both lists name this very journal: whichever is wrong, the author is not to pay for it.
            return _remark("both-lists", Weight.DOUBT, about, found, row)
        shared = row.genuine_title_exists and not _another_number(about, found, row, index)
        return _remark("number", Weight.DOUBT if shared else Weight.PROOF, about, found, row)
    if row.kind == "warning":
        return _remark("early-warning", Weight.DOUBT, about, found, row)
    return _remark("cloned-site", Weight.DOUBT, about, found, row, "journal.suspicious-issue")


def _bearers(about: str, number: str, index: JournalIndex) -> Rows:
    """Registered journals that bear the number."""
    return index.register.numbered(*((number, None) if about == "issn" else (None, number)))


def _another_number(about: str, number: str, row: JournalRow, index: JournalIndex) -> bool:
    """Whether the genuine journals of the row's title are known to bear other numbers than this."""
    issns, cns = _numbers((_genuine(row), *index.register.titled(row.title, former=False)))
    known, key = (issns, normal_issn(number)) if about == "issn" else (cns, cn_key(number))
    return bool(known) and key not in known


def _by_title(claim: Claim, title: str, row: JournalRow, index: JournalIndex) -> Remark:
    genuine = index.register.titled(title, former=False)
    if row.kind in FALSE_JOURNALS:
        if row.genuine_title_exists or genuine:
            return _remark("impersonated", Weight.DOUBT, "title", title, row, "journal.suspicious-issue")
        if _title_suffices(row):
            return _remark("title", Weight.PROOF, "title", title, row)
        return _remark("same-title", Weight.DOUBT, "title", title, row)
    if row.kind == "warning":
        return _remark("early-warning", Weight.DOUBT, "title", title, row)
    own_numbers = _numbers_agree(claim, genuine) or _numbers_agree(claim, (_genuine(row),))
    weight = Weight.NOTE if own_numbers or row.kind == "predatory" else Weight.DOUBT
    variant = "predatory" if row.kind == "predatory" else "cloned-site"
    return _remark(variant, weight, "title", title, row, "journal.suspicious-issue")


def _title_suffices(row: JournalRow) -> bool:
    """Whether the list says that the title alone is enough."""
    hint = row.match_hint.strip()
    return row.kind in FALSE_JOURNALS and (hint in ("title", "title_blocks") or "blocks" in hint)


def _genuine(row: JournalRow) -> JournalRow:
    return JournalRow(title=row.title, issn=row.genuine_issn, cn=row.genuine_cn)


def _numbers_agree(claim: Claim, rows: Rows) -> bool:
    """At least one number was given, and none contradicts the rows."""
    issns, cns = _numbers(rows)
    told = [normal_issn(claim.issn) in issns] if claim.issn and issns else []
    told += [cn_key(claim.cn) in cns] if claim.cn and cns else []
    return bool(told) and all(told)


def _numbers(rows: Rows) -> tuple[set[str], set[str]]:
    """The ISSNs and the CN numbers of the rows; a row may list several ISSNs."""
    issns = {normal_issn(one) for row in rows for one in re.split(r"[;；]", row.issn) if one}
    return issns, {cn_key(row.cn) for row in rows if row.cn}


def _remark(
    variant: str,
    weight: Weight,
    about: str,
    found: str,
    row: JournalRow,
    code: str = "journal.blacklisted",
) -> Remark:
    rests_on = frozenset({about})
    return Remark(code, variant, weight, about, rests_on, found, expected=row.title, reason=row.reason)
