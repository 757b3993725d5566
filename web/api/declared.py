"""A declaration as the store keeps it: the contract's names, and nothing that a database would refuse."""

from __future__ import annotations

from typing import Any

from domain.declaration import Declaration
from store.declared import NOT_PLAIN, is_plain, too_long
from web.api import problems
from web.api.problems import FieldError


def storable(declaration: Declaration) -> dict[str, Any]:
    """Raises a 422 problem that names the field."""
    declared = declaration.model_dump(mode="json", by_alias=True, exclude_unset=True)
    errors = [FieldError(field=name, message=message) for name, message in too_long(declared).items()]
    if errors:
        raise problems.invalid("；".join(one.message for one in errors) + "。请缩短后重新提交。", errors)
    if not is_plain(declared):
        raise problems.invalid(f"{NOT_PLAIN}，请改正后重新提交。")
    return declared
