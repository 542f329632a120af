"""What can be done in any list of rows; what Enter and Space do there is the screen's own."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Down(Command):
    """Cursor down."""

    id, area, keys = "rows.down", Area.ROWS, ("down", "j")
    title, help = mark("Down"), mark("One line down")
    action, palette = "cursor(1)", False


class Up(Command):
    """Cursor up."""

    id, area, keys = "rows.up", Area.ROWS, ("up", "k")
    title, help = mark("Up"), mark("One line up")
    action, palette = "cursor(-1)", False


class PageDown(Command):
    """A page down."""

    id, area, keys = "rows.page_down", Area.ROWS, ("pagedown", "ctrl+d")
    title, help = mark("Page down"), mark("A screenful down")
    action, palette = "page(1)", False


class PageUp(Command):
    """A page up."""

    id, area, keys = "rows.page_up", Area.ROWS, ("pageup", "ctrl+u")
    title, help = mark("Page up"), mark("A screenful up")
    action, palette = "page(-1)", False


class First(Command):
    """To the first row."""

    id, area, keys = "rows.first", Area.ROWS, ("home", "g")
    title, help = mark("To the top"), mark("To the first line")
    action, palette = "edge(False)", False


class Last(Command):
    """To the last row."""

    id, area, keys = "rows.last", Area.ROWS, ("end", "G")
    title, help = mark("To the end"), mark("To the last line")
    action, palette = "edge(True)", False


COMMANDS: tuple[type[Command], ...] = (
    Down, Up, PageDown, PageUp, First, Last,
)  # fmt: skip
