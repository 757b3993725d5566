"""What ``hezheng doctor`` finds."""

from __future__ import annotations

from domain.base import Record


class Finding(Record):
    """One thing looked at. ``optional``: the program runs without it, with less to say."""

    subject: str
    present: bool
    message: str
    optional: bool = False

    @property
    def missing(self) -> bool:
        return not self.present and not self.optional

    @property
    def state(self) -> str:
        if self.present:
            return "正常"
        return "提示" if self.optional else "缺少"
