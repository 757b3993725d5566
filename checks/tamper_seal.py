"""G-FORGE: a coloured seal that lies on its page as no pressed seal does goes to a person."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import FileContext, Parameters
from checks.finding import Judgement, finding
from checks.registry import file_check
from checks.thresholds import threshold
from domain.geometry import Where
from domain.kinds import PageSource, Severity
from domain.reading import PageReading, Seal
from domain.traces import SealTraces

_SAME_PLACE = 0.5
"""Share of a seal that its see-through picture covers at least."""


class SealTrust(Parameters):
    """What pressed ink keeps to, with room to spare; see docs/accuracy.md."""

    sharpest: float = threshold("tamper.seal", "sharpest")
    """Edges over those of the print: the same lens drew both, and ink bleeds."""
    deepest: float = threshold("tamper.seal", "deepest")
    most_even: float = threshold("tamper.seal", "most_even")
    """A film that swallows more than ``deepest`` and varies less than this is no film of ink."""
    least_shown: float = threshold("tamper.seal", "least_shown")
    enough_print: float = threshold("tamper.seal", "enough_print")
    """Pixels of print to be expected beneath a seal before anything is said of its showing through."""
    whitened: float = threshold("tamper.seal", "whitened")
    """Above this share of pure white the page was perhaps never on paper: such seals are even and sharp."""


@file_check("tamper.seal", ("tamper.suspected",), SealTrust)
def tamper_seal(context: FileContext[SealTrust]) -> Iterator[Judgement]:
    signed = context.file.reading.traces.signatures > 0
    for page in context.file.reading.pages:
        if page.source is PageSource.TEXT:
            continue  # a page that was never on paper bears an electronic seal, which is even and sharp
        for index, seal in enumerate(page.seals):
            reasons = [*_laid_on(page, seal, signed), *_unlike_ink(page, index, context.parameters)]
            if reasons:
                yield finding(
                    "tamper.suspected",
                    severity=Severity.WARNING,
                    variant="seal",
                    values={"page": page.number, "reasons": "；".join(reasons)},
                    where=Where(page=page.number, box=seal.box),
                    found="；".join(reasons),
                )


def _laid_on(page: PageReading, seal: Seal, signed: bool) -> Iterator[str]:
    """Electronic seals are laid on scans too, but what they seal is signed."""
    if signed or not seal.box.area:
        return
    for overlay in page.traces.overlays:
        if overlay.over_scan and overlay.box.intersection(seal.box) > _SAME_PLACE * seal.box.area:
            yield "公章是叠加在扫描页上的单独图片，且文件没有电子签名"
            return


def _unlike_ink(page: PageReading, index: int, trust: SealTrust) -> Iterator[str]:
    traces = next((one for one in page.traces.seals if one.seal == index), None)
    if traces is None:
        return
    if page.traces.pure_white < trust.whitened:
        if traces.sharpness is not None and traces.sharpness >= trust.sharpest:
            yield "公章边缘比同页文字更清晰，不像与文字一同扫描或拍摄"
        if _even(traces, trust):
            yield "公章颜色均匀饱和，没有印油深浅"
    if traces.shown is not None and traces.crossed >= trust.enough_print and traces.shown < trust.least_shown:
        yield "公章遮住了下面的文字，印油不会这样遮盖"


def _even(traces: SealTraces, trust: SealTrust) -> bool:
    if traces.depth is None or traces.spread is None:
        return False
    return traces.depth >= trust.deepest and traces.spread <= trust.most_even
