"""What the rules of numbers, the blacklist and the register say of one journal.

By number first: a fuzzy title decides nothing without its number. A title that a genuine journal also bears
is never held against anyone by title alone; a journal that is not in the register is only to be looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.review import JournalRow
from matching.issn_cn import Form, cn_key, judge_cn, judge_issn, normal_cn, normal_issn
from matching.journal_index import JournalIndex, Rows, agrees, resembles, title_key
from matching.journal_labels import impossible_issue, label_of, part_issue
from matching.text import distance, is_han


class Weight(StrEnum):
    """How much a remark weighs where everything it rests on was read with confidence."""

    PROOF = "proof"
    DOUBT = "doubt"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Claim:
    """A journal as declared or read. ``unsure`` names the values (title, issn, cn) that may be misread.

    ``identity`` among them: the title was read on one page only and might be another line of that page, which
    proves nothing against its numbers; a match with a blacklisted title would be no chance even so.
    """

    title: str | None = None
    issn: str | None = None
    cn: str | None = None
    issue: str | None = None
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say. ``rests_on`` names the values of the claim; ``about`` the one it is shown at."""

    code: str
    variant: str
    weight: Weight
    about: str
    rests_on: frozenset[str]
    found: str
    expected: str = ""
    reason: str = ""


def judge(claim: Claim, index: JournalIndex) -> tuple[Remark, ...]:
    """Everything that is to be said of a journal, gravest first."""
    black = list(_blacklist(claim, index))
    known = any(one.about == "title" for one in black)
    remarks = [
        *black,
        *_numbers(claim, index),
        *(one for one in _register(claim, index) if not (black and one.code == "journal.not-registered")),
        *([] if known else _labels(claim, index)),
    ]
    order = list(Weight)
    return tuple(sorted(remarks, key=lambda remark: order.index(remark.weight)))


def _numbers(claim: Claim, index: JournalIndex) -> Iterator[Remark]:
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
    return any(claim.title is None or agrees(claim.title, row) for row in rows)


def _blacklist(claim: Claim, index: JournalIndex) -> Iterator[Remark]:
    told: set[str] = set()
    for row in index.blacklist.numbered(claim.issn, claim.cn):
        about = "issn" if claim.issn and normal_issn(row.issn) == normal_issn(claim.issn) else "cn"
        found = (claim.issn if about == "issn" else claim.cn) or ""
        if row.kind in _FALSE_JOURNALS:
            genuine = claim.title and any(
                agrees(claim.title, known) for known in index.register.numbered(claim.issn, claim.cn)
            )
            weight = Weight.DOUBT if genuine or row.genuine_title_exists else Weight.PROOF
            yield _black("number", weight, about, frozenset({about}), found, row)
        elif row.kind == "warning":
            yield _black("early-warning", Weight.DOUBT, about, frozenset({about}), found, row)
        else:
            code = "journal.suspicious-issue"
            yield _black("cloned-site", Weight.DOUBT, about, frozenset({about}), found, row, code)
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
        if _blocks(row):
            yield _black("resembles", Weight.DOUBT, "title", frozenset({"title"}), claim.title, row)
            return


_FALSE_JOURNALS = frozenset({"counterfeit", "illegal"})


def _blocks(row: JournalRow) -> bool:
    """Whether the list says that the title alone is enough."""
    hint = row.match_hint.strip()
    return row.kind in _FALSE_JOURNALS and (hint in ("title", "title_blocks") or "blocks" in hint)


def _by_title(claim: Claim, title: str, row: JournalRow, index: JournalIndex) -> Remark:
    on_title = frozenset({"title"})
    genuine = index.register.titled(title, former=False)
    own_numbers = _numbers_agree(claim, genuine) or _numbers_agree(claim, (_genuine(row),))
    if _blocks(row):
        weight = Weight.DOUBT if genuine else Weight.PROOF
        return _black("title", weight, "title", on_title, title, row)
    if row.kind in _FALSE_JOURNALS:
        if row.genuine_title_exists or genuine:
            return _black(
                "impersonated", Weight.DOUBT, "title", on_title, title, row, "journal.suspicious-issue"
            )
        return _black("same-title", Weight.DOUBT, "title", on_title, title, row)
    if row.kind == "warning":
        return _black("early-warning", Weight.DOUBT, "title", on_title, title, row)
    weight = Weight.NOTE if own_numbers or row.kind == "predatory" else Weight.DOUBT
    variant = "predatory" if row.kind == "predatory" else "cloned-site"
    return _black(variant, weight, "title", on_title, title, row, "journal.suspicious-issue")


def _genuine(row: JournalRow) -> JournalRow:
    return JournalRow(title=row.title, issn=row.genuine_issn, cn=row.genuine_cn)


