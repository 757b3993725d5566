"""Reading of many files with a word of progress after every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.reading import Reading
from domain.screening import PagePictures, PageProgress
from domain.settings import Limits
from pipeline.pool import FileRead, MakeTools, ReadJob, read_all

Progress = Callable[[PageProgress], None]


def read_batch(
    jobs: Sequence[ReadJob],
    make_tools: MakeTools,
    *,
    workers: int,
    limits: Limits,
    pictures: PagePictures | None = None,
    progress: Progress,
) -> Mapping[str, Reading]:
    """The reading of every job by its key. Raises ``SetupError`` where the reader is not fit for use."""
    labels = {job.key: job.label for job in jobs}
    readings: dict[str, Reading] = {}
    staff = max(1, min(workers, len(jobs)))
    for event in read_all(jobs, make_tools, workers=staff, limits=limits, pictures=pictures):
        if isinstance(event, FileRead):
            readings[event.key] = event.reading
            page = pages = 0
        else:
            page, pages = event.page, event.pages
        progress(
            PageProgress(
                path=labels[event.key], page=page, pages=pages, files_done=len(readings), files=len(jobs)
            )
        )
    return readings
