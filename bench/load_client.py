"""HTTP/1.1 over one kept connection at next to no cost, so that the server is what is measured."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

_BOUNDARY = "load-boundary"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    document: Any
    seconds: float


class Connection:
    """One person's connection to ``port``, opened with the first request."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._token = port, token
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"", "")

    async def post_json(self, path: str, document: object) -> Answer:
        return await self._ask("POST", path, json.dumps(document).encode(), "application/json")

    async def post_file(self, path: str, content: bytes) -> Answer:
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="scan.png"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
        return await self._ask("POST", path, body, f"multipart/form-data; boundary={_BOUNDARY}")

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _ask(self, method: str, path: str, body: bytes, media_type: str) -> Answer:
        began = time.monotonic()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {self._token}",
            f"Content-Length: {len(body)}",
        ]
        if media_type:
            lines.append(f"Content-Type: {media_type}")
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        content = await reader.readexactly(int(headers["content-length"]))
        if headers.get("connection") == "close":
            self.close()
        return Answer(int(head[0].split(" ")[1]), json.loads(content), time.monotonic() - began)
