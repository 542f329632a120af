"""What the settings are made of, and what may be wrong with them.

Nothing in them is secret: a token's secret is fetched when it is needed (`cli.secrets`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from wording.words import Words

DEFAULT_TIMEZONE = "Europe/Moscow"
#: The kinds of token, as `connectors.base.TokenKind` has them.
TOKEN_KINDS = ("service", "community", "user", "bot", "key", "oauth")
#: Where a secret may come from: exactly one of them stands in `[tokens.NAME]`.
SOURCES = ("cmd", "file", "env")


@dataclass(frozen=True, slots=True)
class TokenSettings:
    """`[tokens.NAME]`: where the secret comes from (one of cmd, file, env) and what is public of it."""

    name: str
    kind: str
    cmd: tuple[str, ...] = ()
    file: str = ""
    env: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Where the secret comes from: `cmd`, `file` or `env`."""
        return next(name for name in SOURCES if getattr(self, name))


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """`[networks.NAME]`: the network's tokens by name, and addresses that replace its own."""

    tokens: tuple[str, ...] = ()
    base_url: str | None = None
    preview_base_url: str | None = None
    proxy: str | None = field(default=None, repr=False)  # may hold a password


@dataclass(frozen=True, slots=True)
class DashboardSettings:
    """`[dashboard]`: the name of a theme, and the keys of commands by the command's id."""

    theme: str | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings; `path` is the file they come from (or would come from)."""

    path: Path
    language: str | None = None
    timezone: str = DEFAULT_TIMEZONE
    author: str | None = None
    tokens: Mapping[str, TokenSettings] = field(default_factory=dict)
    networks: Mapping[str, NetworkSettings] = field(default_factory=dict)
    dashboard: DashboardSettings = field(default_factory=DashboardSettings)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where (`file`, or `file:line:column`), the dotted key if any, and what is expected."""

    where: str
    key: str
    text: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.where, self.key, self.text) if part)


class ConfigError(UserError):
    """The settings cannot be used; every problem is listed, in the language of `words`."""

    def __init__(self, problems: list[Problem], next_step: str, words: Words) -> None:
        super().__init__("\n".join(map(str, problems)), next_step, Exit.USAGE)
        self.problems = tuple(problems)
        self.words = words
