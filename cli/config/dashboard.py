"""Reads the settings of the dashboard: its colours and own keys. Commands' ids are checked when it opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cli.config.values import DashboardSettings
from wording.words import mark

_THEME, _KEYS = "theme", "keys"
_MOST = 6


class _Tell:
    """Tells a problem at a dotted key."""

    def __init__(self, problem: Callable[..., None]) -> None:
        self._problem = problem

    def __call__(self, at: str, message: str, /, **values: object) -> None:
        self._problem(f"dashboard.{at}", message, **values)


def dashboard_settings(
    table: Mapping[str, object], problem: Callable[..., None], shown: Callable[[object], str]
) -> DashboardSettings:
    """Read the table `[dashboard]`; `problem(at, message, **values)` is told what is wrong in it."""
    tell = _Tell(problem)
    for key in table:
        if key not in {_THEME, _KEYS}:
            tell(key, mark("there is no such key; the nearest is {near}"), near="dashboard.theme")
    theme = table.get(_THEME)
    if theme is not None and not (isinstance(theme, str) and theme.isprintable() and theme.strip()):
        tell(_THEME, mark("a text on one line is expected, found {found}"), found=shown(theme))
        theme = None
    keys = table.get(_KEYS, {})
    if not isinstance(keys, dict):
        tell(_KEYS, mark("a table is expected: [{key}]"), key="dashboard.keys")
        keys = {}
    return DashboardSettings(theme, dict(_read(keys, tell)))


def _read(keys: Mapping[str, object], tell: _Tell) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for command, value in keys.items():
        names = [value] if isinstance(value, str) else value
        if isinstance(names, list) and 0 < len(names) <= _MOST and all(map(_is_key, names)):
            found.append((command, tuple(names)))
        else:
            message = mark('a key or a list of keys is expected, like "n" or ["n", "ctrl+n"]')
            tell(f'keys."{command}"', message)
    return found


def _is_key(name: object) -> bool:
    return isinstance(name, str) and bool(name) and name.isprintable() and "," not in name[1:]
