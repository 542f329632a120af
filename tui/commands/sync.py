"""What can be done while figures are being collected."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


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
    StopSync, HideSync,
)  # fmt: skip
