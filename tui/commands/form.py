"""What can be done in a form."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Save(Command):
    """Save the form."""

    id, area, keys = "form.save", Area.FORM, ("f2", "ctrl+s")
    title, help = mark("Save"), mark("Saves what was typed; Enter in a field does the same")
    action, short, rank, palette = "save", mark("save"), 5, False


class NextField(Command):
    """To the next field."""

    id, area, keys = "form.next", Area.FORM, ("tab", "down")
    title, help = mark("Next field"), mark("Goes to the next field")
    action, short, rank, palette = "next_field", mark("next field"), 10, False


class PreviousField(Command):
    """To the field before."""

    id, area, keys = "form.previous", Area.FORM, ("shift+tab", "up")
    title, help = mark("Field before"), mark("Goes to the field before")
    action, palette = "previous_field", False


class PickDay(Command):
    """Choose a day in a calendar."""

    id, area, keys = "form.day", Area.FORM, ("f3",)
    title, help = mark("Choose a day"), mark("In a field that takes a day, opens the calendar")
    action, short, rank, palette = "pick_day", mark("calendar"), 20, False


class ToWhatIf(Command):
    """To what if."""

    id, area, keys = "form.what_if", Area.FORM, ("f4",)
    title = mark("What if")
    help = mark("In the form of a goal, goes to “what if”, where arrows move the amount and the deadline")
    action, short, rank, palette = "what_if", mark("what if"), 15, False


class Cancel(Command):
    """Leave the form."""

    id, area, keys = "form.cancel", Area.FORM, ("escape",)
    title, help = mark("Cancel"), mark("Leaves the form without saving")
    action, short, rank, palette = "cancel", mark("cancel"), 90, False


COMMANDS: tuple[type[Command], ...] = (
    Save, NextField, PreviousField, PickDay, ToWhatIf, Cancel,
)  # fmt: skip
