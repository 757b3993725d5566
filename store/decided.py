"""What clerks decided so far, flag by flag: the last decision counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.judgements import CONFIRM, FINAL
from store.tables import DecisionRow, FlagRow


@dataclass(frozen=True, slots=True)
class DecidedFlag:
    """``identity``: as of ``judgements.identity``. ``accepted``: confirmed; else a clerk overruled it."""

    application: str
    identity: str
    code: str
    accepted: bool


def decided_flags(session: Session, codes: Collection[str]) -> list[DecidedFlag]:
    """Every flag with one of ``codes`` that was confirmed or dismissed, by application."""
    last = (
        select(func.max(DecisionRow.id))
        .where(DecisionRow.flag_id == FlagRow.id)
        .correlate(FlagRow)
        .scalar_subquery()
    )
    rows = session.execute(
        select(FlagRow.application_id, FlagRow.identity, FlagRow.code, DecisionRow.decision)
        .join(DecisionRow, DecisionRow.flag_id == FlagRow.id)
        .where(DecisionRow.id == last, DecisionRow.decision.in_(FINAL), FlagRow.code.in_(codes))
        .order_by(FlagRow.application_id, FlagRow.id)
    )
    return [
        DecidedFlag(application, identity, code, decision == CONFIRM)
        for application, identity, code, decision in rows
    ]
