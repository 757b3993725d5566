"""A declaration as the store keeps it: the contract's names, and nothing that a database would refuse."""

from __future__ import annotations

import json
from typing import Any

from domain.declaration import Declaration
from web.api import problems
from web.api.problems import FieldError

_LONGEST = {"plan": ("评审计划", 80), "applicant.name": ("姓名", 80), "applicant.employer": ("工作单位", 200)}


def storable(declaration: Declaration) -> dict[str, Any]:
    """Raises a 422 problem that names the field."""
    declared = declaration.model_dump(mode="json", by_alias=True, exclude_unset=True)
    applicant = declaration.applicant
    given = {
        "plan": declaration.plan,
        "applicant.name": applicant.name,
        "applicant.employer": applicant.employer,
    }
    errors = [
        FieldError(field=name, message=f"{word}过长，最多{most}个字")
        for name, (word, most) in _LONGEST.items()
        if len(given[name] or "") > most
    ]
    if errors:
        raise problems.invalid("；".join(one.message for one in errors) + "。请缩短后重新提交。", errors)
    try:
        text = json.dumps(declared, ensure_ascii=False, allow_nan=False)
        clean = "\\u0000" not in text and bool(text.encode())
    except (ValueError, UnicodeEncodeError):
        clean = False
    if not clean:
        raise problems.invalid("申报表数据中有无法保存的字符或数字（如空字符、无穷大），请改正后重新提交。")
    return declared
