"""Decisions on flags: a clerk confirms or dismisses, with a reason, and what was decided stays."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from report.privacy import Privacy
from store import answers, examinations, judgements
from store.listing import Decision
from web.api import documents, problems, shapes
from web.api.applications import Identifier
from web.api.desk import AtDesk, Visit
from web.api.idempotency import IdempotencyKey, once

router = APIRouter(tags=["flags"])


class Decided(BaseModel):
    """``reason`` is needed for a dismissal: who reads it later must see why the flag does not hold."""

    model_config = ConfigDict(extra="forbid")

    decision: shapes.DecisionWord
    reason: str = Field(default="", max_length=2000, pattern=r"^[^\x00]*$")


@router.post("/flags/{id}/decisions", status_code=HTTPStatus.CREATED, response_model=shapes.Decision)
def decide(identifier: Identifier, desk: AtDesk, words: Decided, key: IdempotencyKey = None) -> JSONResponse:
    """Add a decision; earlier ones stay, the last one counts."""
    reason = words.reason.strip()

    def work(visit: Visit) -> dict[str, Any]:
        flag = visit.flag_to_decide(identifier)
        if flag.gone_at is not None:
            raise problems.conflict("重新核对后已没有这个问题，请刷新页面。")
        if words.decision == judgements.DISMISS and not reason:
            raise problems.invalid(
                "撤销问题时请写明理由。", [problems.FieldError(field="reason", message="没有填写")]
            )
        row = examinations.decide(visit.session, visit.now, visit.user, flag, words.decision, reason)
        return documents.decision_document(Decision(row, visit.user.name), Privacy())

    request = answers.digest_of(f"POST /flags/{identifier}/decisions", words.decision, reason)
    return once(desk, key, request, work, HTTPStatus.CREATED)
