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
    from cli.config.values import Config, TokenSettings
    from connectors.base import Secret, Token
    from wording.words import Words

#: How long a program may take to print a secret.
CMD_SECONDS = 10.0
_MAX_BYTES = 4096


class SecretError(UserError):
    """A token's secret cannot be had; `trouble` says why, without the secret."""

    def __init__(self, words: Words, token: str, code: str, detail: str = "", **facts: str) -> None:
        from connectors.base import Trouble, TroubleKind
        from wording.troubles import trouble_sentence

        self.trouble = Trouble(TroubleKind.CONFIG, code, detail, {"token": token, **facts})
        told = trouble_sentence(words, TroubleKind.CONFIG, code, detail, self.trouble.facts)
        super().__init__(*told, Exit.USAGE)


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
            raise SecretError(self._words, name, "token.unknown")
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
            raise SecretError(self._words, settings.name, "token.no_variable")
        return os.fsencode(value)


def secret_path(config: Path, file: str) -> Path:
    """Where a token's file lies: a relative path begins at the folder of the settings."""
    return config.parent / Path(file).expanduser()


def shown_variable(env: str, environ: Mapping[str, str]) -> str:
    """The variable that `env` names, as it may be told: a secret put there by mistake looks like a name."""
    return f"${env}" if env in environ else "$…"


def checked_secret(raw: bytes, name: str, words: Words) -> Secret:
    """The secret out of what was read: one word of printable ASCII.

    Raises:
        SecretError: it is empty, has spaces or line breaks within, or other characters.
    """
    from connectors.base import Secret

    try:
        text = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise SecretError(words, name, "token.not_text") from None
    if not text:
        raise SecretError(words, name, "token.empty")
    if len(raw) > _MAX_BYTES:
        raise SecretError(words, name, "token.too_long")
    if not text.isascii() or not text.isprintable() or " " in text:
        raise SecretError(words, name, "token.not_one_word")
    return Secret(text)


def _from_file(name: str, path: Path, words: Words) -> bytes:
    try:
        # A FIFO must not make the program wait for its other end.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        if not os.path.lexists(path):
            raise SecretError(words, name, "token.no_file") from None
        detail = error.strerror or str(error)
        raise SecretError(words, name, "token.unreadable_file", detail, path=str(path)) from None
    try:
        _refuse_shared(name, path, os.fstat(handle), words)
        return os.read(handle, _MAX_BYTES + 1)
    finally:
        os.close(handle)


def _refuse_shared(name: str, path: Path, status: os.stat_result, words: Words) -> None:
    """Refuse what others may read or have put there, as ssh does with its keys."""
    if not stat.S_ISREG(status.st_mode):
        raise SecretError(words, name, "token.not_plain_file", path=str(path))
    if sys.platform == "win32":
        return  # the folder of the user's settings is closed to others there
    if status.st_uid != os.geteuid():
        raise SecretError(words, name, "token.foreign_file", path=str(path))
    if status.st_mode & 0o077:
        raise SecretError(words, name, "token.open_file", path=str(path))


def _from_program(settings: TokenSettings, environ: Mapping[str, str], seconds: float, words: Words) -> bytes:
    """The first line that the program prints; the ones below it may hold notes, as `pass` has them.

    Of its arguments nothing is told: a secret may stand in them.
    """
    from cli.programs import ProgramError, first_line

    try:
        return first_line(settings.cmd, environ, seconds=seconds, most_bytes=_MAX_BYTES)
    except ProgramError as error:
        name, program = settings.name, settings.cmd[0]
        if error.why == "missing":
            raise SecretError(words, name, "token.no_program") from None
        if error.why == "slow":
            raise SecretError(words, name, "token.slow_program", program=program, n=f"{seconds:g}") from None
        raise SecretError(words, name, "token.failed_program", program=program, n=str(error.code)) from None
