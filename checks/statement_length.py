"""C-STM: the applicant's own statement keeps within the characters that the notice allows."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check


class StatementLimit(Parameters):
    """``characters``: the most that may stand in the statement, white space not counted."""

    characters: int = 1000


@application_check("statement.length", ("statement.too-long",), StatementLimit)
def statement_length(context: ApplicationContext[StatementLimit]) -> Iterator[Judgement]:
    statement = context.declaration.statement
    if statement is None:
        yield INAPPLICABLE
        return
    # Counted as a word processor does for Chinese: every character but white space, punctuation included.
    count = sum(1 for character in statement if not character.isspace())
    limit = context.parameters.characters
    if count > limit:
        yield finding(
            "statement.too-long",
            values={"count": count, "limit": limit, "excess": count - limit},
            expected=f"≤ {limit}",
            found=str(count),
        )
