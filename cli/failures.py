"""Whatever ends a command early, as a sentence with the next step and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from cli.context import Context
    from wording.words import Words

#: What the system refuses for reasons that lie outside of the program.
_OUTSIDE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE}
)


def explain(error: BaseException, ctx: Context | None) -> int:
    """Say on stderr what ended the program and return the exit code."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else (Exit.OK if error.code is None else Exit.FAILED)
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _close_stdout()
        return Exit.OK
    known = error if isinstance(error, UserError) else _known(error, ctx.words if ctx else _default_words())
    if known is None:
        return _bug(error, ctx)
    sys.stderr.write(f"{known.message}\n")
    if known.next_step:
        sys.stderr.write(f"→ {known.next_step}\n")
    return known.code


def _close_stdout() -> None:
    """Nobody reads on: keep the interpreter from failing once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _default_words() -> Words:
    from wording.words import Words, system_language

    return Words(system_language())


def _bug(error: BaseException, ctx: Context | None) -> int:
    import traceback

    words = ctx.words if ctx else _default_words()
    traceback.print_exception(error, file=sys.stderr)
    sys.stderr.write(
        words.text("This is a mistake of SMART SMM itself; what was saved before is safe") + "\n"
    )
    sys.stderr.write("→ " + words.text("Send the lines above to the developers, and see: smm doctor") + "\n")
    return Exit.FAILED


def _known(error: BaseException, words: Words) -> UserError | None:
    from store.errors import ConflictError, LeaseLostError, NothingToUndoError, StoreError

    if isinstance(error, StoreError):
        return store_failure(error, words)
    if isinstance(error, ConflictError):
        return UserError(
            words.text("{author} has changed it meanwhile; nothing was written", author=error.author),
            words.text("Look at it again and repeat the command"),
        )
    if isinstance(error, NothingToUndoError):
        return UserError(
            words.text("There is no change of this goal left to undo"),
            words.text("See what was changed: smm goal history; give the goal up: smm goal drop"),
        )
    if isinstance(error, LeaseLostError):
        return UserError(
            words.text("Another sync has taken the account over; nothing was written"),
            words.text("Nothing to do: the next sync tries again"),
        )
    if isinstance(error, OSError) and error.errno in _OUTSIDE:
        return _refused(error, words)
    return None


def _refused(error: OSError, words: Words) -> UserError:
    from wording.details import in_brackets

    detail = in_brackets(words, error.strerror or str(error))
    if error.filename is None:
        _close_stdout()
        return UserError(
            words.text("The output could not be written") + detail,
            words.text("Make room or write it elsewhere, then repeat the command"),
        )
    return UserError(
        words.text("{path} cannot be used", path=error.filename) + detail,
        words.text("See to the rights and the room there, then repeat the command"),
    )


def store_failure(error: BaseException, words: Words) -> UserError:
    """The words for a store that cannot be used."""
    from store import errors
    from wording.details import in_brackets

    text = words.text
    path = getattr(error, "path", "")
    detail = getattr(error, "detail", "")
    if isinstance(error, errors.StoreMissingError):
        return UserError(
            text("There is no store yet: {path}", path=path), text("Make one: smm init"), Exit.NO_STORE
        )
    if isinstance(error, errors.StoreNewerError):
        return UserError(
            text("The store was made by a newer SMART SMM: {path}", path=path),
            text("Update the program: pipx upgrade smart-smm. The store was not touched"),
            Exit.USAGE,
        )
    if isinstance(error, errors.StoreDamagedError):
        return damaged(path, detail, words)
    if isinstance(error, errors.StoreForeignError):
        return UserError(
            text("This file is no store of SMART SMM but another program's database: {path}", path=path),
            text("Name another file: --db FILE. This one was not touched"),
            Exit.USAGE,
        )
    if isinstance(error, errors.StoreBusyError):
        return UserError(
            text("Another program is writing to the store: {path}", path=path),
            text("Nothing was lost. Try again in a few seconds"),
        )
    return UserError(
        text("The store cannot be used: {path}", path=path) + in_brackets(words, detail),
        text("See what is wrong: smm doctor"),
    )


def damaged(path: str, detail: str, words: Words) -> UserError:
    """The words for a store whose file is broken; `detail` is what SQLite says of it."""
    from wording.details import in_brackets

    return UserError(
        words.text("The store is damaged: {path}", path=path) + in_brackets(words, detail),
        words.text("Bring a copy back: smm restore FILE; copies stand beside it as *.backup-*"),
        Exit.DAMAGED,
    )
