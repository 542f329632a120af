"""What can be done in the list of warnings."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class OpenWarning(Command):
    """To what the warning is about."""

    id, area, keys = "warnings.open", Area.WARNINGS, ("enter",)
    title = mark("To the cause")
    help = mark(
        "Opens what the warning is about: goal, posts, account, agreement or client (or a double click)"
    )
    action, short, rank = "screen.open_cause", mark("to the cause"), 5


class AcknowledgeWarning(Command):
    """Say that one knows."""

    id, area, keys = "warnings.acknowledge", Area.WARNINGS, ("space", "v")
    title = mark("I know")
    help = mark("Hides the warning until it grows or comes again; on a hidden one: shows it again")
    action, short, rank = "screen.acknowledge", mark("I know of it"), 6


class SnoozeWarning(Command):
    """Hide a warning until a day."""

    id, area, keys = "warnings.snooze", Area.WARNINGS, ("z",)
    title, help = (
        mark("Later"),
        mark("Hides the warning until a day that is asked for, tomorrow to begin with"),
    )
    action, short, rank = "screen.snooze", mark("later"), 7


class SnoozeWeek(Command):
    """Hide a warning for a week."""

    id, area, keys = "warnings.snooze_week", Area.WARNINGS, ("Z",)
    title, help = mark("In a week"), mark("Hides the warning for a week, without a question")
    action, short, rank = "screen.snooze_week", mark("in a week"), 8


class ShowHidden(Command):
    """Show the hidden ones too."""

    id, area, keys = "warnings.hidden", Area.WARNINGS, ("h",)
    title, help = mark("Hidden warnings"), mark("Shows also what is known or put off, or hides it again")
    action, short, rank = "screen.show_hidden", mark("hidden"), 9


class EveryClient(Command):
    """All clients or one."""

    id, area, keys = "warnings.every_client", Area.WARNINGS, ("A",)
    title, help = (
        mark("Warnings of all clients"),
        mark("Shows the warnings of all clients, or only those of the one under the cursor"),
    )
    action, short, rank = "screen.every_client", mark("every client"), 26


class FilterWarnings(Command):
    """Filter the list."""

    id, area, keys = "warnings.filter", Area.WARNINGS, ("/",)
    title = mark("Filter the warnings")
    help = mark("Leaves the warnings that hold all typed words: client, manager, words of the sentence")
    action, short, rank = "screen.filter", mark("filter"), 80


COMMANDS: tuple[type[Command], ...] = (
    OpenWarning, AcknowledgeWarning, SnoozeWarning, SnoozeWeek, ShowHidden, EveryClient, FilterWarnings,
)  # fmt: skip
