"""What can be done while checking in."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class OnTrack(Command):
    """The goal is on track."""

    id, area, keys = "checkin.on_track", Area.CHECK_IN, ("o",)
    title, help = mark("On track"), mark("You are sure of the goal; a word why may be added")
    action, short, rank = "screen.answer('on_track')", mark("on track"), 1


class AtRisk(Command):
    """The goal is at risk."""

    id, area, keys = "checkin.risk", Area.CHECK_IN, ("r",)
    title, help = mark("At risk"), mark("The goal may fail; one line says why, Enter keeps last time's")
    action, short, rank = "screen.answer('risk')", mark("at risk"), 2


class OffTrack(Command):
    """The goal is off track."""

    id, area, keys = "checkin.off", Area.CHECK_IN, ("b",)
    title, help = mark("Off track"), mark("The goal will fail; one line says why, Enter keeps last time's")
    action, short, rank = "screen.answer('off')", mark("off track"), 3


class Later(Command):
    """Answer later."""

    id, area, keys = "checkin.later", Area.CHECK_IN, ("l",)
    title, help = mark("Later"), mark("Goes on to the next goal; this one keeps waiting for its answer")
    action, short, rank = "screen.later", mark("later"), 4


class AsSuggested(Command):
    """Take the answer that is offered."""

    id, area, keys = "checkin.suggested", Area.CHECK_IN, ("enter",)
    title, help = mark("As offered"), mark("Takes the answer that is marked, or the last one to change it")
    action = "screen.answer('')"


class ConfirmRest(Command):
    """Confirm the goals that are on track."""

    id, area, keys = "checkin.rest", Area.CHECK_IN, ("space",)
    title, help = mark("Confirm the rest"), mark("Notes that every goal that is on track is on track")
    action, short, rank = "screen.confirm_rest", mark("the rest"), 5


class NextManager(Command):
    """Only the clients of a manager."""

    id, area, keys = "checkin.manager", Area.CHECK_IN, ("f",)
    title, help = mark("Manager"), mark("Only the clients of one manager, of the next one, and all again")
    action, short, rank = "screen.next_manager", mark("manager"), 6


COMMANDS: tuple[type[Command], ...] = (
    OnTrack, AtRisk, OffTrack, Later, AsSuggested, ConfirmRest, NextManager,
)  # fmt: skip
