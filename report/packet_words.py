"""Words and times of the committee's packet, the same in print and in Excel."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from domain.kinds import Verdict
from domain.packet import PacketDecision
from report.words import VERDICTS

DECISIONS = {"confirm": "认定", "dismiss": "不认定", "doubt": "存疑", "withdraw": "撤回"}
UNDECIDED = "尚未处理"
_CHINA = timezone(timedelta(hours=8))


def verdict_words(verdict: str) -> str:
    return VERDICTS[Verdict(verdict)] if verdict else "尚未核对完"


def told(moment: datetime) -> str:
    """In China's time, whatever machine prints it."""
    return moment.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")


def decision_words(decision: PacketDecision) -> str:
    return DECISIONS.get(decision.decision, decision.decision)
