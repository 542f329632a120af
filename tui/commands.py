"""What a person can do in the dashboard: one class a command.

Bindings, the footer, help, the palette and the key tables of the docs are generated from these
classes. Titles and helps are messages; they are put into words when they are drawn. The ids are
stable: a user's own keys will refer to them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding

from tui.keys import shown, with_twins
from wording.words import mark


class Area(StrEnum):
    """Where a command works."""

    EVERYWHERE = "everywhere"
    LIST = "list"
    CLIENT = "client"
    GOAL = "goal"
    FORM = "form"
    SYNC = "sync"


AREA_TITLES: dict[Area, str] = {
    Area.EVERYWHERE: mark("Everywhere"),
    Area.LIST: mark("In the list of goals"),
    Area.CLIENT: mark("On the client screen"),
    Area.GOAL: mark("On the goal screen"),
    Area.FORM: mark("In a form"),
    Area.SYNC: mark("While figures are being collected"),
}


class Command:
    """One command. `short` is its word in the footer, `rank` its place there (0: not shown)."""

    id: ClassVar[str]
    area: ClassVar[Area]
    keys: ClassVar[tuple[str, ...]]
    title: ClassVar[str]
    help: ClassVar[str]
    action: ClassVar[str]
    short: ClassVar[str] = ""
    rank: ClassVar[int] = 0
    palette: ClassVar[bool] = True
    priority: ClassVar[bool] = False

    @classmethod
    def binding(cls) -> Binding:
        """The command as Textual binds it, in both layouts."""
        return Binding(
            with_twins(cls.keys),
            cls.action,
            cls.title,
            show=False,
            tooltip=cls.help,
            id=cls.id,
            priority=cls.priority,
        )

    @classmethod
    def key_text(cls) -> str:
        """All its keys, as people read them."""
        return " ".join(shown(key) for key in cls.keys)


class Help(Command):
    """Show the keys."""

    id, area, keys = "app.help", Area.EVERYWHERE, ("?", "f1")
    title, help = mark("Help"), mark("Shows what each key does, for the place where you are first")
    action, short, rank = "app.smm_help", mark("help"), 90


class Palette(Command):
    """Open the palette."""

    id, area, keys = "app.palette", Area.EVERYWHERE, (":", "ctrl+p")
    title, help = mark("All commands"), mark("Finds a command by a part of its name")
    action, palette = "app.command_palette", False


class Sync(Command):
    """Collect figures now."""

    id, area, keys = "app.sync", Area.EVERYWHERE, ("s",)
    title, help = (
        mark("Update the figures"),
        mark("Asks the networks for new figures now and shows how it goes"),
    )
    action, short, rank = "app.sync", mark("update"), 40


class NewGoal(Command):
    """Add a goal."""

    id, area, keys = "goal.add", Area.EVERYWHERE, ("n",)
    title, help = mark("New goal"), mark("Opens the form of a new goal for the client under the cursor")
    action, short, rank = "app.new_goal", mark("goal"), 10


class EditGoal(Command):
    """Change a goal."""

    id, area, keys = "goal.edit", Area.EVERYWHERE, ("e",)
    title = mark("Edit the goal")
    help = mark("Changes amount, dates and scope; asks why and whether the client agreed")
    action, short, rank = "app.edit_goal", mark("edit"), 20


class Log(Command):
    """Log a figure or a post by hand."""

    id, area, keys = "log.add", Area.EVERYWHERE, ("+",)
    title = mark("Log by hand")
    help = mark("Writes down a figure (sales, income, hours) or a post or story, done or planned")
    action, short, rank = "app.log", mark("log"), 30


class DropGoal(Command):
    """Drop a goal."""

    id, area, keys = "goal.drop", Area.EVERYWHERE, ("d", "delete")
    title = mark("Drop the goal")
    help = mark("Takes the goal off the list after a question; its history stays")
    action = "app.drop_goal"


class NewClient(Command):
    """Add a client."""

    id, area, keys = "client.add", Area.EVERYWHERE, ("c",)
    title, help = mark("New client"), mark("Adds a client by name")
    action, short = "app.new_client", mark("new client")


class Back(Command):
    """Leave the screen."""

    id, area, keys = "app.back", Area.EVERYWHERE, ("escape", "backspace")
    title, help = mark("Back"), mark("Goes back to the screen before; on the overview it clears the filter")
    action, palette = "app.smm_back", False


class Quit(Command):
    """Quit."""

    id, area, keys = "app.quit", Area.EVERYWHERE, ("q", "ctrl+q")
    title, help = mark("Quit"), mark("Closes the dashboard at once; what was saved stays saved")
    action, short, rank = "app.quit", mark("quit"), 95


class NextTheme(Command):
    """Change the colours."""

    id, area, keys = "app.theme", Area.EVERYWHERE, ("T",)
    title, help = mark("Dark or light"), mark("Switches between the dark and the light colours")
    action = "app.next_theme"


class Open(Command):
    """Open what is under the cursor."""

    id, area, keys = "list.open", Area.LIST, ("enter",)
    title, help = mark("Open"), mark("Opens the goal or the client under the cursor (or a double click)")
    action, short, rank = "open", mark("open"), 5


class Fold(Command):
    """Fold or unfold a client."""

    id, area, keys = "list.fold", Area.LIST, ("space",)
    title, help = mark("Fold or unfold"), mark("Hides or shows the goals of the client under the cursor")
    action = "fold"


class FoldClose(Command):
    """Fold a client."""

    id, area, keys = "list.close", Area.LIST, ("left", "h")
    title, help = mark("Fold"), mark("Goes up to the client, then hides its goals")
    action, palette = "fold_close", False


class FoldOpen(Command):
    """Unfold a client."""

    id, area, keys = "list.unfold", Area.LIST, ("right", "l")
    title, help = mark("Unfold"), mark("Shows the goals of the client, then goes down to the first")
    action, palette = "fold_open", False


class FoldAll(Command):
    """Fold or unfold every client."""

    id, area, keys = "list.fold_all", Area.LIST, ("z",)
    title, help = mark("Fold or unfold all"), mark("Shows only the clients, or every goal, or what is urgent")
    action = "fold_all"


class Down(Command):
    """Cursor down."""

    id, area, keys = "list.down", Area.LIST, ("down", "j")
    title, help = mark("Down"), mark("One line down")
    action, palette = "cursor(1)", False


class Up(Command):
    """Cursor up."""

    id, area, keys = "list.up", Area.LIST, ("up", "k")
    title, help = mark("Up"), mark("One line up")
    action, palette = "cursor(-1)", False


class PageDown(Command):
    """A page down."""

    id, area, keys = "list.page_down", Area.LIST, ("pagedown", "ctrl+d")
    title, help = mark("Page down"), mark("A screenful down")
    action, palette = "page(1)", False


class PageUp(Command):
    """A page up."""

    id, area, keys = "list.page_up", Area.LIST, ("pageup", "ctrl+u")
    title, help = mark("Page up"), mark("A screenful up")
    action, palette = "page(-1)", False


class First(Command):
    """To the first line."""

    id, area, keys = "list.first", Area.LIST, ("home", "g")
    title, help = mark("To the top"), mark("To the first line")
    action, palette = "edge(False)", False


class Last(Command):
    """To the last line."""

    id, area, keys = "list.last", Area.LIST, ("end", "G")
    title, help = mark("To the end"), mark("To the last line")
    action, palette = "edge(True)", False


class Filter(Command):
    """Filter the list."""

    id, area, keys = "list.filter", Area.LIST, ("/",)
    title = mark("Filter")
    help = mark("Leaves the lines that hold all typed words: client, goal, network or status")
    action, short, rank = "screen.filter", mark("filter"), 80


class ScrollDown(Command):
    """Scroll a page of text."""

    id, area, keys = "page.down", Area.GOAL, ("j", "down")
    title, help = mark("Down"), mark("Scrolls the screen down")
    action, palette = "scroll_page(1)", False


class ScrollUp(Command):
    """Scroll a page of text back."""

    id, area, keys = "page.up", Area.GOAL, ("k", "up")
    title, help = mark("Up"), mark("Scrolls the screen up")
    action, palette = "scroll_page(-1)", False


class NextGoal(Command):
    """To the client's next goal."""

    id, area, keys = "goal.next", Area.GOAL, ("right", "enter", "l")
    title, help = mark("Next goal"), mark("Goes to the next goal of this client")
    action, short, rank = "neighbour(1)", mark("next one"), 5


