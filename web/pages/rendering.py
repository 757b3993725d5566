"""Templates filled in. Every name and text of a person passes Jinja's autoescape."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.kinds import Severity, Verdict
from policies.names import KIND_NAMES
from report.words import SEVERITIES, VERDICTS
from store.accounts import Role
from web.api.desk import Visit
from web.pages.navigation import ROLES, home_of, links_of
from web.pages.reasons import DECISIONS, REASONS

_WEB = Path(__file__).resolve().parent.parent
CHINA = timezone(timedelta(hours=8))
_HOUR, _DAY, _DAYS_TOLD = 3600, 86400, 30


def page(request: Request, visit: Visit, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page for who is signed in. Templates get ``user``, ``role``, ``csrf``, ``now`` and ``links``."""
    body = rendered(template, request, visit, **context)
    return HTMLResponse(body, status)


def rendered(template: str, request: Request, visit: Visit | None = None, **context: Any) -> str:
    """As text, for whoever came through the door of this request, if anybody."""
    visit = visit or getattr(request.state, "visit", None)
    role = Role(visit.user.role) if visit else None
    common = {
        "path": request.url.path,
        "user": visit.user if visit else None,
        "role": role,
        "role_name": ROLES[role] if role else "",
        "csrf": visit.csrf if visit else "",
        "links": links_of(role) if role else (),
        "home": home_of(role) if role else "/",
        "now": visit.now if visit else None,
    }
    return _environment().get_template(template).render(common | context)


def day(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d")


def minute(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, as one says it; a date where that is long."""
    seconds = max((now - moment).total_seconds(), 0)
    if seconds < _HOUR:
        return f"{max(int(seconds // 60), 1)}分钟前"
    if seconds < _DAY:
        return f"{int(seconds // _HOUR)}小时前"
    return f"{int(seconds // _DAY)}天前" if seconds < _DAYS_TOLD * _DAY else day(moment)


def static(name: str) -> str:
    """Address of a static file; its content's digest is in it, so that no old copy is taken for it."""
    return f"/static/{name}?{_digest(name)}"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((_WEB / "static" / name).read_bytes()).hexdigest()[:10]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"moment": datetime.fromisoformat, "day": day, "minute": minute, "ago": ago}
    environment.globals |= {
        "static": static,
        "SEVERITIES": {one.value: SEVERITIES[one] for one in Severity},
        "VERDICTS": {one.value: VERDICTS[one] for one in Verdict} | {"": "核对中"},
        "DECISIONS": DECISIONS,
        "REASONS": REASONS,
        "KINDS": {one.value: name for one, name in KIND_NAMES.items()},
    }
    return environment
