"""Counts by colour, shape and condition, as named shares: what tables, JSON and floors hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.seals.measure import Outcome, PageOutcome
from bench.seals.pages import TrueSeal

Chooser = Callable[[TrueSeal], bool]
LEGIBLE = 10.0
"""Pixels of a character's height below which nobody is asked to read a name."""
LEGIBLE_CODE = 220.0
"""Pixels across from which the digits of a code are about nine high."""
COLOURLESS = ("letter", "contract", "columns", "ledger")
"""Layouts that are printed in black alone and have no rings."""


@dataclass(frozen=True, slots=True)
class Share:
    yes: int
    of: int

    @property
    def value(self) -> float:
        return self.yes / self.of if self.of else 0.0


def ink_kind(seal: TrueSeal) -> str:
    """Colour as the tables have it: what a copier made black is grey or bilevel."""
    if "photocopy" in seal.conditions:
        return "grey"
    if "bilevel" in seal.conditions:
        return "bilevel"
    return seal.colour


def whole(seal: TrueSeal) -> bool:
    return not seal.partial


def framed(seal: TrueSeal) -> bool:
    return seal.shape in ("square", "rectangle")


def print_across(seal: TrueSeal) -> bool:
    return bool(seal.conditions & {"print_across", "dense_print"})


def legible(seal: TrueSeal) -> bool:
    """A ring with its whole name on the page, large enough to be read."""
    return (
        whole(seal)
        and not framed(seal)
        and bool(seal.text)
        and (not seal.character or seal.character >= LEGIBLE)
    )


def legible_code(seal: TrueSeal) -> bool:
    """Its digits are a twenty-fifth of the seal high."""
    return whole(seal) and bool(seal.code) and seal.pixels >= LEGIBLE_CODE


def edge_slice(seal: TrueSeal) -> bool:
    return "edge_slice" in seal.conditions


def whole_ring(seal: TrueSeal) -> bool:
    return whole(seal) and not framed(seal)


def whole_frame(seal: TrueSeal) -> bool:
    return whole(seal) and framed(seal)


def was_named(outcome: Outcome) -> bool:
    return outcome.named


SIZES = ((0, 80), (80, 110), (110, 160), (160, 250), (250, 450), (450, 2000))


def size_of(seal: TrueSeal) -> str:
    low, high = next((low, high) for low, high in SIZES if low <= seal.pixels < high)
    return f"{low}-{high} px"


class Figures:
    """All figures of one source of pages."""

    def __init__(self, pages: Sequence[PageOutcome]) -> None:
        self.pages = pages
        self.seals = [seal for page in pages for seal in page.seals]
        self.shares: dict[str, Share] = {}
        """By name; of ``false …`` the share of pages that bear a false seal: the smaller the better."""
        self._found()
        self._read()
        self._false()
        self._under()

    def _add(self, name: str, outcomes: Iterable[Outcome], good: Callable[[Outcome], bool]) -> None:
        every = list(outcomes)
        if every:
            self.shares[name] = Share(sum(map(good, every)), len(every))

    def _add_found(self, name: str, outcomes: Sequence[Outcome]) -> None:
        """Found as a seal; and seen at all, which counts what a person is asked about too."""
        self._add(f"found: {name}", outcomes, lambda one: one.sure)
        self._add(f"seen: {name}", outcomes, lambda one: one.found is not None)

    def _where(self, choose: Chooser) -> list[Outcome]:
        return [seal for seal in self.seals if choose(seal.wanted)]

    def _of_ink(self, ink: str, choose: Chooser) -> list[Outcome]:
        return self._where(lambda seal: ink_kind(seal) == ink and choose(seal))

    def _of_shape(self, shape: str) -> list[Outcome]:
        return self._where(lambda seal: whole(seal) and seal.shape == shape)

    def _inks(self) -> list[str]:
        return sorted({ink_kind(seal.wanted) for seal in self.seals})

    def _found(self) -> None:
        for ink in self._inks():
            self._add_found(f"whole rings, {ink}", self._of_ink(ink, whole_ring))
        self._add_found("square and rectangular", self._where(whole_frame))
        for shape in ("oval", "square", "rectangle"):
            self._add_found(shape, self._of_shape(shape))
        self._add_found("edge slices", self._where(edge_slice))
        cut = self._where(lambda seal: seal.partial and not edge_slice(seal))
        self._add_found("cut by the edge", cut)
        self._add_found("all", self.seals)
        hit = [seal for seal in self.seals if seal.found]
        self._add("told: colour", hit, lambda one: bool(one.found and one.found.colour == one.wanted.colour))
        self._add("told: shape", hit, lambda one: bool(one.found and one.found.shape == one.wanted.shape))
        partial = [one for one in hit if one.wanted.partial]
        self._add("told: cut by the edge", partial, lambda one: bool(one.found and one.found.partial))

    def _read(self) -> None:
        for ink in self._inks():
            rings = self._of_ink(ink, legible)
            self._add(f"name: {ink}", rings, was_named)
            crossed = [one for one in rings if print_across(one.wanted)]
            self._add(f"name: {ink}, print across", crossed, was_named)
            self._add(f"name: {ink}, clear", [one for one in rings if one not in crossed], was_named)
        self._add("name: all rings", self._where(legible), was_named)
        self._add("name: frames", self._where(whole_frame), was_named)
        bottom = self._where(lambda seal: legible(seal) and bool(seal.bottom_text))
        self._add("bottom text", bottom, lambda one: one.bottom_right)
        self._add("code", self._where(legible_code), lambda one: one.code_right)

    def _false(self) -> None:
        kinds = Counter(page.page.negative for page in self.pages if page.page.negative)
        bad = Counter(page.page.negative for page in self.pages if page.page.negative and page.false)
        like = [kind for kind in kinds if kind != "ordinary"]
        if "ordinary" in kinds:
            self.shares["false: ordinary pages"] = Share(bad["ordinary"], kinds["ordinary"])
        if like:
            self.shares["false: look-alike pages"] = Share(
                sum(bad[kind] for kind in like), sum(kinds[kind] for kind in like)
            )
        for kind in sorted(like):
            self.shares[f"false: {kind}"] = Share(bad[kind], kinds[kind])
        hit = sum(seal.sure for seal in self.seals)
        false = sum(len(page.false) for page in self.pages)
        if hit + false:
            self.shares["precision"] = Share(hit, hit + false)
        bare_pages = [page for page in self.pages if page.page.negative]
        if bare_pages:
            perhaps = sum(bool(page.unmatched) for page in bare_pages)
            self.shares["false: perhaps a seal, pages without any"] = Share(perhaps, len(bare_pages))
        self.shares["false: all pages"] = Share(sum(bool(page.false) for page in self.pages), len(self.pages))

    def _under(self) -> None:
        lines = [line for page in self.pages for line in page.under]
        for ink in ("light", "middle", "dark", "grey"):
            chosen = [line for line in lines if line.ink == ink]
            if chosen:
                self.shares[f"print under seal: {ink}"] = Share(
                    sum(line.exact for line in chosen), len(chosen)
                )

    def milliseconds(self) -> dict[str, float]:
        """Median time of a page, finding and reading, beyond plain OCR."""
        groups = {
            "pages with seals": [page.seconds for page in self.pages if page.seals],
            "pages without": [page.seconds for page in self.pages if not page.seals],
            "ordinary pages without colour or rings": [
                page.seconds
                for page in self.pages
                if page.page.negative == "ordinary" and page.page.kind in COLOURLESS
            ],
        }
        return {name: round(1000 * float(np.median(values)), 1) for name, values in groups.items() if values}
