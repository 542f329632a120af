"""A time zone that a person typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from wording.words import Words


def checked_timezone(name: str, words: Words) -> str:
    """The name of a time zone. Raises UserError naming the nearest one."""
    from cli.config.check import is_timezone, nearest_timezone

    name = name.strip()
    if is_timezone(name):
        return name
    raise UserError(
        words.text("There is no time zone «{name}»", name=name),
        words.text("Did you mean {names}?", names=nearest_timezone(name)),
        Exit.USAGE,
    )
