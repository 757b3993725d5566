"""One file: opened within its limits, read page by page, its upright pictures kept for the report.

A page that fails stays in its place with its problem, so page numbers never shift; a file that fails is a
``Reading`` with an error and no pages; the error says whether the fault is ours. Nothing here raises for what
a file holds; only ``SetupError`` passes.
"""

from __future__ import annotations

import hashlib
import logging
import stat
from collections.abc import Callable
from pathlib import Path

from domain.errors import FileProblem, InputError, SetupError
from domain.kinds import ReadingStatus
from domain.page import PageImage
from domain.reading import FileError, PageQuality, PageReading, Reading
from domain.screening import PagePictures
from domain.settings import Limits
from pipeline.tools import OpenedFile, ReadingTools

OnPage = Callable[[int, int], None]
"""Called with the number of the page just read and the number of pages (0 where it is not known)."""

log = logging.getLogger(__name__)


class ReaderCrashError(Exception):
    """The reader failed on pages that intake had opened without complaint."""


def read_file(
    path: Path,
    shown_name: str,
    limits: Limits,
    tools: ReadingTools,
    *,
    pictures: PagePictures | None = None,
    on_page: OnPage = lambda page, pages: None,
) -> Reading:
    """Everything that can be read off the file at ``path``; ``shown_name`` is only for people."""
    try:
        with tools.opened(path, shown_name, limits) as opened:
            return _read_pages(opened, shown_name, tools, pictures, on_page)
    except InputError as problem:
        return unreadable(path, shown_name, _file_problem(problem.code), problem.message)
    except SetupError:
        raise
    except Exception as problem:  # noqa: BLE001 - a reader's own fault must not stop the other files
        log.warning("reading failed: %s", type(problem).__name__)
        return unreadable(path, shown_name, FileProblem.UNREADABLE, fault_message(shown_name), ours=True)


def _file_problem(code: str) -> FileProblem:
    return FileProblem(code) if code in set(FileProblem) else FileProblem.UNREADABLE


def _read_pages(
    opened: OpenedFile,
    shown_name: str,
    tools: ReadingTools,
    pictures: PagePictures | None,
    on_page: OnPage,
) -> Reading:
    pages: list[PageReading] = []
    crashed = False
    for image in opened.pages():
        page = _read_page(image, tools)
        crashed |= image.problem is None and page.problem is not None
        if pictures is not None and page.problem is None:
            keep_picture(image, page.rotation, pictures.of(opened.sha256, page.number))
        pages.append(page)
        on_page(page.number, opened.page_count)
    failed = sum(page.problem is not None for page in pages)
    if crashed and failed == len(pages):
        raise ReaderCrashError
    if not pages or failed == len(pages):
        code = pages[0].problem if pages and pages[0].problem else FileProblem.UNREADABLE
        raise InputError(code, damaged_message(shown_name), shown_name)
    return Reading(
        path=shown_name,
        sha256=opened.sha256,
        size=opened.size,
        media_type=opened.media_type,
        status=ReadingStatus.PARTIAL if failed else ReadingStatus.COMPLETE,
        pages=tuple(pages),
        picture=opened.picture,
        traces=opened.traces,
    )


def _read_page(image: PageImage, tools: ReadingTools) -> PageReading:
    if image.problem is None:
        try:
            return _with_traces(image, tools.read_page(image), tools)
        except SetupError:
            raise
        except Exception as problem:  # noqa: BLE001 - one page must not cost the others
            log.warning("page %d failed: %s", image.number, type(problem).__name__)
    return PageReading(
        number=image.number,
        width=image.width,
        height=image.height,
        quality=PageQuality(sharpness=0.0, contrast=0.0, legible=False),
        problem=image.problem or FileProblem.UNREADABLE,
    )


def _with_traces(image: PageImage, page: PageReading, tools: ReadingTools) -> PageReading:
    """Traces help a person; a page whose traces cannot be told has been read all the same."""
    try:
        return page.model_copy(update={"traces": tools.examine(image, page)})
    except Exception as problem:  # noqa: BLE001 - whatever the pictures hold
        log.warning("traces of page %d failed: %s", image.number, type(problem).__name__)
        return page


def keep_picture(image: PageImage, rotation: int, target: Path) -> None:
    """Save the page upright as JPEG: ``rotation`` is how far clockwise the upload had been turned."""
    from PIL import Image

    turns = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    picture = Image.frombytes("RGB", (image.width, image.height), image.pixels)
    if rotation in turns:
        picture = picture.transpose(turns[rotation])
    picture.thumbnail((2000, 2000))
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.save(target, "JPEG", quality=82, optimize=True)


def unreadable(
    path: Path, shown_name: str, code: FileProblem, message: str, *, ours: bool = False
) -> Reading:
    """The reading of a file that cannot be used: an error, no pages. ``ours``: by a fault of the program."""
    sha256, size = fingerprint(path)
    return Reading(
        path=shown_name,
        sha256=sha256,
        size=size,
        media_type="application/octet-stream",
        status=ReadingStatus.UNREADABLE,
        error=FileError(code=code, message=message, ours=ours),
    )


def renamed(reading: Reading, name: str) -> Reading:
    """A reading of the same bytes under another file's name."""
    if reading.path == name:
        return reading
    changes: dict[str, object] = {"path": name}
    if reading.error is not None:
        message = reading.error.message.replace(reading.path, name)
        changes["error"] = reading.error.model_copy(update={"message": message})
    return reading.model_copy(update=changes)


def fingerprint(path: Path, most: int = Limits().file_bytes) -> tuple[str, int]:
    """SHA-256 and size in bytes. No digest of what is no plain file, cannot be opened or passes ``most``."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            return "", found.st_size
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest(), found.st_size
    except OSError:
        return "", 0


def damaged_message(name: str) -> str:
    return f"文件“{name}”无法读取，可能已损坏。请重新扫描或导出后再上传。"


def fault_message(name: str) -> str:
    return f"系统读取文件“{name}”时发生内部错误，请人工核对；申报人无需重新上传。"
