"""C-FORM: the review form was printed by the platform, whose watermark it bears."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.certainty import pages_of, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from checks.thresholds import threshold
from domain.geometry import Where
from domain.kinds import EvidenceKind, PageSource, Severity
from matching.text import bare, best_within


class Watermark(Parameters):
    """``words``: stretches of the watermark; one of them found is enough."""

    words: tuple[str, ...] = Field(min_length=1)
    alike: float = threshold("form.watermark", "alike")
    """A watermark is faint and lies under print: so much of one of its words is enough to have seen it."""


@document_check(
    "form.watermark", ("form.watermark-missing",), Watermark, frozenset({EvidenceKind.REVIEW_FORM})
)
def form_watermark(context: DocumentContext[Watermark]) -> Iterator[Judgement]:
    pages = pages_of(context.file, context.facts)
    if not pages:
        yield INAPPLICABLE
        return
    text = "".join(bare(line.text) for page in pages for line in page.lines)
    if any(best_within(word, text) >= context.parameters.alike for word in context.parameters.words):
        return
    # On a scan a pale watermark is easily not read; only the form's own text layer would surely hold it.
    own_text = all(page.source is PageSource.TEXT for page in pages)
    yield finding(
        "form.watermark-missing",
        sure=own_text and surely_of_its_kind(context.file, context.facts),
        severity=Severity.WARNING,
        where=Where(page=pages[0].number),
        expected=context.parameters.words[0],
    )
