"""The one base of all records: frozen, closed to unknown keys, JSON as the only wire form."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable record. Unknown keys are refused so that a typing slip never passes in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")
