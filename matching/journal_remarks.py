"""What is asked about a journal, and what is answered: a claim, and the remarks upon it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
