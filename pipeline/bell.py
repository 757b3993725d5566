"""The doorbell: a word to the workers that a job lies in a queue. The queue itself is our own database.

Celery carries the word over whatever broker the settings name. Nothing depends on its arrival: a ring
that is lost, doubled or late costs time and never a job, since idle workers look for themselves.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import Any

from celery import Celery
from kombu.entity import Queue
from kombu.transport.sqlalchemy import Transport
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from domain.settings import Settings
from store.applications import BATCHES, UPLOADS

QUEUES = (UPLOADS, BATCHES)
"""In the order in which a worker that serves several takes jobs from them."""
TASK = "hezheng.work"
SQL = "sqla+"
QUIET_SECONDS = 5.0
"""After a ring that failed nobody waits for the broker again for so long."""

_REDIS = {"socket_connect_timeout": 2, "socket_keepalive": True}
SQL_LOOK_SECONDS = 0.1
"""Tables cannot ring: idle workers look at them this often. Kombu's second is long for who waits."""

log = logging.getLogger(__name__)


class Bell:
    """Rings at the broker. ``prefix`` keeps several installations at one broker apart."""

    def __init__(self, url: str, prefix: str) -> None:
        self.url = url
        self.prefix = prefix
        self.app = _app(url, prefix)
        """What a worker listens with."""
        self._ringing = _app(url, prefix)
        self._quiet_until = 0.0

    def ring(self, queue: str) -> None:
        """A job lies in ``queue``; called after the commit. Never fails: the job is found without it."""
        if time.monotonic() < self._quiet_until:
            return
        try:
            self._ringing.send_task(TASK, queue=self.name_of(queue), ignore_result=True)
        except Exception as problem:  # noqa: BLE001 - each transport raises its own; none may fail the caller
            self._quiet_until = time.monotonic() + QUIET_SECONDS
            log.warning("the broker did not take a ring: %s", type(problem).__name__)
            self._hang_up()

    def name_of(self, queue: str) -> str:
        """What ``queue`` is called at the broker."""
        return f"{self.prefix}.{queue}"

    def _hang_up(self) -> None:
        """Connections that failed once are not used again: some transports never recover on them."""
        failed, self._ringing = self._ringing, _app(self.url, self.prefix)
        with suppress(Exception):
            failed.pool.force_close_all()

    def lay_out(self) -> None:
        """Make the tables of kombu's SQL transport before several processes try to; all but one would fail.

        Never fails: whoever listens makes them then.
        """
        if not self.url.startswith(SQL):
            return
        try:
            with self.app.connection_for_write() as connection:
                for queue in self.app.conf.task_queues:
                    queue(connection.default_channel).declare()
        except SQLAlchemyError as problem:
            log.info("the bell's tables are made later: %s", type(problem).__name__)

    def tidy(self) -> None:
        """Remove delivered rings, which kombu's SQL transport keeps for ever. Other brokers keep none."""
        if not self.url.startswith(SQL):
            return
        engine = create_engine(self.url.removeprefix(SQL))
        try:
            with engine.begin() as connection:
                connection.execute(text("DELETE FROM kombu_message WHERE NOT visible"))
        except SQLAlchemyError as problem:
            log.info("delivered rings stay for now: %s", type(problem).__name__)
        finally:
            engine.dispose()


def bell_for(settings: Settings) -> Bell:
    """The bell of an installation. Nothing is connected before the first ring."""
    if settings.broker_url.startswith(SQL):
        settings.data.mkdir(parents=True, exist_ok=True)
    return Bell(settings.broker_url, settings.bell)


def _app(url: str, prefix: str) -> Celery:
    app = Celery("hezheng", broker=url, set_as_current=False)
    once_more = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
    app.conf.update(
        task_queues=[Queue(f"{prefix}.{queue}") for queue in QUEUES],  # type: ignore[no-untyped-call]
        task_default_queue=f"{prefix}.{UPLOADS}",
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_default_delivery_mode="transient",
        # A pooled connection may be stale: it is made anew once, and nobody waits longer for a bell.
        task_publish_retry_policy=once_more,
        broker_transport_options=once_more | _options(url),
        broker_connection_timeout=2,
        # A worker waits for its broker as long as it takes.
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        # One process, one thread: heartbeats could not be answered during a page.
        broker_heartbeat=0,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_send_task_events=False,
        worker_enable_remote_control=False,
    )
    return app


def _options(url: str) -> dict[str, Any]:
    if url.startswith(SQL):
        # Kombu hands every option of its SQL transport on to the engine, which knows no such one.
        Transport.polling_interval = SQL_LOOK_SECONDS
    return _REDIS if url.startswith("redis") else {}
