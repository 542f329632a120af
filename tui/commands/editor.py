"""What can be done in the goal editor."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark

#: How many choices have a key.
OFFERS = 9
#: What terminals send for Alt with a digit, by Textual's names: what Option with it types on a Mac.
ALT_DIGITS = (
    "inverted_exclamation_mark", "trade_mark_sign", "pound_sign", "cent_sign", "infinity", "section_sign",
    "pilcrow_sign", "bullet", "ª",
)  # fmt: skip
_FIRST_OFFER = 4
_LAST_FUNCTION_KEY = 9


class SaveGoal(Command):
    """Save the goals of the line."""

    id, area, keys = "editor.save", Area.EDITOR, ("enter", "ctrl+s")
    title = mark("Save the goal")
    help = mark("Saves what the line says; what is still open is kept as a draft with its question")
    action, short, rank, palette = "save", mark("save"), 5, False


class Sooner(Command):
    """What if: a day sooner."""

    id, area, keys = "editor.sooner", Area.EDITOR, ("down",)
    title = mark("What if: sooner")
    help = mark("From the line, goes to “what if”; there it moves the deadline a day nearer")
    action, short, rank, palette = "move_date(-1)", mark("what if"), 10, False


class Later(Command):
    """What if: a day later."""

    id, area, keys = "editor.later", Area.EDITOR, ("up",)
    title, help = mark("What if: later"), mark("Moves the deadline a day further away")
    action, short, rank, palette = "move_date(1)", mark("later"), 12, False


class More(Command):
    """What if: more."""

    id, area, keys = "editor.more", Area.EDITOR, ("right",)
    title, help = mark("What if: more"), mark("Makes the amount larger by a step; the weekly rate follows")
    action, short, rank, palette = "move_amount(1)", mark("more"), 11, False


class Less(Command):
    """What if: less."""

    id, area, keys = "editor.less", Area.EDITOR, ("left",)
    title, help = mark("What if: less"), mark("Makes the amount smaller by a step; the weekly rate follows")
    action, short, rank, palette = "move_amount(-1)", mark("less"), 10, False


class Faster(Command):
    """What if: more a week."""

    id, area, keys = "editor.faster", Area.EDITOR, ("+", "=")
    title = mark("What if: more a week")
    help = mark("Makes the weekly rate larger by a step; the deadline follows")
    action, short, rank, palette = "move_rate(1)", mark("rate"), 14, False


class Slower(Command):
    """What if: less a week."""

    id, area, keys = "editor.slower", Area.EDITOR, ("-",)
    title = mark("What if: less a week")
    help = mark("Makes the weekly rate smaller by a step; the deadline follows")
    action, palette = "move_rate(-1)", False


class TakeOffer(Command):
    """Take one of the numbered choices."""

    id, area, keys = "editor.take", Area.EDITOR, ("f4", "1")
    title = mark("Choose: F4–F9, outside the line 1–9")
    help = mark("Takes the reading, target or priority with its key; once more takes a priority away")
    action, palette = "take(0)", False


class NextPart(Command):
    """To the next goal of the line."""

    id, area, keys = "editor.next", Area.EDITOR, ("pagedown",)
    title, help = (
        mark("Next goal of the line"),
        mark("A line may say two goals: shows the letters of the next"),
    )
    action, palette = "select(1)", False


class PreviousPart(Command):
    """To the goal of the line before."""

    id, area, keys = "editor.previous", Area.EDITOR, ("pageup",)
    title, help = mark("Goal of the line before"), mark("Shows the letters of the goal before it")
    action, palette = "select(-1)", False


class PickDeadline(Command):
    """Choose the deadline in a calendar."""

    id, area, keys = "editor.day", Area.EDITOR, ("f3",)
    title, help = mark("Calendar"), mark("Chooses the deadline in the client's calendar")
    action, short, rank, palette = "pick_day", mark("calendar"), 30, False


class Fields(Command):
    """To the fields."""

    id, area, keys = "editor.fields", Area.EDITOR, ("tab",)
    title, help = mark("Fields"), mark("Shows the goal as fields, filled with what the line says")
    action, short, rank, palette = "fields", mark("fields"), 20, False


class LeaveEditor(Command):
    """Leave."""

    id, area, keys = "editor.cancel", Area.EDITOR, ("escape",)
    title, help = mark("Cancel"), mark("From “what if” back to the line; from there leaves without saving")
    action, short, rank, palette = "cancel", mark("cancel"), 90, False


COMMANDS: tuple[type[Command], ...] = (
    SaveGoal, Sooner, Later, More, Less, Faster, Slower, TakeOffer, NextPart, PreviousPart, PickDeadline,
    Fields, LeaveEditor,
)  # fmt: skip


def offer_keys(place: int) -> tuple[str, ...]:
    """The keys of the choice at a place, from 0: a function key or Alt while typing, a digit elsewhere."""
    number = place + 1
    function = _FIRST_OFFER + place
    keys = (f"alt+{number}", ALT_DIGITS[place], str(number))
    return (f"f{function}", *keys) if function <= _LAST_FUNCTION_KEY else keys


def offer_key_text(place: int, *, typing: bool) -> str:
    """The key of a choice as it stands before it; empty where it has none."""
    if place >= OFFERS:
        return ""
    function = _FIRST_OFFER + place
    if not typing:
        return str(place + 1)
    return f"F{function}" if function <= _LAST_FUNCTION_KEY else f"Alt+{place + 1}"
