"""The child: reads one file from standard input, writes frames of ``intake.wire`` to standard output.

Started by ``intake.sandbox``, which has already set its limits. Decoders are loaded only for the kind of
file at hand: a JPEG never waits for PDFium.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import BinaryIO, Protocol

from domain.errors import FileProblem
from intake import wire
from intake.wire import DrawnPage, Frame, Job, Picture, Reason, RefusedError, Traces


class Book(Protocol):
    """A file opened by its decoder."""

    page_count: int

    def picture(self) -> Picture | None:
        """Facts of a file that is one picture."""
        ...

    def traces(self) -> Traces:
        """How the file was made, as its bytes tell."""
        ...

    def draw(self, number: int) -> DrawnPage:
        """Page ``number`` (from 1). Raises RefusedError."""
        ...


def main(arguments: list[str]) -> int:
    """Entry point of the process; ``arguments`` are those of ``Job``."""
    job = Job.from_arguments(arguments)
    # Libraries that print would garble the frames: their standard output becomes standard error.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        with os.fdopen(0, "rb", closefd=False) as source:
            serve(source, output, job)
    except RefusedError as refused:
        send_failure(output, refused)
    except BrokenPipeError:
        return 0
    except ImportError:  # a decoder of ours is missing: no fault of the file's
        os._exit(wire.UNABLE)
    except Exception as error:  # noqa: BLE001 - whatever a decoder raises, the parent gets a code
        send_failure(output, translated(error))
    # Leave at once: closing decoders that have met hostile bytes is one more chance to crash.
    output.flush()
    os._exit(0)


def serve(source: BinaryIO, output: BinaryIO, job: Job) -> None:
    """All frames of one file. A single page that cannot be drawn refuses the whole file."""
    book = open_book(source, job)
    if book.page_count < 1:
        raise RefusedError(FileProblem.UNREADABLE, Reason.NO_PAGES)
    if book.page_count > job.pages:
        raise RefusedError(FileProblem.TOO_LARGE, Reason.TOO_MANY_PAGES)
    traces = traces_of(book)  # drawing flattens annotations, and signatures with them
    first = attempt(book.draw, job.first_page)
    if book.page_count == 1 and isinstance(first, RefusedError):
        raise first
    send(output, Frame.START, wire.pack_start(book.page_count, book.picture(), traces))
    budget = job.pixels_per_file
    for number in range(job.first_page, book.page_count + 1):
        page = first if number == job.first_page else attempt(book.draw, number)
        if isinstance(page, DrawnPage):
            budget -= page.width * page.height
            if budget < 0:
                page = RefusedError(FileProblem.TOO_LARGE, Reason.TOO_MANY_PIXELS)
        send_page(output, number, page)
    send(output, Frame.END, wire.END.pack(book.page_count + 1 - job.first_page))


def open_book(source: BinaryIO, job: Job) -> Book:
    if wire.KINDS[job.kind] == "PDF":
        from intake.documents import PdfBook

        return PdfBook(source, job)
    from intake.pictures import PictureBook

    return PictureBook(source, job)


def traces_of(book: Book) -> Traces:
    """Traces help a person; a file whose traces cannot be told is read all the same."""
    try:
        return book.traces()
    except Exception:  # noqa: BLE001 - whatever a decoder raises
        return Traces()


def attempt(draw: Callable[[int], DrawnPage], number: int) -> DrawnPage | RefusedError:
    """A page, or why there is none: one bad page must not take the others with it."""
    try:
        return draw(number)
    except RefusedError as refused:
        return refused
    except ImportError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a decoder raises, the parent gets a code
        return translated(error)


def translated(error: Exception) -> RefusedError:
    if isinstance(error, MemoryError):
        return RefusedError(FileProblem.TOO_LARGE, Reason.OUT_OF_MEMORY)
    return RefusedError(FileProblem.UNREADABLE, Reason.DAMAGED)


def send(output: BinaryIO, frame: Frame, payload: bytes) -> None:
    output.write(wire.HEADER.pack(frame, len(payload)))
    output.write(payload)
    output.flush()


def send_failure(output: BinaryIO, refused: RefusedError) -> None:
    send(output, Frame.FAIL, wire.FAIL.pack(wire.PROBLEMS.index(refused.problem), refused.reason))


def send_page(output: BinaryIO, number: int, page: DrawnPage | RefusedError) -> None:
    if isinstance(page, RefusedError):
        problem = wire.PROBLEMS.index(page.problem) + 1
        send(output, Frame.PAGE, wire.PAGE.pack(number, 0, 0, problem, 0, 0, 0))
        return
    runs = [wire.pack_run(run) for run in page.runs[: wire.RUNS_PER_PAGE]]
    overlays = [wire.pack_overlay(one) for one in page.overlays[: wire.OVERLAYS_PER_PAGE]]
    fixed = wire.PAGE.pack(number, page.width, page.height, 0, page.born_digital, len(runs), len(overlays))
    text = b"".join((*runs, *overlays))
    output.write(wire.HEADER.pack(Frame.PAGE, len(fixed) + len(page.pixels) + len(text)))
    for part in (fixed, page.pixels, text):
        output.write(part)
    output.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
