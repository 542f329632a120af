"""What a file of settings may hold: every key, its type, and the words for whatever else stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cli.config.dashboard import dashboard_settings
from cli.config.values import (
    DEFAULT_TIMEZONE,
    SOURCES,
    TOKEN_KINDS,
    Config,
    NetworkSettings,
    Problem,
    TokenSettings,
)
from wording.words import mark

if TYPE_CHECKING:
    from wording.words import Words

_SECTIONS = ("general", "dashboard", "tokens", "networks")
_GENERAL = ("language", "timezone", "author")
_TOKEN = ("kind", *SOURCES, "params")
_NETWORK = ("token", "base_url", "proxy")
#: Known without a look at the registry, which would cost every command its start.
_COMMON_NETWORKS = frozenset({"vk", "telegram"})
_PREVIEW_NETWORKS = frozenset({"telegram"})
_PROXIES = ("http", "https", "socks5", "socks5h")
_NAME = re.compile(r"\w[\w-]{0,59}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")


class Check:
    """Reads the tree of a TOML file into a Config, gathering `problems` on the way."""

    def __init__(self, where: str, words: Callable[[], Words]) -> None:
        self.problems: list[Problem] = []
        self._where = where
        self._make_words = words

    @cached_property
    def words(self) -> Words:
        """The language of the problems; loaded with the first one."""
        return self._make_words()

    def config(self, tree: Mapping[str, object], path: Path) -> Config:
        """The settings; what is wrong in them is left out and listed in `problems`."""
        self._known(tree, _SECTIONS, "")
        general = self._table(tree, "general", "")
        self._known(general, _GENERAL, "general")
        tokens = self._tokens(self._table(tree, "tokens", ""))
        return Config(
            path=path,
            language=self._one_of(general, "language", ("ru", "en"), "general"),
            timezone=self._timezone(general),
            author=self._text(general, "author", "general"),
            tokens=tokens,
            networks=self._networks(self._table(tree, "networks", ""), tuple(tokens)),
            dashboard=dashboard_settings(self._table(tree, "dashboard", ""), self._problem, shown),
        )

    def _problem(self, at: str, message: str, **values: object) -> None:
        self.problems.append(Problem(self._where, at, self.words.text(message, **values)))

    def _known(self, table: Mapping[str, object], keys: tuple[str, ...], prefix: str) -> None:
        for key in table:
            if key not in keys:
                near = _dotted(prefix, nearest(key, keys))
                self._problem(
                    _dotted(prefix, key), mark("there is no such key; the nearest is {near}"), near=near
                )

    def _table(self, parent: Mapping[str, object], key: str, prefix: str) -> Mapping[str, object]:
        value = parent.get(key, {})
        if isinstance(value, dict):
            return value
        dotted = _dotted(prefix, key)
        self._problem(dotted, mark("a table is expected: [{key}]"), key=dotted)
        return {}

    def _text(
        self, table: Mapping[str, object], key: str, prefix: str, *, secret: bool = False
    ) -> str | None:
        """A text on one line; a `secret` may stand there by mistake, and is not repeated."""
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, str) and value.strip() and value.isprintable():
            return value.strip()
        if secret:
            self._problem(_dotted(prefix, key), mark("a text on one line is expected"))
            return None
        self._problem(
            _dotted(prefix, key), mark("a text on one line is expected, found {found}"), found=shown(value)
        )
        return None

    def _one_of(
        self, table: Mapping[str, object], key: str, choices: tuple[str, ...], prefix: str
    ) -> str | None:
        value = table.get(key)
        if value is None or (isinstance(value, str) and value in choices):
            return value
        self._problem(
            _dotted(prefix, key),
            mark("one of {choices} is expected, found {found}"),
            choices=", ".join(choices),
            found=shown(value),
        )
        return None

    def _timezone(self, general: Mapping[str, object]) -> str:
        value = self._text(general, "timezone", "general")
        if value is None or value == DEFAULT_TIMEZONE or is_timezone(value):
            return value or DEFAULT_TIMEZONE
        near = nearest_timezone(value)
        self._problem(
            "general.timezone",
            mark("there is no time zone {found}; the nearest is {near}"),
            found=shown(value),
            near=near,
        )
        return DEFAULT_TIMEZONE

    def _tokens(self, tables: Mapping[str, object]) -> dict[str, TokenSettings]:
        tokens: dict[str, TokenSettings] = {}
        folded: dict[str, str] = {}
        for name, content in tables.items():
            prefix = _dotted("tokens", name)
            if not isinstance(content, dict):
                self._table(tables, name, "tokens")
                continue
            if not is_token_name(name):
                self._problem(prefix, mark("a name of letters, digits, _ and - is expected"))
            twin = folded.setdefault(name.casefold(), name)
            if twin != name:
                self._problem(prefix, mark("differs from {twin} only in case: rename one"), twin=shown(twin))
            found = self._token(name, content, prefix)
            if found is not None:
                tokens[name] = found
        return tokens

    def _token(self, name: str, table: Mapping[str, object], prefix: str) -> TokenSettings | None:
        before = len(self.problems)
        self._known(table, _TOKEN, prefix)
        kind = self._one_of(table, "kind", TOKEN_KINDS, prefix)
        if "kind" not in table:
            self._problem(
                _dotted(prefix, "kind"), mark("missing: one of {choices}"), choices=", ".join(TOKEN_KINDS)
            )
        given = [source for source in SOURCES if source in table]
        if len(given) != 1:
            self._problem(prefix, mark("exactly one of cmd, file, env is expected"))
        cmd = self._texts(table, "cmd", prefix)
        file = self._text(table, "file", prefix, secret=True) or ""
        env = self._env(table, prefix)
        params = self._params(table, prefix)
        if len(self.problems) > before or kind is None:
            return None
        return TokenSettings(name, kind, cmd, file, env, params)

    def _texts(self, table: Mapping[str, object], key: str, prefix: str) -> tuple[str, ...]:
        value = table.get(key)
        if value is None:
            return ()
        if isinstance(value, list) and value and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        self._problem(_dotted(prefix, key), mark('a list of texts is expected, like ["pass", "show", "vk"]'))
        return ()

    def _env(self, table: Mapping[str, object], prefix: str) -> str:
        """The name of a variable; what is none may be the secret itself, and is not repeated."""
        value = table.get("env", "")
        if "env" not in table or (isinstance(value, str) and _VARIABLE.fullmatch(value)):
            return str(value)
        self._problem(
            _dotted(prefix, "env"),
            mark("the name of a variable is expected (letters, digits and _), not the token itself"),
        )
        return ""

    def _params(self, table: Mapping[str, object], prefix: str) -> dict[str, str]:
        params: dict[str, str] = {}
        for key, value in self._table(table, "params", prefix).items():
            if isinstance(value, str | int) and not isinstance(value, bool):
                params[key] = str(value)
            else:
                self._problem(
                    _dotted(_dotted(prefix, "params"), key),
                    mark("a text or a whole number is expected"),
                )
        return params

    def _networks(self, tables: Mapping[str, object], tokens: tuple[str, ...]) -> dict[str, NetworkSettings]:
        networks: dict[str, NetworkSettings] = {}
        for name in tables:
            prefix = _dotted("networks", name)
            self._network_name(name, prefix)
            table = self._table(tables, name, "networks")
            preview = name in _PREVIEW_NETWORKS
            self._known(table, (*_NETWORK, "preview_base_url") if preview else _NETWORK, prefix)
            networks[name] = NetworkSettings(
                tokens=self._token_names(table, prefix, tokens),
                base_url=self._url(table, "base_url", prefix, ("http", "https")),
                preview_base_url=self._url(table, "preview_base_url", prefix, ("http", "https"))
                if preview
                else None,
                proxy=self._url(table, "proxy", prefix, _PROXIES),
            )
        return networks

    def _network_name(self, name: str, prefix: str) -> None:
        if name in _COMMON_NETWORKS:
            return
        from connectors.registry import known_networks

        known = known_networks()
        if name not in known:
            near = _dotted("networks", nearest(name, known))
            self._problem(prefix, mark("no connector reads this network; the nearest is {near}"), near=near)

    def _token_names(
        self, table: Mapping[str, object], prefix: str, tokens: tuple[str, ...]
    ) -> tuple[str, ...]:
        value = table.get("token", [])
        names = [value] if isinstance(value, str) else value
        key = _dotted(prefix, "token")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self._problem(
                key,
                mark("the name of a token or a list of names is expected"),
            )
            return ()
        if not all(is_token_name(name) or name in tokens for name in names):
            self._problem(key, mark("the name of a [tokens.NAME] is expected, not the token itself"))
            return ()
        declared = {problem.key for problem in self.problems}
        for name in names:
            if name in tokens or any(
                f"{known}.".startswith(_dotted("tokens", name) + ".") for known in declared
            ):
                continue
            near = _dotted("tokens", nearest(name, tokens)) if tokens else ""
            if near:
                self._problem(
                    key,
                    mark("there is no [tokens.{name}]; the nearest is {near}"),
                    name=_printable(name),
                    near=near,
                )
            else:
                self._problem(
                    key,
                    mark("there is no [tokens.{name}]: add it with smm token add {name}"),
                    name=_printable(name),
                )
        return tuple(dict.fromkeys(name for name in names if name in tokens))

    def _url(
        self, table: Mapping[str, object], key: str, prefix: str, schemes: tuple[str, ...]
    ) -> str | None:
        value = self._text(table, key, prefix)
        if value is None:
            return None
        if _is_url(value, schemes):
            return value.rstrip("/")
        self._problem(
            _dotted(prefix, key),
            mark("an address is expected that begins with {choices} and names a host"),
            choices=", ".join(f"{scheme}://" for scheme in schemes),
        )
        return None


def _is_url(value: str, schemes: Iterable[str]) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in schemes
        and bool(parts.hostname)
        and not (parts.query or parts.fragment or " " in value)
    )


def is_token_name(name: str) -> bool:
    """Whether a token may be called so: letters, digits, `_` and `-`, at most 60."""
    return _NAME.fullmatch(name) is not None


def is_timezone(name: str) -> bool:
    """Whether the name is a time zone of the IANA list."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def nearest_timezone(name: str) -> str:
    """The time zone whose name comes nearest, also to a city alone (`moscow`)."""
    from zoneinfo import available_timezones

    zones = sorted(available_timezones())
    wanted = name.casefold().replace(" ", "_")
    for zone in zones:
        if wanted in {zone.casefold(), zone.rpartition("/")[2].casefold()}:
            return zone
    return nearest(name, zones)


