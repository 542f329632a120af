"""What can be done in the list of today."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Tick(Command):
    """Tick a task off."""

    id, area, keys = "today.tick", Area.TODAY, ("space",)
    title = mark("Done")
    help = mark(
        "Ticks the task off and notes what came out, was asked for or sent; takes a tick by hand back again"
    )
    action, short, rank = "screen.tick", mark("done"), 2


class OpenCause(Command):
    """Open what a task is about."""

    id, area, keys = "today.open", Area.TODAY, ("enter",)
    title, help = mark("Open"), mark("Opens what the task is about: the goal, the client, the call")
    action, short, rank = "screen.open", mark("open"), 3


class NextClient(Command):
    """To the next client."""

    id, area, keys = "today.next_client", Area.TODAY, ("]",)
    title, help = mark("Next client"), mark("To the first task of the next client")
    action, short, rank = "screen.next_client(1)", mark("client"), 6


class PreviousClient(Command):
    """To the client before."""

    id, area, keys = "today.previous_client", Area.TODAY, ("[",)
    title, help = mark("Client before"), mark("To the tasks of the client before")
    action = "screen.next_client(-1)"


class Paces(Command):
    """To the paces and back."""

    id, area, keys = "today.paces", Area.TODAY, ("tab",)
    title, help = (
        mark("The pace that is needed"),
        mark("To the goals that need more pace, and back to the list"),
    )
    action = "app.focus_next"


COMMANDS: tuple[type[Command], ...] = (Tick, OpenCause, NextClient, PreviousClient, Paces)
