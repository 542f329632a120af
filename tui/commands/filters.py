"""What can be done in the window of saved filters."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Apply(Command):
    """Look through the filter under the cursor."""

    id, area, keys = "filters.apply", Area.FILTERS, ("enter", "space")
    title = mark("Use the filter")
    help = mark("Shows the overview through the filter under the cursor (or a double click)")
    action, short, rank, palette = "apply", mark("use"), 10, False


class Name(Command):
    """Type a name for what is shown now."""

    id, area, keys = "filters.name", Area.FILTERS, ("n", "tab")
    title = mark("Name what is shown now")
    help = mark("Types a name for the filter and the grouping in force; Enter saves them")
    action, short, rank, palette = "type_name", mark("name"), 20, False


class Forget(Command):
    """Remove a saved filter."""

    id, area, keys = "filters.forget", Area.FILTERS, ("d", "delete")
    title, help = mark("Remove the filter"), mark("Forgets the saved filter under the cursor")
    action, short, rank, palette = "forget", mark("forget it"), 30, False


class Leave(Command):
    """Close the window."""

    id, area, keys = "filters.leave", Area.FILTERS, ("escape",)
    title, help = mark("Close"), mark("Leaves the overview as it is")
    action, short, rank, palette = "leave", mark("close"), 90, False


COMMANDS: tuple[type[Command], ...] = (Apply, Name, Forget, Leave)
