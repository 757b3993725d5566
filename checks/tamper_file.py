"""G-FORGE: a file that names an editor, was changed when it was finished, or shows a screen: for a person."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import FileContext, Parameters
from checks.finding import Judgement, finding
from checks.registry import file_check
from domain.editors import PAINTS, REWRITES_PDF
from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity
from domain.review import EvidenceFile

_RETOUCHED = frozenset({EvidenceKind.ID_PHOTO, EvidenceKind.JOURNAL_COVER})
"""Studios and publishers work with such programs."""
_ON_PAPER = frozenset(
    {
        EvidenceKind.CE_RECORD,
        EvidenceKind.QUALIFICATION_CERTIFICATE,
        EvidenceKind.APPOINTMENT_LETTER,
        EvidenceKind.ANNUAL_ASSESSMENT,
        EvidenceKind.EDUCATION_CERTIFICATE,
        EvidenceKind.EXPERT_RECOMMENDATION,
        EvidenceKind.TRUTHFULNESS_COMMITMENT,
        EvidenceKind.AWARD_CERTIFICATE,
        EvidenceKind.ENTRUSTMENT_LETTER,
    }
)
"""What was queried or published online is rightly handed in as the screen shows it; these exist on paper."""


@file_check("tamper.file", ("tamper.suspected",), Parameters)
def tamper_file(context: FileContext[Parameters]) -> Iterator[Judgement]:
    reasons = list(_reasons(context.file))
    if reasons:
        yield finding(
            "tamper.suspected",
            severity=Severity.WARNING,
            variant="file",
            values={"reasons": "；".join(reasons)},
            where=Where(page=1),
            found="；".join(reasons),
        )


def _reasons(file: EvidenceFile) -> Iterator[str]:
    traces, kind = file.reading.traces, file.document.kind.name
    painted = [editor for editor in traces.editors if editor in PAINTS]
    if painted and kind not in _RETOUCHED:
        yield f"文件信息显示用图像编辑软件处理过（{painted[0].value}）"
    if traces.changed_after_signing:
        yield "电子签名之后文件又被修改"
    elif traces.resaved and not traces.signatures:
        rewriters = [editor for editor in traces.editors if editor in REWRITES_PDF]
        by = f"（{rewriters[0].value}）" if rewriters else ""
        yield f"PDF 生成之后又被编辑保存过{by}"
    bars = any(page.traces.screen_bars for page in file.reading.pages)
    if kind in _ON_PAPER and (traces.screenshot or bars):
        yield "这是屏幕截图，不是原件的扫描件或照片"