def _black(
    variant: str,
    weight: Weight,
    about: str,
    rests_on: frozenset[str],
    found: str,
    row: JournalRow,
    code: str = "journal.blacklisted",
) -> Remark:
    return Remark(code, variant, weight, about, rests_on, found, expected=row.title, reason=row.reason)


def _numbers_agree(claim: Claim, rows: Rows) -> bool:
    """At least one number was given, and none contradicts the rows."""
    given = [
        (normal_issn(claim.issn), {normal_issn(row.issn) for row in rows if row.issn})
        if claim.issn
        else None,
        (cn_key(claim.cn), {cn_key(row.cn) for row in rows if row.cn}) if claim.cn else None,
    ]
    told = [number in known for number, known in filter(None, given) if known]
    return bool(told) and all(told)


def _register(claim: Claim, index: JournalIndex) -> Iterator[Remark]:
    register = index.register
    if register.empty or not claim.title:
        return
    own = register.titled(claim.title)
    foreign = False
    for about, number, rows in _looked_up(claim, index):
        if not rows or any(_edition_of(claim.title, row) for row in rows):
            continue
        foreign = True
        # A title that is registered in its own right is no part or misreading of the other's.
        resembling = not register.titled(claim.title, former=False) and any(
            resembles(claim.title, row) for row in rows
        )
        near = resembling or _near_own(about, number, own)
        others = "、".join(dict.fromkeys(f"《{row.title}》" for row in rows[:2]))
        yield Remark(
            "journal.identity-mismatch",
            f"{about}-of-another",
            Weight.DOUBT if near else Weight.PROOF,
            about,
            frozenset({"title", "identity", about}),
            f"《{claim.title}》 {number}",
            others,
        )
    if own:
        if not foreign:
            yield from _other_numbers(claim, own, index)
        if all(row.status in ("停刊", "合并") for row in own):
            yield Remark(
                "journal.suspicious-issue", "ceased", Weight.DOUBT, "title", frozenset({"title"}), claim.title
            )
    elif not foreign and not any(rows for _, _, rows in _looked_up(claim, index)):
        yield Remark(
            "journal.not-registered", "", Weight.DOUBT, "title", frozenset({"title", "identity"}), claim.title
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
    issn_differs = bool(claim.issn and issns and normal_issn(claim.issn) not in issns)
    cn_differs = bool(claim.cn and cns and cn_key(claim.cn) not in cns)
    issn_agrees = bool(claim.issn and normal_issn(claim.issn) in issns)
    cn_agrees = bool(claim.cn and cn_key(claim.cn) in cns)
    for about, differs, other_agrees, number, known in (
        ("issn", issn_differs, cn_agrees, normal_issn(claim.issn or ""), issns),
        ("cn", cn_differs, issn_agrees, normal_cn(claim.cn or ""), cns),
    ):
        if not differs or index.register.numbered(*((number, None) if about == "issn" else (None, number))):
            continue
        form = judge_issn(number) if about == "issn" else judge_cn(number)
        if form.form is Form.INVALID:
            continue  # a number that cannot exist is told as such
        slip = min(distance(number.split("/")[0], one) for one in known) <= 1
        weight = Weight.DOUBT if slip or other_agrees else Weight.PROOF
        yield Remark(
            "journal.identity-mismatch",
            f"{about}-differs",
            weight,
            about,
            frozenset({"title", "identity", about}),
            f"《{title}》 {number}",
            "、".join(sorted(known)),
        )


def _labels(claim: Claim, index: JournalIndex) -> Iterator[Remark]:
    if not claim.title:
        return
    own = index.register.titled(claim.title)
    base, label = label_of(claim.title)
    if label and not own:
        yield Remark(
            "journal.suspicious-issue",
            "label",
            Weight.DOUBT,
            "title",
            frozenset({"title"}),
            claim.title,
            base,
        )
    if not claim.issue or not own:
        return
    frequencies = {row.frequency for row in own}
    if part := part_issue(claim.issue, frequencies):
        yield Remark(
            "journal.suspicious-issue",
            "part",
            Weight.DOUBT,
            "issue",
            frozenset({"issue"}),
            part,
            "、".join(frequencies),
        )
    elif impossible_issue(claim.issue, frequencies):
        yield Remark(
            "journal.suspicious-issue",
            "no-such-issue",
            Weight.DOUBT,
            "issue",
            frozenset({"issue"}),
            claim.issue,
            "、".join(frequencies),
        )


def titles_alike(one: str, other: str) -> bool | None:
    """Whether two titles are one journal's; None = cannot tell (a part, a misreading, another script)."""
    if agrees(one, JournalRow(title=other)):
        return True
    if resembles(one, JournalRow(title=other)):
        return None
    if any(is_han(sign) for sign in one) != any(is_han(sign) for sign in other):
        return None
    return False
