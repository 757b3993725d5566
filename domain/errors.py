"""Errors = code of the contract + what happened + what to do, in Chinese.

Codes cross process borders, text does not: the parent words the message from the code.

HezhengError
├── InputError        a file, a declaration or a plan that cannot be used; the rest goes on
└── SetupError        the program itself is not ready (weights missing, unwritable folder)
"""

from enum import StrEnum


class FileProblem(StrEnum):
    """Why a file could not be read (contract)."""

    UNREADABLE = "file.unreadable"
    UNSUPPORTED = "file.unsupported"
    ENCRYPTED = "file.encrypted"
    TOO_LARGE = "file.too-large"


class HezhengError(Exception):
    """A failure that a person must learn of; ``str()`` is the Chinese message."""


class InputError(HezhengError):
    """Something that came from outside cannot be used.

    ``code`` is a flag code of the contract; ``name`` is the file's display name.
    """

    def __init__(self, code: str, message: str, name: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.name = name


class SetupError(HezhengError):
    """The program is not ready to run; the message says what to do about it."""
