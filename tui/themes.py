"""The program's own colours, dark and light, beside those that Textual has."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

DARK = Theme(
    name="smm-dark",
    primary="#7aa2f7",
    secondary="#89b4c8",
    accent="#e0af68",
    warning="#e8b45a",
    error="#f2788f",
    success="#8fcf7a",
    foreground="#d8dbe6",
    background="#16171f",
    surface="#1b1d27",
    panel="#262936",
    dark=True,
    variables={"footer-key-foreground": "#e0af68"},
)

LIGHT = Theme(
    name="smm-light",
    primary="#2450a8",
    secondary="#2f6f86",
    accent="#7a4f00",
    warning="#7a4f00",
    error="#b3203d",
    success="#2c7031",
    foreground="#22242c",
    background="#fbfaf7",
    surface="#f4f2ec",
    panel="#e6e3da",
    dark=False,
    variables={"footer-key-foreground": "#7a4f00"},
)

#: Textual's own in the sixteen colours that the terminal chooses itself.
_SIXTEEN_DARK, _SIXTEEN_LIGHT = "ansi-dark", "ansi-light"
_OTHER = {DARK.name: LIGHT.name, _SIXTEEN_DARK: _SIXTEEN_LIGHT, _SIXTEEN_LIGHT: _SIXTEEN_DARK}

#: The short names that the settings know for our own.
_OWN = {"dark": DARK.name, "light": LIGHT.name}


def first_theme(environ: Mapping[str, str]) -> str:
    """The theme to begin with where the settings name none: one that the terminal has the colours for."""
    from rich.console import Console

    system = Console(force_terminal=True, _environ=environ).color_system
    return DARK.name if system in {"truecolor", "256"} else _SIXTEEN_DARK


def theme_after(name: str) -> str:
    """The theme that the key goes to next: dark to light and back, in as many colours as before."""
    return _OTHER.get(name, DARK.name)


def theme_names() -> list[str]:
    """The names that the settings may give, our own first."""
    from textual.theme import BUILTIN_THEMES

    return [*_OWN, *sorted(BUILTIN_THEMES)]


def find_theme(name: str) -> str | None:
    """The theme that is meant by a name of the settings; None for no such theme."""
    from textual.theme import BUILTIN_THEMES

    known = {**{each: each for each in BUILTIN_THEMES}, **_OWN, **{each: each for each in _OWN.values()}}
    return known.get(name.strip().casefold())
