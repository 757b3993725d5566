"""What a moved threshold would do: to a batch, and to what clerks decided so far."""

from __future__ import annotations

from domain.base import Record
from domain.replay import Replay


class Decided(Record):
    """Flags of a check that clerks accepted (采纳) or overruled (驳回)."""

    accepted: int = 0
    overruled: int = 0


class Decisions(Record):
    """What becomes of the flags that clerks decided upon, under the values to be tried."""

    accepted_kept: int = 0
    accepted_lost: int = 0
    overruled_kept: int = 0
    overruled_gone: int = 0
    not_raised: int = 0
    """Decided flags that the present rules or evidence no longer bring: they say nothing of a threshold."""


class Trial(Record):
    """``replay`` holds the flags of the one check alone; its verdicts are of whole applications."""

    check: str
    before: dict[str, float]
    after: dict[str, float]
    """By the threshold's name: the values in force, and those that are tried."""
    flags_before: int
    flags_after: int
    replay: Replay
    decisions: Decisions | None = None
    """``None`` where there is no service, and so no clerk's decision."""


class Measured(Record):
    """One value of a threshold against drawn evidence whose defects are known."""

    value: float
    false_errors: int
    false_warnings: int
    """Flags of the check that no planted defect accounts for."""
    planted: int
    missed: int
    softened: int
    """Found as a warning only where the notice calls for an error."""


class ThresholdMeasured(Record):
    check: str
    name: str
    values: tuple[Measured, ...]


class Measurements(Record):
    """``on``: what was judged, in the words of the bench."""

    on: tuple[str, ...]
    thresholds: tuple[ThresholdMeasured, ...]

    def of(self, check: str, name: str) -> tuple[Measured, ...]:
        """What was measured of a threshold, by rising value; nothing where it was not measured."""
        return next((one.values for one in self.thresholds if (one.check, one.name) == (check, name)), ())
