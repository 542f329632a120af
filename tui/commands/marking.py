"""What can be done while topics are marked."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Number(Command):
    """Turn a topic by its number."""

    id, area, keys = "marking.number", Area.MARKING, ("1", "2", "3", "4", "5", "6", "7", "8", "9")
    title, help = mark("About the topic, or not"), mark("Turns the mark of the topic with this number")
    action, palette = "number", False


class Turn(Command):
    """Turn the topic under the cursor."""

    id, area, keys = "marking.turn", Area.MARKING, ("space",)
    title, help = (
        mark("About it, or not"),
        mark("Turns the mark of the topic under the cursor (or a double click)"),
    )
    action, short, rank, palette = "turn", mark("yes or no"), 10, False


class Forget(Command):
    """Leave a topic to the rules."""

    id, area, keys = "marking.forget", Area.MARKING, ("delete", "-")
    title, help = mark("No mark by hand"), mark("Takes the mark by hand away: the topic's words decide")
    action, short, rank, palette = "forget", mark("by the words"), 20, False


class NewTopic(Command):
    """Type a new topic."""

    id, area, keys = "marking.new", Area.MARKING, ("n", "tab")
    title, help = (
        mark("A topic by its name"),
        mark("Types the name of a new topic; Enter marks the posts with it"),
    )
    action, short, rank, palette = "type_name", mark("new topic"), 15, False


class SaveMarks(Command):
    """Save the marks."""

    id, area, keys = "marking.save", Area.MARKING, ("enter", "t")
    title, help = mark("Save the marks"), mark("Saves the marks; u takes them back")
    action, short, rank, palette = "save", mark("save"), 5, False


class LeaveMarks(Command):
    """Leave the marks as they are."""

    id, area, keys = "marking.leave", Area.MARKING, ("escape",)
    title, help = mark("Leave the marks"), mark("Leaves without a change")
    action, short, rank, palette = "leave", mark("cancel"), 90, False


COMMANDS: tuple[type[Command], ...] = (
    Number, Turn, Forget, NewTopic, SaveMarks, LeaveMarks,
)  # fmt: skip
