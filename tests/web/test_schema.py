"""schemathesis over the OpenAPI: whatever is sent, no 5xx, and every answer keeps to the shapes promised.

``SCHEMA_EXAMPLES`` in the environment asks for more than the few examples of every day.
"""

from __future__ import annotations

import os
import re
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import sampled_from
from schemathesis import BaseSchema, Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.house import House
from tests.web.test_matrix import Town, town
from web.app import PREFIX

__all__ = ["town"]
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "12"))
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def description(town: Town) -> BaseSchema:
    described: BaseSchema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", town.house.client.app)
    return described


def test_no_request_breaks_the_promise(description: BaseSchema, town: Town) -> None:
    """Requests as described, and requests that break the description in one place."""
    for found in description.get_all_operations():
        operation: Any = cast(Any, found).ok()
        for mode in GenerationMode:
            _try(operation, mode, town)


def _try(operation: Any, mode: GenerationMode, town: Town) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), who=sampled_from(("owner", "admin")))
    def sent(case: Case[Any], who: str) -> None:
        given_id = str((case.path_parameters or {}).get("id", ""))
        if _UUID.fullmatch(given_id):  # most made-up ids name nothing: a real one leads further in
            case.path_parameters["id"] = town.ids[case.path.removeprefix(PREFIX).split("/")[1]]
        headers = {"Authorization": f"Bearer {town.people[who].token}"}
        case.call_and_validate(headers=headers, checks=CHECKS)

    try:
        sent()
    except Unsatisfiable:  # a route without parameters cannot be asked wrongly
        assert mode is GenerationMode.NEGATIVE


def test_the_description_names_every_problem_and_form(house: House) -> None:
    document = house.client.get(f"{PREFIX}/openapi.json").json()
    shapes = document["components"]["schemas"]
    assert {"ProblemDocument", "UploadForm", "BatchForm", "EvidenceKind"} <= set(shapes)
    for path, methods in document["paths"].items():
        if path.startswith(PREFIX):
            for described in methods.values():
                assert "application/problem+json" in described["responses"]["default"]["content"]
