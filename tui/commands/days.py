"""What can be done in a calendar that a day is chosen in."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class TakeDay(Command):
    """Take the day."""

    id, area, keys = "days.take", Area.DAYS, ("enter", "space")
    title, help = mark("Take the day"), mark("Puts the day under the cursor into the field")
    action, short, rank, palette = "take", mark("take"), 5, False


class NextDay(Command):
    """A day on."""

    id, area, keys = "days.next", Area.DAYS, ("right", "l")
    title, help = mark("A day on"), mark("Goes to the next day")
    action, palette = "move_day(1)", False


class DayBefore(Command):
    """A day back."""

    id, area, keys = "days.previous", Area.DAYS, ("left", "h")
    title, help = mark("A day back"), mark("Goes to the day before")
    action, palette = "move_day(-1)", False


class NextWeek(Command):
    """A week on."""

    id, area, keys = "days.week_on", Area.DAYS, ("down", "j")
    title, help = mark("A week on"), mark("Goes to the same weekday of the next week")
    action, palette = "move_day(7)", False


class WeekBefore(Command):
    """A week back."""

    id, area, keys = "days.week_back", Area.DAYS, ("up", "k")
    title, help = mark("A week back"), mark("Goes to the same weekday of the week before")
    action, palette = "move_day(-7)", False


class NextMonth(Command):
    """A month on."""

    id, area, keys = "days.month_on", Area.DAYS, ("pagedown",)
    title, help = mark("A month on"), mark("Goes to the same day of the next month")
    action, short, rank, palette = "move_month(1)", mark("month"), 20, False


class MonthBefore(Command):
    """A month back."""

    id, area, keys = "days.month_back", Area.DAYS, ("pageup",)
    title, help = mark("A month back"), mark("Goes to the same day of the month before")
    action, palette = "move_month(-1)", False


class MonthEnd(Command):
    """To the end of the month."""

    id, area, keys = "days.month_end", Area.DAYS, ("end",)
    title, help = mark("End of the month"), mark("Goes to the last day of the month")
    action, palette = "month_end", False


class BackToToday(Command):
    """To today."""

    id, area, keys = "days.today", Area.DAYS, ("home",)
    title, help = mark("To today"), mark("Goes to today")
    action, palette = "today", False


class LeaveDays(Command):
    """Leave the calendar."""

    id, area, keys = "days.leave", Area.DAYS, ("escape", "f3")
    title, help = mark("Leave the calendar"), mark("Leaves the field as it was")
    action, short, rank, palette = "leave", mark("cancel"), 90, False


COMMANDS: tuple[type[Command], ...] = (
    TakeDay, NextDay, DayBefore, NextWeek, WeekBefore, NextMonth, MonthBefore, MonthEnd, BackToToday,
    LeaveDays,
)  # fmt: skip
