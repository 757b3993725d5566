"""The parent's end of the wire: every number that the child sends is checked before it is used."""

from __future__ import annotations

from domain.errors import FileProblem
from domain.geometry import Box
from domain.page import PageImage, TextRun
from domain.reading import PictureFacts
from domain.traces import FileTraces, Overlay
from intake import wire
from intake.sandbox import Sandbox
from intake.wire import Frame, Job, Reason, RefusedError

_PICTURE_SIDE = 1_000_000
_BYTES_A_PIXEL = 3


class Receiver:
    """Reads the frames of one child. Raises RefusedError where the child refuses, dies or talks nonsense."""

    def __init__(self, sandbox: Sandbox, job: Job) -> None:
        self.sandbox = sandbox
        self._job = job
        self._budget = job.pixels_per_file
        self.page_count = 0
        self.picture: PictureFacts | None = None
        self.traces = FileTraces()
        self._start()

    def page(self, number: int) -> PageImage:
        """The next page, which has to be ``number``."""
        length = self._header(Frame.PAGE)
        _demand(length >= wire.PAGE.size)
        untrusted_number, width, height, problem, born_digital, runs, overlays = wire.PAGE.unpack(
            self.sandbox.read(wire.PAGE.size)
        )
        length -= wire.PAGE.size
        _demand(untrusted_number == number)
        if problem:
            _demand(problem <= len(wire.PROBLEMS) and length == 0)
            return PageImage(number, 0, 0, b"", problem=wire.PROBLEMS[problem - 1])
        _demand(width > 0 and height > 0 and width * height <= self._job.pixels_per_page)
        self._budget -= width * height
        _demand(self._budget >= 0 and runs <= wire.RUNS_PER_PAGE and overlays <= wire.OVERLAYS_PER_PAGE)
        pixels_length = width * height * _BYTES_A_PIXEL
        longest_text = runs * (wire.RUN.size + wire.RUN_BYTES)
        laid = overlays * wire.OVERLAY.size
        _demand(pixels_length + laid <= length <= pixels_length + longest_text + laid)
        pixels = self.sandbox.read(pixels_length)
        text = _runs(self.sandbox.read(length - pixels_length - laid), runs)
        over = _overlays(self.sandbox.read(laid))
        return PageImage(number, width, height, pixels, text, bool(born_digital), overlays=over)

    def _start(self) -> None:
        _demand(self._header(Frame.START) == wire.START.size)
        untrusted = wire.START.unpack(self.sandbox.read(wire.START.size))
        pages, single, width, height, format_index, coloured, red, green, blue, spread = untrusted[:10]
        self.traces = _traces(*untrusted[10:])
        _demand(1 <= pages <= self._job.pages)
        self.page_count = pages
        if not single:
            return
        _demand(pages == 1 and format_index < len(wire.FORMATS))
        _demand(0 < width <= _PICTURE_SIDE and 0 < height <= _PICTURE_SIDE)
        self.picture = PictureFacts(
            width=width,
            height=height,
            format=wire.FORMATS[format_index],
            background_rgb=(red, green, blue) if coloured else None,
            background_spread=min(spread / 100, 255.0) if coloured else None,
        )

    def _header(self, wanted: Frame) -> int:
        """The length of the next frame's payload, if it is the frame wanted."""
        frame, length = wire.HEADER.unpack(self.sandbox.read(wire.HEADER.size))
        if frame == Frame.FAIL and length == wire.FAIL.size:
            problem, reason = wire.FAIL.unpack(self.sandbox.read(wire.FAIL.size))
            _demand(problem < len(wire.PROBLEMS) and reason in set(Reason))
            raise RefusedError(wire.PROBLEMS[problem], Reason(reason))
        _demand(frame == wanted)
        return int(length)


def _demand(sound: bool) -> None:
    if not sound:
        raise RefusedError(FileProblem.UNREADABLE, Reason.CRASHED)


def _runs(untrusted: bytes, count: int) -> tuple[TextRun, ...]:
    runs: list[TextRun] = []
    place = 0
    for _ in range(count):
        _demand(place + wire.RUN.size <= len(untrusted))
        left, top, right, bottom, hidden, length = wire.RUN.unpack_from(untrusted, place)
        place += wire.RUN.size
        _demand(length <= wire.RUN_BYTES and place + length <= len(untrusted))
        text = untrusted[place : place + length].decode("utf-8", "replace")
        place += length
        box = Box.clipped(*(value / wire.MILLION for value in (left, top, right, bottom)))
        runs.append(TextRun(text=text, box=box, hidden=bool(hidden)))
    _demand(place == len(untrusted))
    return tuple(runs)


def _traces(editors: int, resaved: int, signatures: int, changed: int, screenshot: int) -> FileTraces:
    _demand(editors < 1 << len(wire.EDITORS))
    return FileTraces(
        editors=tuple(editor for bit, editor in enumerate(wire.EDITORS) if editors >> bit & 1),
        resaved=resaved,
        signatures=signatures,
        changed_after_signing=bool(changed),
        screenshot=bool(screenshot),
    )


def _overlays(untrusted: bytes) -> tuple[Overlay, ...]:
    return tuple(
        Overlay(
            box=Box.clipped(*(value / wire.MILLION for value in (left, top, right, bottom))),
            over_scan=bool(over_scan),
        )
        for left, top, right, bottom, over_scan in wire.OVERLAY.iter_unpack(untrusted)
    )
