"""What can be done on the goal screen."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class ScrollDown(Command):
    """Scroll a page of text."""

    id, area, keys = "page.down", Area.GOAL, ("j", "down")
    title, help = mark("Down"), mark("Scrolls the screen down")
    action, palette = "screen.scroll_page(3)", False


class ScrollUp(Command):
    """Scroll a page of text back."""

    id, area, keys = "page.up", Area.GOAL, ("k", "up")
    title, help = mark("Up"), mark("Scrolls the screen up")
    action, palette = "screen.scroll_page(-3)", False


class PageDown(Command):
    """Scroll a screenful."""

    id, area, keys = "page.screenful_down", Area.GOAL, ("pagedown", "ctrl+d")
    title, help = mark("Page down"), mark("A screenful down")
    action, palette = "screen.scroll_page(15)", False


class PageUp(Command):
    """Scroll a screenful back."""

    id, area, keys = "page.screenful_up", Area.GOAL, ("pageup", "ctrl+u")
    title, help = mark("Page up"), mark("A screenful up")
    action, palette = "screen.scroll_page(-15)", False


class NextPart(Command):
    """To the next part of the page."""

    id, area, keys = "goal.next_part", Area.GOAL, ("tab",)
    title, help = mark("Next part"), mark("Plot, letters, posts, check-ins, changes: to the next part")
    action, short, rank = "screen.part(1)", mark("parts"), 7


class PreviousPart(Command):
    """To the part before."""

    id, area, keys = "goal.previous_part", Area.GOAL, ("shift+tab",)
    title, help = mark("Part before"), mark("To the part of the page before")
    action, palette = "screen.part(-1)", False


class NextGoal(Command):
    """To the client's next goal."""

    id, area, keys = "goal.next", Area.GOAL, ("l", "right")
    title, help = mark("Next goal"), mark("Goes to the next goal of this client")
    action, short, rank = "screen.neighbour(1)", mark("next one"), 5


class PreviousGoal(Command):
    """To the client's goal before."""

    id, area, keys = "goal.previous", Area.GOAL, ("h", "left")
    title, help = mark("Goal before"), mark("Goes to the goal of this client before this one")
    action = "screen.neighbour(-1)"


class Agree(Command):
    """Note the client's yes."""

    id, area, keys = "goal.agree", Area.GOAL, ("g",)
    title, help = mark("The client agrees"), mark("Notes who said yes to the goal and on which day")
    action, short, rank = "screen.agree", mark("yes"), 12


class Answer(Command):
    """Answer the next question of the letters."""

    id, area, keys = "goal.answer", Area.GOAL, ("space",)
    title = mark("Answer the question")
    help = mark("Opens what answers the question under the letters: the form, the priorities, the agreement")
    action, short, rank = "screen.answer", mark("answer"), 13


class Sure(Command):
    """Say how sure one is of this goal."""

    id, area, keys = "goal.check_in", Area.GOAL, ("y",)
    title, help = mark("How sure"), mark("Notes how sure you are of this goal: 1, 2 or 3 and why")
    action, short, rank = "screen.check_in", mark("how sure"), 14


class History(Command):
    """To the goal's changes."""

    id, area, keys = "goal.history", Area.GOAL, ("H",)
    title, help = mark("Changes"), mark("Goes to the changes of the goal: what, who, why, whether agreed")
    action, short, rank = "screen.history", mark("changes"), 16


class OpenClient(Command):
    """From the goal to its client, or from a post to its link."""

    id, area, keys = "goal.client", Area.GOAL, ("o",)
    title = mark("The client")
    help = mark("Opens the client of this goal; on a post, the post in the browser")
    action, short, rank = "screen.open_client", mark("client"), 15


class MarkTopics(Command):
    """Say what a post is about."""

    id, area, keys = "goal.topics", Area.GOAL, ("t",)
    title = mark("Topics")
    help = mark("On a post, says what it is about; elsewhere the topics of the client")
    action = "screen.mark_topics"


COMMANDS: tuple[type[Command], ...] = (
    NextGoal, PreviousGoal, NextPart, PreviousPart, ScrollDown, ScrollUp, PageDown, PageUp, Agree, Answer,
    Sure, History, OpenClient, MarkTopics,
)  # fmt: skip
