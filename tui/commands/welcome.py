"""What can be done while there is no goal yet."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class NextStep(Command):
    """The next of the first steps."""

    id, area, keys = "welcome.next", Area.WELCOME, ("enter",)
    title = mark("The next step")
    help = mark("Opens what comes next: the first client, its account by a link, the first goal")
    action, short, rank, palette = "next_step", mark("next step"), 1, False


COMMANDS: tuple[type[Command], ...] = (NextStep,)
