"""The Chinese words of every flag: message (what is wrong, where) and advice (how to put it right).

They stand in ``wording.toml`` and, by subject, in ``wording_*.toml`` beside it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter

from domain.base import Record
from domain.errors import SetupError

_FOLDER = Path(__file__).parent
UNSURE_SUFFIX = "识别不确定，请人工核对。"
"""Added to every flag that rests on a doubtful reading (contract)."""
LEVEL_SUFFIX = "申报级别未填明，请人工确认该要求是否适用。"
"""Added where the requirement holds for some levels only and it is not known which one is applied for."""


class Words(Record):
    """``message`` and ``advice`` may hold ``{placeholders}``; the check gives their values."""

    message: str
    advice: str

    @property
    def placeholders(self) -> frozenset[str]:
        parts = Formatter().parse(self.message + self.advice)
        return frozenset(name for _, name, _, _ in parts if name)

    def filled(
        self, values: Mapping[str, object], *, unsure: bool = False, level_unknown: bool = False
    ) -> Words:
        """The words with the values in place. Raises KeyError where a placeholder has no value."""
        told = {name: _told(value) for name, value in values.items()}
        message = self.message.format_map(told)
        message += (UNSURE_SUFFIX if unsure else "") + (LEVEL_SUFFIX if level_unknown else "")
        return Words(message=message, advice=self.advice.format_map(told))


def _told(value: object) -> str:
    """Numbers as a person writes them: 18, not 18.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


@lru_cache(maxsize=1)
def all_words() -> Mapping[str, Words]:
    """Every entry of the wording files by its key: ``code`` or ``code/variant``."""
    found: dict[str, Words] = {}
    for file in sorted(_FOLDER.glob("wording*.toml")):
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            entries = {key: Words.model_validate(entry) for key, entry in table.items()}
        except ValueError as error:  # both TOML and pydantic errors are ValueErrors
            raise SetupError(f"提示语文件 {file.name} 有误：{error}") from error
        repeated = found.keys() & entries.keys()
        if repeated:
            raise SetupError(f"提示语文件 {file.name} 重复了 {'、'.join(sorted(repeated))}。")
        found.update(entries)
    return found


def words(code: str, variant: str = "") -> Words:
    """The words for a flag code; ``variant`` tells apart several ways in which one code is raised."""
    key = f"{code}/{variant}" if variant else code
    try:
        return all_words()[key]
    except KeyError as error:
        raise SetupError(f"提示语文件 wording.toml 缺少 {key}。") from error
