"""What can be done during a call."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Decide(Command):
    """Write a decision down."""

    id, area, keys = "call.decide", Area.CALL, ("enter",)
    title = mark("Decision")
    help = mark(
        "Keeps a line as a decision; 3=200, 3=31.12, 3=yes or 3=drop changes goal 3 with the client's yes"
    )
    action, short, rank = "screen.decide", mark("decision"), 2


class Note(Command):
    """Write a note down."""

    id, area, keys = "call.note", Area.CALL, ("N",)
    title, help = mark("Note"), mark("Keeps what else was said at the call")
    action, short, rank = "screen.note", mark("note"), 3


class ShowOwn(Command):
    """Show what is not for the client."""

    id, area, keys = "call.own", Area.CALL, ("i",)
    title, help = (
        mark("For yourself"),
        mark("Shows the chance and the pace too, which the client need not see"),
    )
    action, short, rank = "screen.show_own", mark("for yourself"), 4


class NextPart(Command):
    """To the next part of the page."""

    id, area, keys = "call.part", Area.CALL, ("tab",)
    title, help = mark("Next part"), mark("To the next part of the page; Enter on a goal decides about it")
    action = "app.focus_next"


class NextClient(Command):
    """The call with another client."""

    id, area, keys = "call.next_client", Area.CALL, ("]",)
    title, help = mark("Next client"), mark("The page of the next client")
    action, short, rank = "screen.next_client(1)", mark("client"), 5


class PreviousClient(Command):
    """The call with the client before."""

    id, area, keys = "call.previous_client", Area.CALL, ("[",)
    title, help = mark("Client before"), mark("The page of the client before")
    action = "screen.next_client(-1)"


COMMANDS: tuple[type[Command], ...] = (Decide, Note, ShowOwn, NextPart, NextClient, PreviousClient)