class PreviousGoal(Command):
    """To the client's goal before."""

    id, area, keys = "goal.previous", Area.GOAL, ("left", "h")
    title, help = mark("Goal before"), mark("Goes to the goal of this client before this one")
    action = "neighbour(-1)"


class OpenClient(Command):
    """From the goal to its client."""

    id, area, keys = "goal.client", Area.GOAL, ("o",)
    title, help = mark("The client"), mark("Opens the client of this goal")
    action, short, rank = "open_client", mark("client"), 15


class Save(Command):
    """Save the form."""

    id, area, keys = "form.save", Area.FORM, ("ctrl+s", "f2")
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


class Cancel(Command):
    """Leave the form."""

    id, area, keys = "form.cancel", Area.FORM, ("escape",)
    title, help = mark("Cancel"), mark("Leaves the form without saving")
    action, short, rank, palette = "cancel", mark("cancel"), 90, False


class StopSync(Command):
    """Stop collecting."""

    id, area, keys = "sync.stop", Area.SYNC, ("x",)
    title, help = mark("Stop"), mark("Ends the update; what has arrived is kept")
    action, short, rank, palette = "stop", mark("stop"), 10, False


class HideSync(Command):
    """Leave the sync panel."""

    id, area, keys = "sync.hide", Area.SYNC, ("escape", "enter", "s")
    title, help = mark("Close"), mark("Closes the panel; the update goes on behind it")
    action, short, rank, palette = "hide", mark("close"), 90, False


COMMANDS: tuple[type[Command], ...] = (
    Help, Palette, Sync, NewGoal, EditGoal, Log, DropGoal, NewClient, NextTheme, Back, Quit,
    Open, Fold, FoldClose, FoldOpen, FoldAll, Down, Up, PageDown, PageUp, First, Last, Filter,
    ScrollDown, ScrollUp, NextGoal, PreviousGoal, OpenClient,
    Save, NextField, PreviousField, Cancel, StopSync, HideSync,
)  # fmt: skip


def commands_of(*areas: Area) -> list[type[Command]]:
    """The commands of some areas, in the order of `COMMANDS`."""
    return [command for command in COMMANDS if command.area in areas]


def bindings_of(*areas: Area) -> list[Binding]:
    """The bindings of some areas."""
    return [command.binding() for command in commands_of(*areas)]
