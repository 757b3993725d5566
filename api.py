"""The API process: wiring only. ``python -m api`` serves what the settings say."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import threading

import uvicorn
from fastapi import FastAPI

from domain.settings import Settings, load_settings
from pipeline.bell import bell_for
from pipeline.logs import set_up_logs
from store.blobs import blobs_for
from store.database import Database
from web.app import create_app
from web.readiness import readiness
from web.ringing import PatientBell
from web.service import Service

HOST, PORT = "127.0.0.1", 8000
STOP_SECONDS = 15
"""Requests under way at a stop have so long to end; streams of events are cut off then."""
_SILENCE_SECONDS = 60
"""A process silent for as long is ended and started anew. On a busy machine loading the code takes longer
than uvicorn's five seconds."""


def service_for(settings: Settings) -> Service:
    """What the web layer works with. The tables must be migrated."""
    database, bell = Database(settings.database_url), bell_for(settings)
    return Service(
        settings=settings,
        database=database,
        blobs=blobs_for(settings),
        bell=PatientBell(bell),
        readiness=readiness(settings, database, bell),
    )


def application() -> FastAPI:
    """What each of several processes serves, by the settings of the environment."""
    set_up_logs()  # nothing of the parent's is inherited
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    return create_app(service_for(load_settings()))


def run(settings: Settings, host: str = HOST, port: int = PORT, processes: int = 1) -> None:
    """Serve until stopped. ``processes``: so many behind one port, each started anew when it dies."""
    alone = processes == 1
    uvicorn.run(
        create_app(service_for(settings)) if alone else "api:application",
        factory=not alone,
        workers=processes,
        timeout_worker_healthcheck=_SILENCE_SECONDS,
        host=host,
        port=port,
        # Addresses and queries hold names of people.
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def _end_with_parent() -> None:
    """No process is left holding the port when the one that started them is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="核证的接口服务。")
    parser.add_argument("--host", default=HOST)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    set_up_logs()
    run(load_settings(), given.host, given.port, given.processes)
