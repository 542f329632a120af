"""What can be done in the calendar of content."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class NextDay(Command):
    """To the next day."""

    id, area, keys = "day.next", Area.CALENDAR, ("right", "l")
    title, help = mark("Next day"), mark("To the day after; at the end of the month to the next one")
    action, palette = "day(1)", False


class PreviousDay(Command):
    """To the day before."""

    id, area, keys = "day.previous", Area.CALENDAR, ("left", "h")
    title, help = mark("Day before"), mark("To the day before")
    action, palette = "day(-1)", False


class NextWeek(Command):
    """To the next week."""

    id, area, keys = "week.next", Area.CALENDAR, ("down", "j")
    title, help = mark("Next week"), mark("To the same day of the next week")
    action, palette = "day(7)", False


class PreviousWeek(Command):
    """To the week before."""

    id, area, keys = "week.previous", Area.CALENDAR, ("up", "k")
    title, help = mark("Week before"), mark("To the same day of the week before")
    action, palette = "day(-7)", False


class NextMonth(Command):
    """To the next month."""

    id, area, keys = "month.next", Area.CALENDAR, ("pagedown", "ctrl+d")
    title, help = mark("Next month"), mark("Shows the next month")
    action = "month(1)"


class PreviousMonth(Command):
    """To the month before."""

    id, area, keys = "month.previous", Area.CALENDAR, ("pageup", "ctrl+u")
    title, help = mark("Month before"), mark("Shows the month before")
    action = "month(-1)"


class ThisDay(Command):
    """To today."""

    id, area, keys = "day.today", Area.CALENDAR, ("home", "g")
    title, help = mark("To today"), mark("Back to today, whichever month is shown")
    action = "home"


class DayPosts(Command):
    """The posts of the day."""

    id, area, keys = "day.posts", Area.CALENDAR, ("enter",)
    title, help = mark("Posts of the day"), mark("Shows what came out and what is planned on this day")
    action, short, rank = "open", mark("posts of the day"), 5


COMMANDS: tuple[type[Command], ...] = (
    NextDay, PreviousDay, NextWeek, PreviousWeek, NextMonth, PreviousMonth, ThisDay, DayPosts,
)  # fmt: skip
