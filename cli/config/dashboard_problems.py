"""What is wrong with `[dashboard]` beyond its shape: no such theme, no such command, keys that clash."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cli.context import Context


class SettingProblem(NamedTuple):
    """One problem and the next step, a sentence each."""

    sentence: str
    next_step: str


def theme_problem(ctx: Context) -> SettingProblem | None:
    """What is wrong with the theme of the settings; None where there is none, or all is well."""
    wanted = ctx.config.dashboard.theme
    if wanted is None:
        return None
    from tui.themes import find_theme, theme_names

    if find_theme(wanted) is not None:
        return None
    text, path = ctx.words.text, ctx.config.path
    return SettingProblem(
        text("{path}: dashboard.theme: there is no theme «{name}»", path=path, name=wanted),
        text("Themes: {names}", names=", ".join(theme_names())),
    )


def key_problems(ctx: Context) -> list[SettingProblem]:
    """What is wrong with each of one's own keys."""
    keys = ctx.config.dashboard.keys
    if not keys:
        return []
    from tui import keymap

    step = ctx.words.text("Mend the file; ids and keys stand in the key table of docs/dashboard.md")
    return [
        SettingProblem(f'{ctx.config.path}: dashboard.keys."{each.id}": {each.sentence}', step)
        for each in keymap.key_problems(ctx.words, keys)
    ]
