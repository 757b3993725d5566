"""C-STM: the applicant's own statement keeps within the characters that the notice allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check
from domain.kinds import Severity

_LATIN_RUN = re.compile(r"[A-Za-z0-9.,%/\-]+")


class StatementLimit(Parameters):
    """``characters``: the most that may stand in the statement, white space not counted."""

    characters: int = 1000


@application_check("statement.length", ("statement.too-long",), StatementLimit)
def statement_length(context: ApplicationContext[StatementLimit]) -> Iterator[Judgement]:
    statement = context.declaration.statement
    if statement is None:
        yield INAPPLICABLE
        return
    count = sum(1 for character in statement if not character.isspace())
    limit = context.parameters.characters
    if count > limit:
        yield finding(
            "statement.too-long",
            severity=Severity.ERROR if _as_words(statement) > limit else Severity.WARNING,
            values={"count": count, "limit": limit, "excess": count - limit},
            expected=f"≤ {limit}",
            found=str(count),
        )


def _as_words(statement: str) -> int:
    """As word processors count Chinese text: a number or a Latin word is one: nobody is refused for those."""
    return sum(1 for character in _LATIN_RUN.sub("字", statement) if not character.isspace())
