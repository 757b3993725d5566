"""Whose seal is it? A declared name laid upon what was seen along the arc: same, different, cannot tell.

*Different* only on positive evidence: another character surely read where the name has one, both with the
print painted out and with it left in. What was not read, or was read with doubt, is never evidence. *Same*
when every character is supported and no other has more to say for itself in its place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

from rapidfuzz.distance import LCSseq

from domain.reading import Seal
from matching.lookalikes import look_alike
from matching.seal_alignment import Sign
from matching.seal_names import spelled
from matching.seal_sights import Laid, Sight, View, laid_on, views_of
from matching.text import is_han
from matching.units import normal_unit

T = TypeVar("T")


class Owner(StrEnum):
    SAME = "same"
    CANNOT_TELL = "cannot tell"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Opinion:
    """``reason``: what decided; ``place``: the character of the name, ``read``: what stands there."""

    owner: Owner
    reason: str = ""
    place: str = ""
    read: str = ""


SHORTEST = 4
"""Characters of the shortest name that tells one unit from another."""
OTHER_SURE = 0.95
LOOK_ALIKE_SURE = 0.99
OWN_GONE = 1e-3
"""Another character is there: so sure in a view of either kind, the name's own nowhere more than this."""
SURE = 0.9
"""A letter that counts as read where a name is told from a longer or a wholly different one."""
SUPPORTED = 0.02
RAW_SUPPORTED = 0.3
"""Print makes up characters in raw views: alone they support one only when they are likely."""
LEFT_OUT = "省市区县"
"""Ranks of place that people leave out of their employer's name: a further one on the seal proves nothing."""
LEAD = 1.5
"""Logarithm of how much likelier another character may be than the name's own, in the mean of the views."""
FAINTEST = 1e-2
"""What a character that a view does not show at all counts there."""
FOREIGN = 5
KNOWN_SHARE = 0.7
"""Another name: so many characters read in two views stand not in it, and less than this share of it does."""


def whose_seal(name: str, seal: Seal) -> Opinion | None:
    """The opinion on ``seal``; None where nothing was kept of what was seen on it."""
    return whose(name, tuple((strip.view, strip.steps) for strip in seal.strips)) if seal.strips else None


def whose(name: str, strips: tuple[tuple[str, str], ...]) -> Opinion:
    """``strips``: (view, steps) as a seal's reading keeps them."""
    signs, views = spelled(name), views_of(strips)
    if sum(not sign.optional for sign in signs) < SHORTEST:
        return Opinion(Owner.CANNOT_TELL, "name too short")
    laid = laid_on(signs, views)
    sights = [[sight for one in laid if (sight := one.sight(place))] for place in range(len(signs))]
    for sign, seen in zip(signs, sights, strict=True):
        if read := _another(sign, seen):
            return Opinion(Owner.DIFFERENT, "another character", sign.text, read)
    further = _agreed((set(one.between(OTHER_SURE)), one.view.raw) for one in laid)
    if extra := sorted((place, read) for place, read in further if read not in LEFT_OUT):
        place, read = extra[0]
        return Opinion(Owner.DIFFERENT, "a further character", signs[place].text, read)
    if _foreign(signs, views):
        return Opinion(Owner.DIFFERENT, "another name")
    for sign, seen in zip(signs, sights, strict=True):
        wanted = not sign.optional or (seen and not sign.price)
        if wanted and not _supported(seen):
            return Opinion(Owner.CANNOT_TELL, "not read", sign.text)
        if rival := _outdone(seen):
            return Opinion(Owner.CANNOT_TELL, "read otherwise", sign.text, rival)
    return _whole(name, laid)


def _another(sign: Sign, seen: Sequence[Sight]) -> str:
    """The character that surely stands in the place of the name's own, ``""`` where none does.

    One that the eye takes for it (诚, 城) must be surer still: print across a seal can make one of the other.
    """
    if any(sight.own > OWN_GONE for sight in seen) or not (is_han(sign.text) and _taught(sign.text)):
        return ""
    sure = ({sight.other} if _stands(sign.text, sight) else set() for sight in seen)
    return min(_agreed((found, sight.raw) for found, sight in zip(sure, seen, strict=True)), default="")


def _stands(own: str, sight: Sight) -> bool:
    least = LOOK_ALIKE_SURE if look_alike(own, sight.other) else OTHER_SURE
    return is_han(sight.other) and sight.other_sure >= least


def _agreed(found: Iterable[tuple[set[T], bool]]) -> set[T]:
    """What was seen in a clean view and in a raw one."""
    clean: set[T] = set()
    raw: set[T] = set()
    for things, is_raw in found:
        (raw if is_raw else clean).update(things)
    return clean & raw


def _taught(character: str) -> bool:
    """Recognisers know GB 2312; a rarer character, never shown to them, may be read as another."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _supported(seen: Sequence[Sight]) -> bool:
    return any(sight.own >= (RAW_SUPPORTED if sight.raw else SUPPORTED) for sight in seen)


def _outdone(seen: Sequence[Sight]) -> str:
    """Another character that has clearly more to say for itself over all views together."""
    own = sum(math.log(max(sight.own, FAINTEST)) for sight in seen)
    for other in {sight.other for sight in seen}:
        theirs = sum(
            math.log(max(sight.other_sure if sight.other == other else FAINTEST, FAINTEST)) for sight in seen
        )
        if theirs - own > LEAD * len(seen):
            return other
    return ""


def _foreign(signs: Sequence[Sign], views: Sequence[View]) -> bool:
    """Wholly another name: most of what two views surely read stands nowhere in the declared one."""
    read = [
        ("".join(one.top for one in view.once if one.sure >= SURE and is_han(one.top)), view.raw)
        for view in views
    ]
    wanted = 2 * "".join(sign.text for sign in signs)  # A strip may begin in the middle of the name.
    least = sum(not sign.optional for sign in signs)
    for (one, raw), (other, other_raw) in combinations(read, 2):
        if raw and other_raw:
            continue  # Where the print was left in, both may have read the print.
        both = _shared(one, other)
        known = LCSseq.similarity(both, wanted)
        if len(both) - known >= FOREIGN and known < KNOWN_SHARE * least:
            return True
    return False


def _shared(one: str, other: str) -> str:
    """The longest text that both hold in order."""
    return "".join(
        one[part.src_start : part.src_end] for part in LCSseq.opcodes(one, other) if part.tag == "equal"
    )


def _whole(name: str, laid: Sequence[Laid]) -> Opinion:
    """The name stands there; does the row end with it, or is it a branch's, a parent's, a longer name?"""
    clean = [one for one in laid if not one.view.raw] or list(laid)
    unit = normal_unit(name)
    longer = [
        (before, after)
        for before, after in (one.beyond(SURE) for one in clean)
        if len(before) > 1 or (len(after) > 1 and normal_unit(unit + after) != unit)
    ]
    if 2 * len(longer) > len(clean):
        return Opinion(Owner.CANNOT_TELL, "a longer name", read="…".join(longer[0]))
    inside = [one for one in clean if any(True for _ in one.between(SURE))]
    if 2 * len(inside) > len(clean):
        return Opinion(Owner.CANNOT_TELL, "a further character")
    return Opinion(Owner.SAME)
