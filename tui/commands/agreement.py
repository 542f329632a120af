"""What can be done on the agreement screen."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class EditAgreement(Command):
    """Edit the whole agreement."""

    id, area, keys = "agreement.edit", Area.AGREEMENT, ("e",)
    title = mark("Edit the agreement")
    help = mark("Opens all of it as a text, with every problem told beside it; saving makes a new version")
    action, short, rank = "screen.edit", mark("edit"), 5


class Amounts(Command):
    """Change amounts."""

    id, area, keys = "agreement.amounts", Area.AGREEMENT, ("f",)
    title, help = mark("Amounts"), mark("Changes how much content, about what, and the hours, in one form")
    action, short, rank = "screen.amounts", mark("amounts"), 6


class Order(Command):
    """Change the priorities over."""

    id, area, keys = "agreement.order", Area.AGREEMENT, ("o",)
    title = mark("Priorities")
    help = mark("Puts the priorities in another order and drafts what goes off, what on, and the hours")
    action, short, rank = "screen.order", mark("priorities"), 7


class NoteYes(Command):
    """Note the client's yes."""

    id, area, keys = "agreement.accept", Area.AGREEMENT, ("y",)
    title = mark("The client's yes")
    help = mark("Notes who said yes to the newest version and when; the goals on its lines are agreed")
    action, short, rank = "screen.accept", mark("the yes"), 8


class LineGoals(Command):
    """Set the goals of its lines."""

    id, area, keys = "agreement.goals", Area.AGREEMENT, ("b",)
    title, help = mark("Goals of its lines"), mark("Shows the goals that the lines ask for, and sets them")
    action, short, rank = "screen.line_goals", mark("goals"), 9


class CopyPage(Command):
    """Copy the page for the client."""

    id, area, keys = "agreement.copy", Area.AGREEMENT, ("x",)
    title = mark("Copy for the client")
    help = mark("Copies the agreement, or the draft of the change that waits for a yes, to be sent")
    action, short, rank = "screen.copy_page", mark("copy"), 11


class NextAgreementPart(Command):
    """To the next part of the page."""

    id, area, keys = "agreement.next_part", Area.AGREEMENT, ("tab",)
    title, help = mark("Next part"), mark("The agreement, what waits for a yes, versions: to the next part")
    action, palette = "screen.part(1)", False


class PreviousAgreementPart(Command):
    """To the part before."""

    id, area, keys = "agreement.previous_part", Area.AGREEMENT, ("shift+tab",)
    title, help = mark("Part before"), mark("To the part of the page before")
    action, palette = "screen.part(-1)", False


COMMANDS: tuple[type[Command], ...] = (
    EditAgreement, Amounts, Order, NoteYes, LineGoals, CopyPage, NextAgreementPart, PreviousAgreementPart,
)  # fmt: skip
