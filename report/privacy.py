"""Identity-card numbers leave the program masked unless they were asked for: 330602********1234."""

from __future__ import annotations

import re
from dataclasses import dataclass

ID_FIELD = "id_number"
_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{5})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3}[\dXx])(?![0-9A-Za-z])"
)
_SHORTEST_MASKED = 11
"""A number read in part is masked too; what is shorter holds no birthday."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What happens to personal numbers on their way into a report."""

    show_id_numbers: bool = False

    def text(self, text: str) -> str:
        """Free text with every identity-card number in it masked."""
        return text if self.show_id_numbers else _ID_NUMBER.sub(r"\1********\2", text)

    def field(self, name: str, value: str) -> str:
        """A field's value: an ID number that was misread (wrong length) is masked as well."""
        if self.show_id_numbers or name != ID_FIELD or len(value) < _SHORTEST_MASKED:
            return self.text(value)
        return f"{value[:6]}{'*' * (len(value) - 10)}{value[-4:]}"
