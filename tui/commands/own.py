"""What can be done on the screen of own goals."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class LogWork(Command):
    """Log income or hours."""

    id, area, keys = "own.log", Area.OWN, ("+",)
    title, help = mark("Income or hours"), mark("Writes down «15000» as income, «2.5» or «2:30» as hours")
    action, short, rank = "screen.log_work", mark("income or hours"), 2


class OpenOwn(Command):
    """Open what the cursor is on; without own goals, begin them."""

    id, area, keys = "own.open", Area.OWN, ("enter",)
    title, help = (
        mark("Open"),
        mark("Opens the goal or the client; where there is no place for own goals, makes it"),
    )
    action, short, rank = "screen.open", mark("open"), 3


class MonthBefore(Command):
    """A month back."""

    id, area, keys = "own.month_before", Area.OWN, ("pageup",)
    title, help = mark("Month before"), mark("Income and hours of the month before")
    action, short, rank, priority = "screen.month(-1)", mark("month"), 4, True


class MonthAfter(Command):
    """A month on."""

    id, area, keys = "own.month_after", Area.OWN, ("pagedown",)
    title, help = mark("Month after"), mark("Income and hours of the month after, up to this one")
    action, priority = "screen.month(1)", True


class NextPart(Command):
    """Between the goals, the month and the streaks."""

    id, area, keys = "own.part", Area.OWN, ("tab",)
    title, help = mark("Goals or clients"), mark("From the goals to the month of the clients, and back")
    action, short, rank = "app.focus_next", mark("goals or clients"), 5


COMMANDS: tuple[type[Command], ...] = (LogWork, OpenOwn, MonthBefore, MonthAfter, NextPart)
