"""OpenAPI for what FastAPI cannot tell by itself: forms that are read by hand, and the shape of problems."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from web.api.batches import BatchForm
from web.api.forms import MEDIA_TYPE as FORM
from web.api.problems import MEDIA_TYPE as PROBLEM
from web.api.problems import ProblemDocument
from web.api.shapes import UploadForm

_REFERENCE = "#/components/schemas/{model}"
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "RFC 9457 problem details",
        "content": {PROBLEM: {"schema": {"$ref": _REFERENCE.format(model="ProblemDocument")}}},
    }
}
_FORMS = {"/applications/{id}/files": "UploadForm", "/batches": "BatchForm"}


def describe(app: FastAPI, prefix: str) -> None:
    """Have ``app`` describe its forms and problems too."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        document = described()
        _, shapes = models_json_schema(
            [(model, "validation") for model in (UploadForm, BatchForm, ProblemDocument)],
            ref_template=_REFERENCE,
        )
        document["components"]["schemas"].update(shapes["$defs"])
        for path, form in _FORMS.items():
            schema = {"$ref": _REFERENCE.format(model=form)}
            body = {"required": True, "content": {FORM: {"schema": schema}}}
            document["paths"][prefix + path]["post"]["requestBody"] = body
        return document

    app.openapi = openapi  # type: ignore[method-assign]
