"""What the settings are made of, and what may be wrong with them.

Nothing in them is secret: a token's secret is fetched when it is needed (`cli.secrets`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from wording.words import Words

#: What a setting of many is where there is none; a tuple's default is shared, so it cannot be written.
NOTHING: Mapping[str, Any] = MappingProxyType({})
DEFAULT_TIMEZONE = "Europe/Moscow"
#: The kinds of token, as `connectors.base.TokenKind` has them.
TOKEN_KINDS = ("service", "community", "user", "bot", "key", "oauth")
#: Where a secret may come from: exactly one of them stands in `[tokens.NAME]`.
SOURCES = ("cmd", "file", "env")


class TokenSettings(NamedTuple):
    """`[tokens.NAME]`: where the secret comes from (one of cmd, file, env) and what is public of it."""

    name: str
    kind: str
    cmd: tuple[str, ...] = ()
    file: str = ""
    env: str = ""
    params: Mapping[str, str] = NOTHING

    @property
    def source(self) -> str:
        """Where the secret comes from: `cmd`, `file` or `env`."""
        return next(name for name in SOURCES if getattr(self, name))


class NetworkSettings(NamedTuple):
    """`[networks.NAME]`: the network's tokens by name, and addresses that replace its own."""

    tokens: tuple[str, ...] = ()
    base_url: str | None = None
    preview_base_url: str | None = None
    proxy: str | None = None

    def __repr__(self) -> str:
        """Without the proxy, which may hold a password."""
        return f"NetworkSettings(tokens={self.tokens!r}, base_url={self.base_url!r})"


class DashboardSettings(NamedTuple):
    """`[dashboard]`: the name of a theme, and the keys of commands by the command's id."""

    theme: str | None = None
    keys: Mapping[str, tuple[str, ...]] = NOTHING


class Config(NamedTuple):
    """The settings; `path` is the file they come from (or would come from)."""

    path: Path
    language: str | None = None
    timezone: str = DEFAULT_TIMEZONE
    author: str | None = None
    tokens: Mapping[str, TokenSettings] = NOTHING
    networks: Mapping[str, NetworkSettings] = NOTHING
    dashboard: DashboardSettings = DashboardSettings()


class Problem(NamedTuple):
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
