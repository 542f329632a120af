"""What can be done on the overview beside what its list does."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Group(Command):
    """Change what the goals stand under."""

    id, area, keys = "overview.group", Area.OVERVIEW, ("v",)
    title = mark("Group")
    help = mark("By client, by manager, or by urgency over all clients")
    action, short, rank = "group", mark("group"), 70


class SavedFilters(Command):
    """Open the saved filters."""

    id, area, keys = "overview.filters", Area.OVERVIEW, ("f",)
    title = mark("Saved filters")
    help = mark("Gives the filter and the grouping a name, and brings a saved one back")
    action, short, rank = "saved_filters", mark("saved"), 82


COMMANDS: tuple[type[Command], ...] = (Group, SavedFilters)
