"""Logs of the service's processes: one JSON object a line, or words in colour at a terminal.

No evidence gets in: of an exception its type and the places in our code are told, never its message, which
may quote what was read.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_HOUSE = Path(__file__).resolve().parent.parent
_PLACES = 6
_QUIET = (
    "alembic",
    "boto3",
    "botocore",
    "s3transfer",
    "urllib3",
    "kombu",
    "amqp",
    "celery.app.trace",
    "uvicorn.access",
)
"""They speak of every request; from them only warnings are heard."""


def set_up_logs(stream: TextIO | None = None) -> None:
    """All loggers of this process write to ``stream`` (standard error) in one form."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_before(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_written(terminal=stream.isatty()),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _before() -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(["job", "file", "batch", "queue"]),
        _without_message,
    ]


def _written(*, terminal: bool) -> list[Processor]:
    if terminal:
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.JSONRenderer(ensure_ascii=False)]


def _without_message(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """An exception as its type and our places on the way to it, the innermost first."""
    told = event.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    if isinstance(told, BaseException):
        told = (type(told), told, told.__traceback__)
    if isinstance(told, tuple) and told[0] is not None:
        event["exception"] = told[0].__name__
        places = [
            f"{Path(frame.filename).relative_to(_HOUSE)}:{frame.lineno} {frame.name}"
            for frame in reversed(traceback.extract_tb(told[2]))
            if Path(frame.filename).is_relative_to(_HOUSE) and ".venv" not in frame.filename
        ]
        event["at"] = places[:_PLACES]
    return event
