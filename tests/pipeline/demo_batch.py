"""Applications of the demo batch with what the real engine read of them, as ``screen --out`` keeps them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from domain.screening import ReadApplication
from domain.settings import Limits
from fixtures.readings.record_demo import DEMO, demo_readings
from intake.applications import find_applications
from pipeline.kept_batch import keep
from pipeline.reading import fingerprint, renamed
from pipeline.real_tools import judging_tools
from pipeline.screening import judge_applications
from pipeline.tools import JudgingTools
from pipeline.work.versions import reader_version
from policies.journals import ListKind, import_list, load_lists


def read_demo(*folders: str, files: Collection[str]) -> tuple[ReadApplication, ...]:
    """These applications with the files of these names alone: to understand a page takes its time."""
    readings = demo_readings()
    return tuple(
        ReadApplication(
            path=one.name,
            declaration=one.declaration,
            uploads=tuple(
                (renamed(readings[fingerprint(file.path)[0]], file.name), file.declared)
                for file in one.to_read
                if file.name in files
            ),
        )
        for one in find_applications(DEMO).applications
        if one.name in folders
    )


def demo_tools(lists: Path) -> JudgingTools:
    """The house's tools with the demo's lists, imported into ``lists``."""
    for kind in ListKind:
        import_list(DEMO / "journals" / f"{kind.value}.csv", kind, lists)
    return replace(judging_tools({}), lists=load_lists(lists))


def kept_in(
    out: Path, read: Sequence[ReadApplication], tools: JudgingTools, reader: str | None = None
) -> Path:
    """A report's folder with these readings, judged by ``tools``. ``reader``: the version that read them."""
    out.mkdir(parents=True, exist_ok=True)
    screening = judge_applications(read, tools)
    keep(out, read, screening, None, reader or reader_version(Limits()))
    return out
