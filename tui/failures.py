"""Errors as one sentence each, with the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import (
    ConflictError,
    NotFoundError,
    NothingToUndoError,
    StoreBusyError,
    StoreDamagedError,
    StoreMissingError,
    StoreNewerError,
)
from tui.changes import ChangedSinceError
from tui.services import FiltersUnreadableError, OtherStoreError
from wording.words import mark

if TYPE_CHECKING:
    from wording.words import Words

#: What is said where the error has nothing to add.
_SENTENCES: dict[type[BaseException], str] = {
    StoreBusyError: mark("Another process is writing just now; nothing is lost: try again in a moment"),
    OtherStoreError: mark(
        "The database was replaced while the form was open: nothing is saved; close it and start anew"
    ),
    NotFoundError: mark("It is no longer there: somebody has removed it meanwhile"),
    NothingToUndoError: mark("There is no change of this goal left to undo"),
    StoreNewerError: mark("A newer program has changed the database: update this one and start it again"),
}


def sentence_of(words: Words, error: BaseException | None, author: str) -> str:
    """What a person is told about an error; `author` is he himself."""
    for kind, sentence in _SENTENCES.items():
        if isinstance(error, kind):
            return words.text(sentence)
    if isinstance(error, ConflictError | ChangedSinceError):
        return _overtaken(words, error, author)
    if isinstance(error, StoreMissingError):
        return words.text("The database is gone: {path}. Make it again with: smm init", path=error.path)
    if isinstance(error, StoreDamagedError):
        return words.text("The database is damaged: {path}. See: smm doctor", path=error.path)
    if isinstance(error, FiltersUnreadableError):
        return words.text(
            "The saved filters cannot be read: {path}. Mend the file or remove it", path=error.path
        )
    return words.text(
        "Something went wrong: {what}. See: smm doctor", what=f"{type(error).__name__}: {error}"
    )


def _overtaken(words: Words, error: ConflictError | ChangedSinceError, author: str) -> str:
    """Somebody was quicker, or he himself in another window."""
    is_own = error.author == author
    if isinstance(error, ConflictError):
        if is_own:
            return words.text(
                "You have changed this in another window; what you typed is still here: save again to keep it"
            )
        return words.text(
            "{author} has changed this meanwhile; what you typed is still here: save again to keep yours",
            author=error.author,
        )
    if is_own:
        return words.text("You have changed this since, in another window: nothing was taken back")
    return words.text("{author} has changed this since: nothing was taken back", author=error.author)
