"""What can be done in “what if”: of a goal that is being said, and of one that is edited."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Sooner(Command):
    """What if: a day sooner."""

    id, area, keys = "editor.sooner", Area.WHAT_IF, ("down",)
    title, help = mark("What if: sooner"), mark("Moves the deadline a day nearer")
    action, palette = "move_date(-1)", False


class Later(Command):
    """What if: a day later."""

    id, area, keys = "editor.later", Area.WHAT_IF, ("up",)
    title, help = mark("What if: later"), mark("Moves the deadline a day further away")
    action, short, rank, palette = "move_date(1)", mark("later"), 12, False


class More(Command):
    """What if: more."""

    id, area, keys = "editor.more", Area.WHAT_IF, ("right",)
    title, help = mark("What if: more"), mark("Makes the amount larger by a step; the weekly rate follows")
    action, short, rank, palette = "move_amount(1)", mark("more"), 11, False


class Less(Command):
    """What if: less."""

    id, area, keys = "editor.less", Area.WHAT_IF, ("left",)
    title, help = mark("What if: less"), mark("Makes the amount smaller by a step; the weekly rate follows")
    action, short, rank, palette = "move_amount(-1)", mark("less"), 10, False


class Faster(Command):
    """What if: more a week."""

    id, area, keys = "editor.faster", Area.WHAT_IF, ("+", "=")
    title = mark("What if: more a week")
    help = mark("Makes the weekly rate larger by a step; the deadline follows")
    action, short, rank, palette = "move_rate(1)", mark("rate"), 14, False


class Slower(Command):
    """What if: less a week."""

    id, area, keys = "editor.slower", Area.WHAT_IF, ("-",)
    title = mark("What if: less a week")
    help = mark("Makes the weekly rate smaller by a step; the deadline follows")
    action, palette = "move_rate(-1)", False


COMMANDS: tuple[type[Command], ...] = (
    Sooner, Later, More, Less, Faster, Slower,
)  # fmt: skip
