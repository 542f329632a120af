"""Whatever ends a command early, as a sentence with the next step and an exit code."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from cli.context import Context
    from wording.words import Words


def explain(error: BaseException, ctx: Context | None) -> int:
    """Say on stderr what ended the program and return the exit code."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else (Exit.OK if error.code is None else Exit.FAILED)
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _close_stdout()
        return Exit.OK
    known = error if isinstance(error, UserError) else _from_store(error, ctx)
    if known is None:
        traceback.print_exception(error, file=sys.stderr)
        return Exit.FAILED
    sys.stderr.write(f"{known.message}\n")
    if known.next_step:
        sys.stderr.write(f"→ {known.next_step}\n")
    return known.code


def _close_stdout() -> None:
    """Nobody reads on: keep the interpreter from failing once more when it flushes at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _from_store(error: BaseException, ctx: Context | None) -> UserError | None:
    from store.contract import StoreError

    if not isinstance(error, StoreError):
        return None
    return store_failure(error, ctx.words if ctx else _default_words())


def _default_words() -> Words:
    from wording.words import Words, system_language

    return Words(system_language())


def store_failure(error: BaseException, words: Words) -> UserError:
    """The words for a store that cannot be used."""
    from store import contract

    text = words.text
    path = getattr(error, "path", "")
    detail = getattr(error, "detail", "")
    if isinstance(error, contract.StoreMissingError):
        return UserError(
            text("There is no store yet: {path}", path=path), text("Make one: smm init"), Exit.NO_STORE
        )
    if isinstance(error, contract.StoreNewerError):
        return UserError(
            text("The store was made by a newer SMART SMM: {path}", path=path),
            text("Update the program: pipx upgrade smart-smm. The store was not touched"),
            Exit.USAGE,
        )
    if isinstance(error, contract.StoreDamagedError):
        return UserError(
            text("The store is damaged: {path} ({detail})", path=path, detail=detail),
            text("Put a backup in its place: they stand beside it as *.backup-*"),
            Exit.DAMAGED,
        )
    if isinstance(error, contract.StoreBusyError):
        return UserError(
            text("Another program is writing to the store: {path}", path=path),
            text("Nothing was lost. Try again in a few seconds"),
        )
    return UserError(
        text("The store cannot be used: {path} ({detail})", path=path, detail=detail),
        text("See what is wrong: smm doctor"),
    )
