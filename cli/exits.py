"""Exit codes: a contract with scripts and cron; an unknown code is a failure."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How the program ended."""

    OK = 0
    FAILED = 1
    USAGE = 2
    INCOMPLETE = 3
    NO_STORE = 10
    LOCKED = 11
    AUTH = 12
    DAMAGED = 13
    INTERRUPTED = 130


class UserError(Exception):
    """Something that the user can mend: a sentence, the next step, and the exit code.

    Both texts are already in the user's language.
    """

    def __init__(self, message: str, next_step: str = "", code: Exit = Exit.FAILED) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.code = code
