"""Whether an ID number agrees with itself: check character and birthday.

The place code is left alone: it is that of the register at the time of issue, so tables of the places that
existed in the year of birth refuse numbers that people truly bear.
"""

from __future__ import annotations

from stdnum.cn import ric

from matching.dates import parse_date
from matching.numbers import normal_id

LENGTH = 18


def agrees_with_itself(number: str) -> bool:
    """True for 18 signs whose check character (GB 11643) and birthday hold."""
    tight = normal_id(number)
    if len(tight) != LENGTH or not tight[:-1].isdigit():
        return False
    birthday = f"{tight[6:10]}-{tight[10:12]}-{tight[12:14]}"
    return ric.calc_check_digit(tight) == tight[-1] and parse_date(birthday) == birthday


def masked(number: str) -> str:
    """``330602********1234``: enough to compare by eye, too little to misuse in a report passed around."""
    tight = normal_id(number)
    return f"{tight[:6]}{'*' * max(len(tight) - 10, 0)}{tight[-4:]}"
