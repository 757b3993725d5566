"""What the rules of numbers and the register say of a journal: title, ISSN and CN belong together.

A journal that is not in the register is only to be looked up. One character of a title read wrong is a slip
of the reading, however short the title: with numbers that are its own it is never proof of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.review import JournalRow
from matching.issn_cn import Form, cn_key, judge_cn, judge_issn, normal_cn, normal_issn
from matching.journal_index import JournalIndex, Rows, agrees, resembles, title_key
from matching.journal_labels import label_of
from matching.journal_remarks import Claim, Remark, Weight
from matching.text import distance

_SHORTEST_TITLE = 2
"""A title of one character has nothing left to know it by once that is misread."""


def numbers(claim: Claim, index: JournalIndex) -> Iterator[Remark]:
    """A number that cannot exist."""
    if claim.issn:
        issn = judge_issn(claim.issn)
        if issn.form is Form.INVALID and not _registered_so(claim, index.register.numbered(claim.issn, None)):
            yield Remark(
                "journal.issn-invalid", issn.fault, Weight.PROOF, "issn", frozenset({"issn"}), issn.number
            )
    if claim.cn:
        cn = judge_cn(claim.cn)
        if cn.form is not Form.OK and not _registered_so(claim, index.register.numbered(None, claim.cn)):
            weight = Weight.PROOF if cn.form is Form.INVALID else Weight.DOUBT
            yield Remark("journal.cn-invalid", cn.fault, weight, "cn", frozenset({"cn"}), cn.number)


def _registered_so(claim: Claim, rows: Rows) -> bool:
    """The register itself lists this odd number for this title: no fault of the paper's."""
    title = claim.title
    return any(title is None or agrees(title, row) or _one_sign_apart(title, row) for row in rows)


def registered(claim: Claim, index: JournalIndex) -> Iterator[Remark]:
    """Numbers of another journal, numbers that the title never had, a title that the register lacks."""
    register = index.register
    if register.empty or not claim.title:
        return
    own = register.titled(claim.title)
    foreign = False
    for about, number, rows in _looked_up(claim, index):
        if not rows or any(_edition_of(claim.title, row) for row in rows):
            continue
        foreign = True
        weight = (
            Weight.DOUBT if _may_be_theirs(claim.title, rows, own, about, number, index) else Weight.PROOF
        )
        others = "、".join(dict.fromkeys(f"《{row.title}》" for row in rows[:2]))
        yield _mismatch(f"{about}-of-another", weight, about, f"《{claim.title}》 {number}", others)
    if own:
        if not foreign:
            yield from _other_numbers(claim, own, index)
        if all(row.status in ("停刊", "合并") for row in own):
            on_title = frozenset({"title"})
            yield Remark("journal.suspicious-issue", "ceased", Weight.DOUBT, "title", on_title, claim.title)
    elif not foreign and not any(rows for _, _, rows in _looked_up(claim, index)):
        rests_on = frozenset({"title", "identity"})
        yield Remark("journal.not-registered", "", Weight.DOUBT, "title", rests_on, claim.title)


def _mismatch(variant: str, weight: Weight, about: str, found: str, expected: str) -> Remark:
    rests_on = frozenset({"title", "identity", about})
    return Remark("journal.identity-mismatch", variant, weight, about, rests_on, found, expected)


def _may_be_theirs(title: str, rows: Rows, own: Rows, about: str, number: str, index: JournalIndex) -> bool:
    """The title may be theirs misread or cut short, or the number the title's own with a sign read wrong.

    A title that is registered in its own right is no part of another's, but one sign may have made it so.
    """
    if any(_one_sign_apart(title, row) for row in rows) or _near_own(about, number, own):
        return True
    known = index.register.titled(title, former=False)
    return not known and any(resembles(title, row) for row in rows)


def _one_sign_apart(title: str, row: JournalRow) -> bool:
    """One character of the title is another, or lost, or one too many."""
    key = title_key(title)
    owns = (title_key(one) for one in (row.title, *row.former_titles))
    return any(
        max(len(key), len(own)) >= _SHORTEST_TITLE
        and abs(len(key) - len(own)) <= 1
        and distance(key, own) <= 1
        for own in owns
    )


def _edition_of(title: str, row: JournalRow) -> bool:
    """The row's title, whole or less its edition (``(工学版)``), or with a label that is judged apart."""
    base, label = label_of(title)
    edition = re.sub(r"[(（][^()（）]*[)）]$", "", row.title)
    return agrees(title, row) or title_key(title) == title_key(edition) or bool(label and agrees(base, row))


def _looked_up(claim: Claim, index: JournalIndex) -> Iterator[tuple[str, str, Rows]]:
    if claim.issn:
        yield "issn", normal_issn(claim.issn), index.register.numbered(claim.issn, None)
    if claim.cn:
        yield "cn", normal_cn(claim.cn), index.register.numbered(None, claim.cn)


def _near_own(about: str, number: str, own: Rows) -> bool:
    """The number is one sign away from the title's own: typed or read wrong rather than borrowed."""
    mine = [row.issn if about == "issn" else cn_key(row.cn) for row in own]
    return any(one and distance(one, number.split("/")[0]) <= 1 for one in mine)


def _other_numbers(claim: Claim, own: Rows, index: JournalIndex) -> Iterator[Remark]:
    """The title is in the register, but with other numbers, and the number given is nobody's."""
    title = claim.title or ""
    issns = {normal_issn(row.issn) for row in own if row.issn}
    cns = {cn_key(row.cn) for row in own if row.cn}
    issn_agrees = bool(claim.issn and normal_issn(claim.issn) in issns)
    cn_agrees = bool(claim.cn and cn_key(claim.cn) in cns)
    for about, given, agreed, other_agrees, number, known in (
        ("issn", claim.issn, issn_agrees, cn_agrees, normal_issn(claim.issn or ""), issns),
        ("cn", claim.cn, cn_agrees, issn_agrees, normal_cn(claim.cn or ""), cns),
    ):
        if not given or not known or agreed:
            continue
        if index.register.numbered(*((number, None) if about == "issn" else (None, number))):
            continue
        form = judge_issn(number) if about == "issn" else judge_cn(number)
        if form.form is Form.INVALID:
            continue  # a number that cannot exist is told as such
        slip = min(distance(number.split("/")[0], one) for one in known) <= 1
        weight = Weight.DOUBT if slip or other_agrees else Weight.PROOF
        found = f"《{title}》 {number}"
        yield _mismatch(f"{about}-differs", weight, about, found, "、".join(sorted(known)))
