"""Writes the table of settings into docs/operations.md, out of ``domain.settings``."""

from __future__ import annotations

from pathlib import Path

from domain.settings import Limits, Settings

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "operations.md"
BEGIN = "<!-- settings: written by `python -m commands.settings_table` -->\n"
END = "<!-- end of settings -->"


def table() -> str:
    """Every setting with its variable, default and meaning."""
    rows = ["| variable | in the file | default | |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        variable = str(field.validation_alias or f"HEZHENG_{name.upper()}")
        if name == "limits":
            default = "see below"
        elif name == "data":
            default = "`.cache/data` of a checkout, else `~/.local/share/hezheng`"
        else:
            default = f"`{field.default}`" if field.default not in ("", None) else "–"
        key = name if field.validation_alias is None else variable
        meaning = " ".join((field.description or "").replace("``", "`").split())
        rows.append(f"| `{variable}` | `{key}` | {default} | {meaning} |")
    rows += ["", "| `[limits]` | default |", "|---|---|"]
    rows += [f"| `{name}` | {field.default} |" for name, field in Limits.model_fields.items()]
    return "\n".join(rows) + "\n"


def written(document: str) -> str:
    """``document`` with the table as it is now."""
    before, _, rest = document.partition(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
