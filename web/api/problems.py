"""Errors as RFC 9457 problem details: a stable ``type``, and Chinese words for whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel

MEDIA_TYPE = "application/problem+json"
_TYPE = "urn:hezheng:problem:"


class FieldError(BaseModel):
    """One value that is wrong. ``field`` as a path: ``applicant.name``, ``papers.0.year``."""

    field: str
    message: str


class ProblemDocument(BaseModel):
    """The body of every error."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """An answer that is no success. ``kind`` ends the type's URI; it is never renamed."""

    def __init__(
        self,
        status: HTTPStatus,
        kind: str,
        title: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[FieldError] = (),
    ) -> None:
        super().__init__(kind)
        self.status, self.kind, self.title, self.detail = status, kind, title, detail
        self.headers, self.errors = headers, tuple(errors)

    def response(self) -> JSONResponse:
        content: dict[str, Any] = {
            "type": _TYPE + self.kind,
            "title": self.title,
            "status": self.status.value,
            "detail": self.detail,
        }
        if self.errors:
            content["errors"] = [one.model_dump() for one in self.errors]
        return JSONResponse(content, self.status.value, self.headers, MEDIA_TYPE)


def not_found() -> Problem:
    """Also for what is there but not the caller's: the two are not told apart."""
    return Problem(
        HTTPStatus.NOT_FOUND, "not-found", "没有找到", "没有这项内容，或您无权查看；请核对地址后重试。"
    )


def not_signed_in() -> Problem:
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        "not-signed-in",
        "尚未登录",
        "请先登录，或在请求中带上有效的访问令牌；登录过期时请重新登录。",
        headers={"WWW-Authenticate": "Bearer"},
    )


def not_allowed(detail: str) -> Problem:
    return Problem(HTTPStatus.FORBIDDEN, "not-allowed", "没有权限", detail)


def invalid(detail: str, errors: Sequence[FieldError] = ()) -> Problem:
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", "填写的内容有误", detail, errors=errors
    )


def malformed(detail: str) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, "malformed-request", "请求格式有误", detail)


def conflict(detail: str) -> Problem:
    return Problem(HTTPStatus.CONFLICT, "conflict", "与当前状态不符", detail)


def too_large(most: int) -> Problem:
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too-large",
        "内容过大",
        f"内容超过上限{_size(most)}，没有保存；请压缩或拆分后重新上传。",
        headers={"Connection": "close"},
    )


def wrong_media_type(wanted: str) -> Problem:
    return Problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "wrong-media-type",
        "请求的格式不受支持",
        f"请以{wanted}格式提交。",
    )


def too_many(seconds: int, detail: str = "操作过于频繁") -> Problem:
    return Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too-many-requests",
        "操作过于频繁",
        f"{detail}，请{seconds}秒后再试。",
        headers={"Retry-After": str(seconds)},
    )


def _size(most: int) -> str:
    megabytes = most / (1024 * 1024)
    return f"{megabytes:g}MB" if megabytes >= 1 else f"{most}字节"
