"""The tables, one file a subject. Importing this room makes them all known to migrations."""

from store.tables.accounts import CredentialRow, GrantRow, UserRow
from store.tables.applications import (
    ApplicationRow,
    BlobRow,
    DecisionRow,
    FileRow,
    FlagRow,
    ReadingRow,
    ReviewRow,
)
from store.tables.audit import AuditRow
from store.tables.base import Base, Moment
from store.tables.batches import AnswerRow, BatchRow
from store.tables.desk import ClaimRow, ExaminationRow
from store.tables.jobs import JobRow
from store.tables.prints import PrintKeyRow, PrintRow

__all__ = [
    "AnswerRow",
    "ApplicationRow",
    "AuditRow",
    "Base",
    "BatchRow",
    "BlobRow",
    "ClaimRow",
    "CredentialRow",
    "DecisionRow",
    "ExaminationRow",
    "FileRow",
    "FlagRow",
    "GrantRow",
    "JobRow",
    "Moment",
    "PrintKeyRow",
    "PrintRow",
    "ReadingRow",
    "ReviewRow",
    "UserRow",
]
