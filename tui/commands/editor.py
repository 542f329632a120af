"""What can be done in the goal editor."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark

#: The function keys of the first choices; those after them have Alt with a digit.
_FIRST_FUNCTION_KEY, _LAST_FUNCTION_KEY = 4, 9
#: The choices by their places, as they are called in help.
_PLACES = (
    mark("First choice"), mark("Second choice"), mark("Third choice"), mark("Fourth choice"),
    mark("Fifth choice"), mark("Sixth choice"), mark("Seventh choice"), mark("Eighth choice"),
    mark("Ninth choice"),
)  # fmt: skip
_TAKEN = mark("Takes the reading, target or priority with its key; once more takes a priority away")
_AFTER = mark("The same for the choice after it")


class SaveGoal(Command):
    """Save the goals of the line."""

    id, area, keys = "editor.save", Area.EDITOR, ("enter", "f2", "ctrl+s")
    title = mark("Save the goal")
    help = mark("Saves what the line says; what is still open is kept as a draft with its question")
    action, short, rank, palette = "save", mark("save"), 5, False


class GoToWhatIf(Command):
    """From the line to what if."""

    id, area, keys = "editor.what_if", Area.EDITOR, ("down", "up")
    title = mark("What if")
    help = mark("From the line, goes to “what if”, where arrows move the amount and the deadline")
    action, short, rank, palette = "what_if", mark("what if"), 10, False


class TakeOffer(Command):
    """Take one of the numbered choices."""

    area = Area.EDITOR
    palette = False


def _take(place: int) -> type[TakeOffer]:
    """The command of the choice at a place, from 0: a function key or Alt while typing, a digit elsewhere."""
    number, function = place + 1, _FIRST_FUNCTION_KEY + place
    typing = (f"f{function}",) if function <= _LAST_FUNCTION_KEY else ()

    class Take(TakeOffer):
        id = f"editor.take.{number}"
        keys = (*typing, f"alt+{number}", str(number))
        title, help = _PLACES[place], _AFTER if place else _TAKEN
        action = f"take({place})"

    return Take


#: The command of each choice, by its place.
TAKES = tuple(_take(place) for place in range(len(_PLACES)))


class NextPart(Command):
    """To the next goal of the line."""

    id, area, keys = "editor.next", Area.EDITOR, ("pagedown",)
    title, help = (
        mark("Next goal of the line"),
        mark("Scrolls the letters where not all fit, then shows those of the next goal of the line"),
    )
    action, palette = "select(1)", False


class PreviousPart(Command):
    """To the goal of the line before."""

    id, area, keys = "editor.previous", Area.EDITOR, ("pageup",)
    title, help = (
        mark("Goal of the line before"),
        mark("Scrolls back, then shows the letters of the goal before it"),
    )
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
    SaveGoal, GoToWhatIf, *TAKES, NextPart, PreviousPart, PickDeadline, Fields, LeaveEditor,
)  # fmt: skip
