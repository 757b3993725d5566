"""Every failure on its way out, as a problem document. What went wrong inside is logged by its type alone."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from starlette.exceptions import HTTPException

from domain.errors import InputError
from intake.declarations import wording_of
from store.errors import BlobMissingError, BlobTooLargeError, StoreFullError
from web.api import problems
from web.api.problems import FieldError, Problem

log = logging.getLogger(__name__)

_PLAIN = {
    HTTPStatus.BAD_REQUEST: ("malformed-request", "请求格式有误", "请求无法解析，请检查后重新提交。"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "too-large",
        "内容过大",
        "提交的内容超过上限，没有保存；请删减后重新提交。",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method-not-allowed", "不支持该操作", "该地址不支持这种请求方法。"),
}


def install(app: FastAPI) -> None:
    handlers: dict[type[Exception], Any] = {
        Problem: _problem,
        HTTPException: _http,
        RequestValidationError: _validation,
        InputError: _input,
        BlobTooLargeError: _too_large,
        StoreFullError: _full,
        BlobMissingError: _missing,
        OperationalError: _database,
        NoConnectionError: _database,
        DataError: _unfit,
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _problem(request: Request, error: Problem) -> JSONResponse:
    return error.response()


def _http(request: Request, error: HTTPException) -> JSONResponse:
    """Starlette's own: no such route, wrong method, a body that cannot be parsed."""
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.NOT_FOUND:
        return problems.not_found().response()
    kind, title, detail = _PLAIN.get(status, ("request-failed", "请求失败", "请求未能完成，请稍后重试。"))
    return Problem(status, kind, title, detail, headers=error.headers).response()


def _validation(request: Request, error: RequestValidationError) -> JSONResponse:
    found: Sequence[Mapping[str, Any]] = error.errors()
    places = {item["loc"][0] for item in found}
    if "path" in places:  # an id that cannot be one
        return problems.not_found().response()
    if any(item["type"] == "json_invalid" for item in found):
        return problems.malformed("请求内容不是有效的JSON，请检查后重新提交。").response()
    errors = [
        FieldError(
            field=".".join(map(str, item["loc"][1:])),
            message=wording_of(item["loc"][1:], item["type"], item.get("input")),
        )
        for item in found
    ]
    return problems.invalid(
        "；".join(one.message for one in errors) + "。请改正后重新提交。", errors
    ).response()


def _input(request: Request, error: InputError) -> JSONResponse:
    return problems.invalid(error.message).response()


def _too_large(request: Request, error: Exception) -> JSONResponse:
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too-large",
        "内容过大",
        str(error),
        headers={"Connection": "close"},
    ).response()


def _full(request: Request, error: Exception) -> JSONResponse:
    log.error("the store is full")
    return Problem(HTTPStatus.INSUFFICIENT_STORAGE, "store-full", "存储空间已满", str(error)).response()


def _missing(request: Request, error: Exception) -> JSONResponse:
    log.error("a blob is missing")
    detail = "存储中找不到该文件的原件，请联系管理员从备份恢复。"
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "blob-missing", "原件缺失", detail).response()


def _database(request: Request, error: Exception) -> JSONResponse:
    """The database is away or busy: nothing was kept, so the same request may be sent again."""
    log.error("database: %s", type(error.__cause__ or error).__name__)
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "temporarily-unavailable",
        "服务暂时不可用",
        "数据库暂时无法使用，本次操作没有保存，请稍后重试。",
        headers={"Retry-After": "5"},
    ).response()


def _unfit(request: Request, error: Exception) -> JSONResponse:
    """What no check of ours foresaw and only this database refuses: NUL on PostgreSQL, a number too large."""
    log.error("the database refused a value")
    return problems.invalid(
        "内容中有无法保存的字符（如空字符）或过长、过大的值，请改正后重新提交。"
    ).response()


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    """A fault of ours. Starlette raises it again, so that the server logs where it happened."""
    log.error("request failed: %s", type(error).__name__)
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "系统内部错误",
        "系统出错，本次操作可能没有保存；请稍后重试，若反复出现请联系管理员。",
    ).response()
