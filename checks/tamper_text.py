"""G-FORGE: a piece of text that differs from the page round it as what was put in does goes to a person."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import FileContext, Parameters
from checks.finding import Judgement, finding
from checks.registry import file_check
from checks.thresholds import threshold
from domain.geometry import Where
from domain.kinds import EvidenceKind, PageSource, Severity
from domain.reading import PageReading
from domain.traces import Patch, PatchSign

_PICTURES = frozenset({EvidenceKind.ID_PHOTO, EvidenceKind.JOURNAL_COVER})
"""Words upon a photograph are laid on by design."""
_WORDS = {
    PatchSign.SHARPNESS: "笔画明显比同页其他文字清晰",
    PatchSign.PAPER: "底色与四周的纸色不同",
    PatchSign.COMPRESSION: "图像压缩痕迹与同页其他部分不同",
    PatchSign.COPY: "与同页另一处的像素相同",
}


class TextTrust(Parameters):
    """How far text of one page may differ; see docs/accuracy.md."""

    sharper: float = threshold("tamper.text", "sharper")
    """Natural logarithm of the steepness of edges over what is usual on the page. The steepest of 725 honest
    pages (``bench.plans_drawn``) stood at 0.41, on an award."""
    paper: float = threshold("tamper.text", "paper")
    """Levels of 255 between its paper and that on every side of it."""
    compression: float = threshold("tamper.text", "compression")
    """Standard deviations."""
    copied: float = threshold("tamper.text", "copied")


@file_check("tamper.text", ("tamper.suspected",), TextTrust)
def tamper_text(context: FileContext[TextTrust]) -> Iterator[Judgement]:
    document = context.file.document
    if document.kind.name in _PICTURES:
        return
    kinds = dict(enumerate(document.page_kinds, start=1))
    for page in context.file.reading.pages:
        if kinds.get(page.number) in _PICTURES:
            continue
        suspected = [patch for patch in page.traces.patches if _suspected(patch, context.parameters)]
        if suspected and page.source is not PageSource.TEXT:
            yield _finding(page, suspected)


def _suspected(patch: Patch, trust: TextTrust) -> bool:
    """Softer print is no sign: pale and coloured letters are softer on many honest pages."""
    least = {
        PatchSign.SHARPNESS: trust.sharper,
        PatchSign.COMPRESSION: trust.compression,
        PatchSign.COPY: trust.copied,
    }
    if patch.sign is PatchSign.PAPER:
        return abs(patch.strength) >= trust.paper
    return patch.strength >= least[patch.sign]


def _finding(page: PageReading, suspected: list[Patch]) -> Judgement:
    """One flag a page, at the place most looked askance at; what else is there is counted."""
    first = max(suspected, key=lambda one: sum(one.box.intersection(other.box) > 0 for other in suspected))
    here = [patch for patch in suspected if patch.box.intersection(first.box) > 0]
    signs = "；".join(dict.fromkeys(_WORDS[patch.sign] for patch in here))
    text = "".join(line.text for line in page.lines if line.box.intersection(first.box) > 0)
    return finding(
        "tamper.suspected",
        severity=Severity.WARNING,
        variant="text",
        values={"page": page.number, "text": text[:40], "reasons": signs},
        where=Where(page=page.number, box=first.box),
        found=signs,
    )
