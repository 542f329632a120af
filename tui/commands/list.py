"""What can be done in the list of goals."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Open(Command):
    """Open what is under the cursor."""

    id, area, keys = "list.open", Area.LIST, ("enter",)
    title, help = mark("Open"), mark("Opens the goal or the client under the cursor (or a double click)")
    action, short, rank = "open", mark("open"), 5


class Fold(Command):
    """Fold or unfold a client."""

    id, area, keys = "list.fold", Area.LIST, ("space",)
    title, help = mark("Fold or unfold"), mark("Hides or shows the goals of the client under the cursor")
    action = "fold"


class FoldClose(Command):
    """Fold a client."""

    id, area, keys = "list.close", Area.LIST, ("left", "h")
    title, help = mark("Fold"), mark("Goes up to the client, then hides its goals")
    action, palette = "fold_close", False


class FoldOpen(Command):
    """Unfold a client."""

    id, area, keys = "list.unfold", Area.LIST, ("right", "l")
    title, help = mark("Unfold"), mark("Shows the goals of the client, then goes down to the first")
    action, palette = "fold_open", False


class FoldAll(Command):
    """Fold or unfold every client."""

    id, area, keys = "list.fold_all", Area.LIST, ("z",)
    title, help = mark("Fold or unfold all"), mark("Shows only the clients, or every goal, or what is urgent")
    action = "fold_all"


class Down(Command):
    """Cursor down."""

    id, area, keys = "list.down", Area.LIST, ("down", "j")
    title, help = mark("Down"), mark("One line down")
    action, palette = "cursor(1)", False


class Up(Command):
    """Cursor up."""

    id, area, keys = "list.up", Area.LIST, ("up", "k")
    title, help = mark("Up"), mark("One line up")
    action, palette = "cursor(-1)", False


class PageDown(Command):
    """A page down."""

    id, area, keys = "list.page_down", Area.LIST, ("pagedown", "ctrl+d")
    title, help = mark("Page down"), mark("A screenful down")
    action, palette = "page(1)", False


class PageUp(Command):
    """A page up."""

    id, area, keys = "list.page_up", Area.LIST, ("pageup", "ctrl+u")
    title, help = mark("Page up"), mark("A screenful up")
    action, palette = "page(-1)", False


class First(Command):
    """To the first line."""

    id, area, keys = "list.first", Area.LIST, ("home", "g")
    title, help = mark("To the top"), mark("To the first line")
    action, palette = "edge(False)", False


class Last(Command):
    """To the last line."""

    id, area, keys = "list.last", Area.LIST, ("end", "G")
    title, help = mark("To the end"), mark("To the last line")
    action, palette = "edge(True)", False


class Filter(Command):
    """Filter the list."""

    id, area, keys = "list.filter", Area.LIST, ("/",)
    title = mark("Filter")
    help = mark("Leaves the lines that hold all typed words: client, goal, network or status")
    action, short, rank = "screen.filter", mark("filter"), 80


COMMANDS: tuple[type[Command], ...] = (
    Open, Fold, FoldClose, FoldOpen, FoldAll, Down, Up, PageDown, PageUp, First, Last, Filter,
)  # fmt: skip
