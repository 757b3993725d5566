"""The report folder: report.json, report.xlsx, report.html and marked-up pages, all from one screening."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from domain.plan import Plan
from domain.screening import PagePictures, Screening
from report.excel import write_excel
from report.html import write_html
from report.json_document import screening_document, written
from report.marked_pages import draw_marked_pages
from report.privacy import Privacy


def write_reports(
    screening: Screening,
    pictures: PagePictures,
    folder: Path,
    privacy: Privacy,
    load_plan: Callable[[str], Plan],
) -> Path:
    """Write everything into ``folder`` (it exists); returns the HTML page, where a person begins."""
    for stale in (folder / "marked").glob("[0-9]*-*/*-p*.jpg"):
        stale.unlink()
    marked = [
        draw_marked_pages(review, index, pictures, folder / "marked")
        for index, review in enumerate(screening.applications, start=1)
    ]
    document = written(screening_document(screening, privacy))
    (folder / "report.json").write_text(document, encoding="utf-8")
    named = {review.plan for review in screening.applications if review.results}
    plans = {plan: load_plan(plan) for plan in named}
    write_excel(screening, plans, marked, folder / "report.xlsx", privacy)
    page = folder / "report.html"
    write_html(screening, plans, pictures, page, privacy)
    return page
