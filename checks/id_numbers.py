"""How an ID number is shown in a flag."""

from __future__ import annotations

from matching.numbers import normal_id


def masked(number: str) -> str:
    """``330602********1234``: enough to compare by eye, too little to misuse in a report passed around."""
    tight = normal_id(number)
    return f"{tight[:6]}{'*' * max(len(tight) - 10, 0)}{tight[-4:]}"
