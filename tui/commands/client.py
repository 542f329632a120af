"""What can be done on the client screen."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class NextPart(Command):
    """To the next part of the page."""

    id, area, keys = "client.next_part", Area.CLIENT, ("tab",)
    title, help = mark("Next part"), mark("Goals, agreement, calendar, topics: to the next part of the page")
    action, short, rank = "screen.part(1)", mark("parts"), 6


class PreviousPart(Command):
    """To the part before."""

    id, area, keys = "client.previous_part", Area.CLIENT, ("shift+tab",)
    title, help = mark("Part before"), mark("To the part of the page before")
    action, palette = "screen.part(-1)", False


class Calendar(Command):
    """To the calendar."""

    id, area, keys = "client.calendar", Area.CLIENT, ("v",)
    title, help = mark("Calendar"), mark("To the calendar of content; pressed again, to today in it")
    action, short, rank = "screen.calendar", mark("calendar"), 7


class DayOff(Command):
    """A day off, or not."""

    id, area, keys = "client.day_off", Area.CLIENT, ("o",)
    title = mark("Day off")
    help = mark("Makes the day in the calendar a day off, or a working day again; u takes it back")
    action, short, rank = "screen.day_off", mark("day off"), 8


class DaysOff(Command):
    """Days off with a reason."""

    id, area, keys = "client.days_off", Area.CLIENT, ("O",)
    title = mark("Days off")
    help = mark("Days off from the day in the calendar on: until when, why, for this client or for all")
    action = "screen.days_off"


COMMANDS: tuple[type[Command], ...] = (NextPart, PreviousPart, Calendar, DayOff, DaysOff)
