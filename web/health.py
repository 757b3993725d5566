"""Whether the process lives, whether it can serve, and how busy the whole installation is."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import cast

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from pydantic import BaseModel

from store.measures import Measures, measured
from web.service import Service

router = APIRouter(tags=["health"])
log = logging.getLogger(__name__)


class Health(BaseModel):
    status: str


class Readiness(BaseModel):
    """``checks``: each part by name, ``ok`` or ``failed``."""

    status: str
    checks: dict[str, str]


@router.get("/healthz", response_model=Health)
async def healthz() -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", response_model=Readiness, responses={503: {"model": Readiness}})
def readyz(request: Request) -> JSONResponse:
    """Database, broker and weights can be used. Why one cannot, the log says: here anybody may ask."""
    service = cast(Service, request.app.state.service)
    checks: dict[str, str] = {}
    for name, check in service.readiness.items():
        try:
            check()
            checks[name] = "ok"
        except Exception as problem:  # noqa: BLE001 - whatever it is, this part is not ready
            log.warning("not ready: %s: %s", name, type(problem).__name__)
            checks[name] = "failed"
    ready = all(state == "ok" for state in checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"status": "ok" if ready else "failed", "checks": checks}, status)


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """For Prometheus."""
    service = cast(Service, request.app.state.service)
    with service.database.reading() as session:
        found = measured(session, service.clock())
    registry = CollectorRegistry()
    registry.register(_Counted(found))
    return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


class _Counted(Collector):
    def __init__(self, measures: Measures) -> None:
        self._measures = measures

    def collect(self) -> Iterator[Metric]:
        found = self._measures
        for name, words, label, values in (
            ("hezheng_queue_depth", "Jobs that wait, by queue.", "queue", found.waiting),
            ("hezheng_jobs_running", "Jobs in a worker's hands, by queue.", "queue", found.running),
            ("hezheng_file_failures", "Files that could not be read, by code.", "code", found.failures),
        ):
            family = GaugeMetricFamily(name, words, labels=[label])
            for key, number in values.items():
                family.add_metric([key], number)
            yield family
        yield GaugeMetricFamily(
            "hezheng_oldest_job_seconds", "How long the oldest waiting job has waited.", found.oldest_seconds
        )
        yield GaugeMetricFamily(
            "hezheng_pages_per_second", "Pages read within the last minute.", found.pages_a_second
        )
