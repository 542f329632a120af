"""The secrets of tokens, each fetched when it is needed: from a program, a file, or the environment.

A secret leaves here inside `connectors.base.Secret` and stands in no error: the sentences say what
is wrong with the place, never what was found there.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from cli.config import Config, TokenSettings
    from connectors.base import Secret, Token
    from wording.words import Words

#: How long a program may take to print a secret.
CMD_SECONDS = 10.0
_MAX_BYTES = 4096


class SecretError(UserError):
    """A token's secret cannot be had; `token` is its name."""

    def __init__(self, token: str, message: str, next_step: str) -> None:
        super().__init__(message, next_step, Exit.USAGE)
        self.token = token


class Secrets:
    """The tokens of the settings; each secret is fetched once, and so is a failure."""

    def __init__(
        self, config: Config, environ: Mapping[str, str], words: Words, *, seconds: float = CMD_SECONDS
    ) -> None:
        self._config = config
        self._environ = environ
        self._words = words
        self._seconds = seconds
        self._known: dict[str, Token | SecretError] = {}

    def token(self, name: str) -> Token:
        """The token of a name, with its secret.

        Raises:
            SecretError: it is not in the settings, or its secret cannot be had.
        """
        if name not in self._known:
            try:
                self._known[name] = self._fetched(name)
            except SecretError as error:
                self._known[name] = error
        found = self._known[name]
        if isinstance(found, SecretError):
            raise found
        return found

    def _fetched(self, name: str) -> Token:
        from connectors.base import Token, TokenKind

        settings = self._config.tokens.get(name)
        if settings is None:
            raise SecretError(
                name,
                self._words.text("There is no token «{name}» in the settings", name=name),
                self._words.text("Add it with: smm token add {name}", name=name),
            )
        raw = self._read(settings)
        return Token(
            name, TokenKind(settings.kind), checked_secret(raw, name, self._words), dict(settings.params)
        )

    def _read(self, settings: TokenSettings) -> bytes:
        if settings.cmd:
            return _from_program(settings, self._environ, self._seconds, self._words)
        if settings.file:
            return _from_file(settings.name, secret_path(self._config.path, settings.file), self._words)
        value = self._environ.get(settings.env)
        if value is None:
            raise SecretError(
                settings.name,
                self._words.text(
                    "Token «{name}»: there is no variable {env}", name=settings.name, env=settings.env
                ),
                self._words.text("Set it in the environment of the program, also for cron"),
            )
        return os.fsencode(value)


def secret_path(config: Path, file: str) -> Path:
    """Where a token's file lies: a relative path begins at the folder of the settings."""
    return config.parent / Path(file).expanduser()


def checked_secret(raw: bytes, name: str, words: Words) -> Secret:
    """The secret out of what was read: one word of printable ASCII.

    Raises:
        SecretError: it is empty, has spaces or line breaks within, or other characters.
    """
    from connectors.base import Secret

    step = words.text("Only the token itself is wanted, as the network shows it")
    try:
        text = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise SecretError(name, words.text("Token «{name}» is not text in UTF-8", name=name), step) from None
    if not text:
        raise SecretError(name, words.text("Token «{name}» is empty", name=name), step)
    if len(raw) > _MAX_BYTES:
        raise SecretError(name, words.text("Token «{name}» is too long to be one", name=name), step)
    if not text.isascii() or not text.isprintable() or " " in text:
        message = words.text("Token «{name}» holds a space, a line break or a foreign letter", name=name)
        raise SecretError(name, message, step)
    return Secret(text)


def _from_file(name: str, path: Path, words: Words) -> bytes:
    try:
        # A FIFO must not make the program wait for its other end.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        detail = error.strerror or str(error)
        raise SecretError(
            name,
            words.text(
                "Token «{name}»: {path} cannot be read ({detail})", name=name, path=path, detail=detail
            ),
            words.text("Put it in again with: smm token replace {name}", name=name),
        ) from None
    try:
        _refuse_shared(name, path, os.fstat(handle), words)
        return os.read(handle, _MAX_BYTES + 1)
    finally:
        os.close(handle)


def _refuse_shared(name: str, path: Path, status: os.stat_result, words: Words) -> None:
    """Refuse what others may read or have put there, as ssh does with its keys."""
    if not stat.S_ISREG(status.st_mode):
        raise SecretError(
            name,
            words.text("Token «{name}»: {path} is no plain file", name=name, path=path),
            words.text("Put it in again with: smm token replace {name}", name=name),
        )
    if sys.platform == "win32":
        return  # the folder of the user's settings is closed to others there
    if status.st_uid != os.geteuid():
        raise SecretError(
            name,
            words.text("Token «{name}»: {path} belongs to another user", name=name, path=path),
            words.text("Make a file of your own: smm token replace {name}", name=name),
        )
    if status.st_mode & 0o077:
        raise SecretError(
            name,
            words.text("Token «{name}»: {path} can be read by other users", name=name, path=path),
            words.text("Close it: chmod 600 {path}", path=path),
        )


def _from_program(settings: TokenSettings, environ: Mapping[str, str], seconds: float, words: Words) -> bytes:
    """The first line that the program prints; the ones below it may hold notes, as `pass` has them."""
    from cli.programs import ProgramError, first_line

    try:
        return first_line(settings.cmd, environ, seconds=seconds, most_bytes=_MAX_BYTES)
    except ProgramError as error:
        command = " ".join(settings.cmd)
        reasons = {
            "missing": words.text("there is no such program"),
            "slow": words.text("no answer in {n} s", n=words.number(seconds)),
            "failed": words.text("it ended with code {n}", n=error.code),
        }
        raise SecretError(
            settings.name,
            words.text(
                "Token «{name}»: {cmd}: {reason}", name=settings.name, cmd=command, reason=reasons[error.why]
            ),
            words.text("Try the command by hand: it must print the token and end"),
        ) from None
