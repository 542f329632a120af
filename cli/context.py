"""What every command is handed: settings, words, the clock, the store, and where to write."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from cli.config.values import Config
    from cli.secrets import Secrets
    from store.contract import Reader, Writer
    from wording.words import Words

APP = "smart-smm"


class Context:
    """One invocation of the program. Everything heavy is made when first asked for."""

    def __init__(
        self,
        *,
        db: str | None = None,
        config_path: str | None = None,
        environ: Mapping[str, str] = os.environ,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
    ) -> None:
        self.environ = environ
        self.stdout = stdout or sys.stdout
        self.stderr = stderr or sys.stderr
        self._db = db or environ.get("SMM_DB")
        self._config_path = config_path or environ.get("SMM_CONFIG")

    @cached_property
    def config_path(self) -> Path:
        """The configuration file: given, or `smart-smm/config.toml` in the user's config directory."""
        if self._config_path:
            return Path(self._config_path).expanduser().absolute()
        from platformdirs import user_config_path

        return user_config_path(APP, appauthor=False) / "config.toml"

    @cached_property
    def db(self) -> str:
        """The store: a path or a URL, given, or `smm.db` in the user's data directory."""
        if self._db:
            return self._db if "://" in self._db else str(Path(self._db).expanduser())
        from platformdirs import user_data_path

        return str(user_data_path(APP, appauthor=False) / "smm.db")

    @property
    def is_store_named(self) -> bool:
        """Whether the store was named, by an option or the environment, and is not the usual one."""
        return bool(self._db)

    def state_folder(self) -> Path:
        """Where what the user has set aside is remembered: the user's state directory."""
        from platformdirs import user_state_path

        return user_state_path(APP, appauthor=False)

    @cached_property
    def config(self) -> Config:
        """The settings; the defaults where there is no file. Raises UserError with all problems."""
        from cli.config.reading import load_config
        from wording.words import system_language

        return load_config(
            self.config_path,
            required=self._config_path is not None,
            language=lambda: system_language(self.environ),
        )

    @cached_property
    def secrets(self) -> Secrets:
        """The tokens of the settings with their secrets, each fetched when first asked for."""
        from cli.secrets import Secrets

        return Secrets(self.config, self.environ, self.words)

    @cached_property
    def words(self) -> Words:
        """The texts in the language of the settings, also of broken ones that name it; else of the locale."""
        from cli.config.values import ConfigError
        from wording.words import Words, system_language

        try:
            named = self.config.language
        except ConfigError as error:
            return error.words
        return Words(named or system_language(self.environ))

    @cached_property
    def author(self) -> str:
        """Who makes changes: `[general] author`, else the user of the system."""
        if self.config.author:
            return self.config.author
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "unknown"

    @cached_property
    def _frozen(self) -> datetime | None:
        text = self.environ.get("SMM_NOW")
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise UserError(
                self.words.text("SMM_NOW is no moment with its offset: {text}", text=repr(text)),
                self.words.text("Write it like this: {example}", example="SMM_NOW=2026-11-23T09:00+03:00"),
                Exit.USAGE,
            )
        return moment.astimezone(UTC)

    def now(self) -> datetime:
        """The wall clock in UTC; frozen by SMM_NOW."""
        return self._frozen or datetime.now(UTC)

    @cached_property
    def zone(self) -> tzinfo:
        """The time zone of the settings, in which new clients work."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.config.timezone)

    def reader(self) -> Reader:
        """The store for reading; an older one is migrated first. Raises StoreError."""
        from store.errors import StoreOlderError
        from store.opening import open_reader, prepare

        try:
            return open_reader(self.db)
        except StoreOlderError:
            prepare(self.db)
            return open_reader(self.db)

    def writer(self) -> Writer:
        """The store for writing; an older one is migrated first. Raises StoreError."""
        from store.opening import open_writer

        return open_writer(self.db)

    def say(self, text: str) -> None:
        """Narration, for a person: stderr."""
        print(text, file=self.stderr)

    def write(self, text: str) -> None:
        """Data: stdout."""
        print(text, file=self.stdout)

    def write_json(self, value: object) -> None:
        """Data for another program: one JSON document on stdout (see `cli.output.json_ready`)."""
        from cli.output import json_text

        self.write(json_text(value, ascii_only=not _is_utf8(self.stdout)))


def _is_utf8(stream: TextIO) -> bool:
    return (stream.encoding or "utf-8").lower().replace("-", "") == "utf8"
