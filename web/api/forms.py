"""Multipart forms, read while they arrive: a file goes straight to the store, up to its limit.

Starlette's own form would first spool the whole body to a temporary file, whatever its size.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from web.api import problems

Kept = TypeVar("Kept")

MEDIA_TYPE = "multipart/form-data"
_MOST_PARTS = 2_000
_LONGEST_FIELD = 2_000


@dataclass(slots=True)
class Form(Generic[Kept]):
    """``files``: (field, file name as sent, what was kept of it)."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, str, Kept]] = field(default_factory=list)


def read_form(
    content_type: str, chunks: Iterator[bytes], keep: Callable[[str, Iterator[bytes]], Kept]
) -> Form[Kept]:
    """The form in ``chunks``; ``keep`` is handed name and bytes of each file as they come, and takes all.

    Raises a problem (415, 400) for what is no form, and whatever ``keep`` raises.
    """
    media_type, options = parse_options_header(content_type)
    if media_type != MEDIA_TYPE.encode():
        raise problems.wrong_media_type(MEDIA_TYPE)
    boundary = options.get(b"boundary")
    if not boundary:
        raise problems.malformed("上传表单缺少分隔标记（boundary），请检查上传程序。")
    parts = _Parts(boundary, chunks)
    form: Form[Kept] = Form()
    try:
        while (header := parts.next_part()) is not None:
            name, filename = header
            if filename is not None:
                form.files.append((name, filename, keep(filename, parts.content())))
            else:
                form.fields[name] = _text(parts.content())
    except FormParserError:
        raise problems.malformed("上传的表单不完整或已损坏，请重新上传。") from None
    return form


class _Parts:
    """The parser's callbacks turned round: parts and their bytes are asked for, chunk by chunk."""

    def __init__(self, boundary: bytes, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._events: deque[tuple[str, bytes]] = deque()
        self._header = b""
        self._disposition = b""
        self._count = 0
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begin,
                "on_header_begin": self._header_begin,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_headers_finished": lambda: self._events.append(("part", self._disposition)),
                "on_part_data": lambda data, start, end: self._events.append(("data", data[start:end])),
                "on_part_end": lambda: self._events.append(("end", b"")),
            },
        )

    def next_part(self) -> tuple[str, str | None] | None:
        """Field and file name of the next part, ``None`` after the last."""
        while (event := self._event()) is not None:
            kind, value = event
            if kind == "part":
                self._count += 1
                if self._count > _MOST_PARTS:
                    raise problems.malformed(f"一次最多上传{_MOST_PARTS}个部分，请分批上传。")
                _, options = parse_options_header(value)
                filename = options.get(b"filename")
                name = options.get(b"name", b"").decode(errors="replace")
                return name, filename.decode(errors="replace") if filename is not None else None
        return None

    def content(self) -> Iterator[bytes]:
        """The bytes of the part last given. A body that breaks off is malformed: never half a file."""
        while (event := self._event()) is not None:
            kind, value = event
            if kind == "end":
                return
            yield value
        raise FormParserError

    def _event(self) -> tuple[str, bytes] | None:
        while not self._events:
            chunk = next(self._chunks, None)
            if chunk is None:
                self._parser.finalize()
                return None
            self._parser.write(chunk)
        return self._events.popleft()

    def _part_begin(self) -> None:
        self._disposition = b""

    def _header_begin(self) -> None:
        self._header = b""

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition += data[start:end]


def _text(content: Iterator[bytes]) -> str:
    value = b""
    for chunk in content:
        value += chunk
        if len(value) > _LONGEST_FIELD:
            raise problems.invalid(f"上传表单中的文字项过长（上限{_LONGEST_FIELD}字节），请缩短后重新上传。")
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise problems.malformed("上传表单中的文字应为UTF-8编码，请检查上传程序。") from None
