"""The colours of what is drawn as text: a style for each thing that a colour stands for, by theme.

Nothing is told by colour alone: a glyph or a word says the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color

_MUTED = 0.68
_FAINT = 0.32
_CURSOR, _FOCUS = 0.14, 0.24

#: What is drawn -> the theme's variable, and whether it is bold.
_PLAIN = {
    "name": ("primary", True),
    "good": ("text-success", False),
    "behind": ("text-warning", False),
    "bad": ("text-error", False),
    "calm": ("text-primary", False),
    "trouble": ("text-warning", True),
    "unread": ("text-warning", True),
    "fresh": ("foreground", False),
    "week": ("text-accent", False),
    "sync": ("text-accent", False),
    "key": ("footer-key-foreground", True),
    "strong": ("foreground", True),
    "mark": ("foreground", True),
}


def inks(variables: Mapping[str, str]) -> dict[str, Style]:
    """The styles of a theme, by name; laid over the style of the line that they stand on."""
    found = {
        name: Style(color=_colour(variables, variable).rich_color, bold=bold or None)
        for name, (variable, bold) in _PLAIN.items()
    }
    text, ground = _colour(variables, "foreground"), _colour(variables, "background")
    if text.ansi is not None:
        found |= {"dim": Style(dim=True), "stale": Style(dim=True), "rest": Style(dim=True)}
        found |= {"cursor": Style(reverse=True), "focus": Style(reverse=True, bold=True)}
    else:
        found["dim"] = Style(color=ground.blend(text, _MUTED).rich_color)
        found["stale"] = Style(color=ground.blend(text, _MUTED - 0.1).rich_color)
        found["rest"] = Style(color=ground.blend(text, _FAINT).rich_color)
        accent = _colour(variables, "primary")
        found["cursor"] = Style(bgcolor=ground.blend(accent, _CURSOR).rich_color)
        found["focus"] = Style(bgcolor=ground.blend(accent, _FOCUS).rich_color, bold=True)
    found["demo"] = Style(reverse=True, bold=True)
    return found


def _colour(variables: Mapping[str, str], name: str) -> Color:
    """A theme's colour; a variable may be followed by an opacity."""
    return Color.parse(variables[name].partition(" ")[0])
