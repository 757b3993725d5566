"""What docs/plans.md takes from the code. ``python -m tests.policies.guide`` writes it anew."""

from __future__ import annotations

import sys
from pathlib import Path

from checks.context import Parameters
from checks.registry import Check, all_checks
from domain.plan import When

GUIDE = Path(__file__).parents[2] / "docs" / "plans.md"
BEGIN, END = "<!-- checks: written by tests.policies.guide -->", "<!-- /checks -->"


def when_words() -> str:
    return "、".join(f"`{one.value}`" for one in When)


def check_table() -> str:
    """One line a check: id, what it holds, parameters (in bold those that must be given), codes."""
    lines = ["| check | what it holds | parameters | codes |", "|---|---|---|---|"]
    for name, check in sorted(all_checks().items()):
        codes = " ".join(f"`{code}`" for code in sorted(check.codes))
        lines.append(f"| `{name}` | {_purpose(check)} | {_parameters(check)} | {codes} |")
    return "\n".join(lines)


def _purpose(check: Check) -> str:
    words = (sys.modules[check.module].__doc__ or "").split("\n\n")[0]
    return " ".join(words.split()).replace("|", "/")


def _parameters(check: Check) -> str:
    common = Parameters.model_fields  # the text above the table speaks of those
    fields = {name: field for name, field in check.parameters.model_fields.items() if name not in common}
    shown = [f"**`{name}`**" if field.is_required() else f"`{name}`" for name, field in fields.items()]
    return ", ".join(shown) or "–"


def written(text: str) -> str:
    """The guide with its generated parts as the code has them now."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{check_table()}\n\n{END}{after}"


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
