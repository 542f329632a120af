"""What can be done in a block of a page."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class BlockDown(Command):
    """To the next line."""

    id, area, keys = "block.down", Area.BLOCK, ("down", "j")
    title, help = mark("Down"), mark("To the next line; after the last to the next part of the page")
    action, palette = "move(1)", False


class BlockUp(Command):
    """To the line before."""

    id, area, keys = "block.up", Area.BLOCK, ("up", "k")
    title, help = mark("Up"), mark("To the line before; before the first to the part above")
    action, palette = "move(-1)", False


class BlockOpen(Command):
    """Open the line."""

    id, area, keys = "block.open", Area.BLOCK, ("enter",)
    title, help = mark("Open"), mark("Opens what the line is about: a goal, a warning, the topics")
    action, palette = "open", False


COMMANDS: tuple[type[Command], ...] = (BlockDown, BlockUp, BlockOpen)
