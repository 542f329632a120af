"""Errors as one sentence each, with the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import (
    ConflictError,
    NotFoundError,
    StoreBusyError,
    StoreDamagedError,
    StoreMissingError,
    StoreNewerError,
)
from tui.services import OtherStoreError

if TYPE_CHECKING:
    from wording.words import Words


def sentence_of(words: Words, error: BaseException | None) -> str:
    """What a person is told about an error."""
    if isinstance(error, StoreBusyError):
        return words.text("Another process is writing just now; nothing is lost: try again in a moment")
    if isinstance(error, ConflictError):
        return words.text(
            "{author} has changed this meanwhile; what you typed is still here: save again to keep yours",
            author=error.author,
        )
    if isinstance(error, OtherStoreError):
        return words.text(
            "The database was replaced while the form was open: nothing is saved; close it and start anew"
        )
    if isinstance(error, NotFoundError):
        return words.text("It is no longer there: somebody has removed it meanwhile")
    if isinstance(error, StoreMissingError):
        return words.text("The database is gone: {path}. Make it again with: smm init", path=error.path)
    if isinstance(error, StoreNewerError):
        return words.text("A newer program has changed the database: update this one and start it again")
    if isinstance(error, StoreDamagedError):
        return words.text("The database is damaged: {path}. See: smm doctor", path=error.path)
    return words.text(
        "Something went wrong: {what}. See: smm doctor", what=f"{type(error).__name__}: {error}"
    )
