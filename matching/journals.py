"""What the rules of numbers, the blacklist and the register say of one journal.

By number first: a fuzzy title decides nothing without its number. A title that a genuine journal also bears
is never held against anyone by title alone; a journal that is not in the register is only to be looked up.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.review import JournalRow
from matching.journal_blacklist import blacklisted
from matching.journal_index import JournalIndex, agrees, resembles
from matching.journal_labels import impossible_issue, label_of, part_issue
from matching.journal_register import numbers, registered
from matching.journal_remarks import Claim, Remark, Weight
from matching.text import is_han

__all__ = ["Claim", "Remark", "Weight", "judge", "titles_alike"]


def judge(claim: Claim, index: JournalIndex) -> tuple[Remark, ...]:
    """Everything that is to be said of a journal, gravest first."""
    black = list(blacklisted(claim, index))
    known = any(one.about == "title" for one in black)
    remarks = [
        *black,
        *numbers(claim, index),
        *(one for one in registered(claim, index) if not (black and one.code == "journal.not-registered")),
        *([] if known else _labels(claim, index)),
    ]
    order = list(Weight)
    return tuple(sorted(remarks, key=lambda remark: order.index(remark.weight)))


def _labels(claim: Claim, index: JournalIndex) -> Iterator[Remark]:
    """A label or an issue that the genuine journal never had."""
    if not claim.title:
        return
    own = index.register.titled(claim.title)
    base, label = label_of(claim.title)
    if label and not own:
        yield _suspicious("label", "title", claim.title, base)
    if not claim.issue or not own:
        return
    frequencies = {row.frequency for row in own}
    if part := part_issue(claim.issue, frequencies):
        yield _suspicious("part", "issue", part, "、".join(frequencies))
    elif impossible_issue(claim.issue, frequencies):
        yield _suspicious("no-such-issue", "issue", claim.issue, "、".join(frequencies))


def _suspicious(variant: str, about: str, found: str, expected: str) -> Remark:
    rests_on = frozenset({about})
    return Remark("journal.suspicious-issue", variant, Weight.DOUBT, about, rests_on, found, expected)


def titles_alike(one: str, other: str) -> bool | None:
    """Whether two titles are one journal's; None = cannot tell (a part, a misreading, another script)."""
    if agrees(one, JournalRow(title=other)):
        return True
    if resembles(one, JournalRow(title=other)):
        return None
    if any(is_han(sign) for sign in one) != any(is_han(sign) for sign in other):
        return None
    return False