def nearest(name: str, choices: Iterable[str]) -> str:
    """The choice that is most like `name`, in any case; there is always one where there are choices."""
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(choice.casefold(), choice)
    found = get_close_matches(name.casefold(), folded, 1, 0.0)
    return folded[found[0]] if found else ""


def shown(value: object) -> str:
    """A value of the file as it may stand in a sentence: short, on one line."""
    text = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else None
    text = text or (f"«{value}»" if isinstance(value, str) else str(value))
    text = _printable(text)
    return text if len(text) <= 60 else f"{text[:59]}…"


def syntax_problem(where: str, text: str, error: str, words: Words) -> Problem:
    """What is wrong with the TOML itself, from the parser's own message."""
    from wording.details import in_brackets

    detail = _AT.sub("", error).strip()
    line, column = _position(text, error)
    content = text.splitlines()[line - 1]
    key = content.partition("=")[0].strip().strip("[]")
    place = f"{where}:{line}:{column}"
    if key and not key.isascii() and '"' not in key and "'" not in key:
        return Problem(place, key, words.text('a key with such letters stands in quotes: "{key}"', key=key))
    if any(part in detail for part in ("Cannot overwrite", "twice", "Cannot redefine", "Cannot mutate")):
        return Problem(place, key, words.text("stands here a second time: leave one of the two"))
    return Problem(place, "", words.text("this is no TOML") + in_brackets(words, detail))


def _position(text: str, error: str) -> tuple[int, int]:
    """The line and column that the parser names; the end of the text where it names none."""
    lines = text.splitlines()
    found = _AT.search(error)
    if found is None or found[1] is None or int(found[1]) > len(lines):
        return len(lines), len(lines[-1])
    return int(found[1]), int(found[2])


def _printable(text: str) -> str:
    """The text on one line, with nothing in it that a terminal would obey."""
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))


def _dotted(prefix: str, key: str) -> str:
    shown_key = key if _NAME.fullmatch(key) else f'"{_printable(key)}"'
    return f"{prefix}.{shown_key}" if prefix else shown_key
