"""What can be done from every screen."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class Help(Command):
    """Show the keys."""

    id, area, keys = "app.help", Area.EVERYWHERE, ("?", "f1")
    title, help = mark("Help"), mark("Shows what each key does, for the place where you are first")
    action, short, rank = "app.smm_help", mark("help"), 90


class Palette(Command):
    """Open the palette."""

    id, area, keys = "app.palette", Area.EVERYWHERE, (":", "ctrl+p")
    title, help = mark("All commands"), mark("Finds a command by a part of its name")
    action, palette = "app.command_palette", False


class Sync(Command):
    """Collect figures now."""

    id, area, keys = "app.sync", Area.EVERYWHERE, ("s",)
    title, help = (
        mark("Update the figures"),
        mark("Asks the networks for new figures now and shows how it goes"),
    )
    action, short, rank = "app.sync", mark("update"), 40


class NewGoal(Command):
    """Add a goal."""

    id, area, keys = "goal.add", Area.EVERYWHERE, ("n",)
    title, help = mark("New goal"), mark("Takes a new goal for the client under the cursor, as one says it")
    action, short, rank = "app.new_goal", mark("goal"), 10


class EditGoal(Command):
    """Change a goal."""

    id, area, keys = "goal.edit", Area.EVERYWHERE, ("e",)
    title = mark("Edit the goal")
    help = mark("Changes amount, dates and scope; asks why and whether the client agreed")
    action, short, rank = "app.edit_goal", mark("edit"), 20


class Log(Command):
    """Log a figure or a post by hand."""

    id, area, keys = "log.add", Area.EVERYWHERE, ("+",)
    title = mark("Log by hand")
    help = mark("Writes down a figure (sales, income, hours) or a post or story, done or planned")
    action, short, rank = "app.log", mark("log"), 30


class DropGoal(Command):
    """Drop a goal."""

    id, area, keys = "goal.drop", Area.EVERYWHERE, ("d", "delete")
    title = mark("Drop the goal")
    help = mark("Takes the goal off the list after a question; its history stays")
    action = "app.drop_goal"


class NewClient(Command):
    """Add a client."""

    id, area, keys = "client.add", Area.EVERYWHERE, ("c",)
    title, help = mark("New client"), mark("Adds a client by name")
    action, short = "app.new_client", mark("new client")


class Undo(Command):
    """Take back the last change."""

    id, area, keys = "app.undo", Area.EVERYWHERE, ("u",)
    title = mark("Undo")
    help = mark("Takes back your last change of a goal, an agreement or a mark; again: the one before")
    action = "app.undo"


class Copy(Command):
    """Copy a line for a messenger."""

    id, area, keys = "app.copy", Area.EVERYWHERE, ("x",)
    title = mark("Copy for a messenger")
    help = mark("Copies how the goal or the client under the cursor stands, as a line to send")
    action = "app.copy_line"


class Today(Command):
    """To what can be done today."""

    id, area, keys = "open.today", Area.EVERYWHERE, ("1",)
    title, help = mark("Today"), mark("What one can do today, over all clients")
    action, short, rank = "app.section('today')", mark("today"), 25


class Overview(Command):
    """To all goals."""

    id, area, keys = "open.overview", Area.EVERYWHERE, ("2",)
    title, help = mark("Goals"), mark("All clients and goals by urgency")
    action = "app.section('overview')"


class Warnings(Command):
    """To the warnings."""

    id, area, keys = "open.warnings", Area.EVERYWHERE, ("3", "w")
    title, help = mark("Warnings"), mark("What needs attention and what to do about it")
    action, short, rank = "app.section('warnings')", mark("warnings"), 26


class Posts(Command):
    """To the posts."""

    id, area, keys = "open.posts", Area.EVERYWHERE, ("4", "p")
    title, help = mark("Posts"), mark("What was published and what is planned, and what it is about")
    action, short, rank = "app.section('posts')", mark("posts"), 28


class Agreement(Command):
    """To what was agreed."""

    id, area, keys = "open.agreement", Area.EVERYWHERE, ("5", "a")
    title, help = mark("Agreement"), mark("What was agreed with the client: to read, to change, to accept")
    action, short, rank = "app.section('agreement')", mark("agreement"), 27


class CheckIn(Command):
    """To the check-in."""

    id, area, keys = "open.check_in", Area.EVERYWHERE, ("6", "y")
    title, help = mark("Check-in"), mark("How sure you are of each goal that needs an answer this week")
    action = "app.section('checkin')"


class Call(Command):
    """To the call with the client."""

    id, area, keys = "open.call", Area.EVERYWHERE, ("7", "C")
    title, help = mark("Call"), mark("One page for a call: wanted, done, why, and what is decided")
    action = "app.section('call')"


class Accounts(Command):
    """To the accounts and their figures."""

    id, area, keys = "open.accounts", Area.EVERYWHERE, ("8", "S")
    title, help = (
        mark("Accounts and updates"),
        mark("How fresh each account's figures are, and what went wrong"),
    )
    action = "app.section('accounts')"


class Own(Command):
    """To one's own goals."""

    id, area, keys = "open.own", Area.EVERYWHERE, ("9", "m")
    title, help = mark("Own goals"), mark("Your income, hours and clients, and what an hour brings")
    action = "app.section('own')"


class Topics(Command):
    """To a client's topics."""

    id, area, keys = "open.topics", Area.EVERYWHERE, ("0", "t")
    title, help = mark("Topics"), mark("The client's topics, how much content is about each, and their words")
    action = "app.section('topics')"


class Back(Command):
    """Leave the screen."""

    id, area, keys = "app.back", Area.EVERYWHERE, ("escape", "backspace")
    title, help = mark("Back"), mark("Goes back to the screen before; on the overview it clears the filter")
    action, palette = "app.smm_back", False


class Quit(Command):
    """Quit."""

    id, area, keys = "app.quit", Area.EVERYWHERE, ("q", "ctrl+q")
    title, help = mark("Quit"), mark("Closes the dashboard at once; what was saved stays saved")
    action, short, rank = "app.quit", mark("quit"), 95


class NextTheme(Command):
    """Change the colours."""

    id, area, keys = "app.theme", Area.EVERYWHERE, ("T",)
    title, help = (
        mark("Dark or light"),
        mark("Switches between the dark and the light colours, at the next start too"),
    )
    action = "app.next_theme"


class NextLanguage(Command):
    """Change the language."""

    id, area, keys = "app.language", Area.EVERYWHERE, ("L",)
    title, help = mark("Russian or English"), mark("Switches the language at once, at the next start too")
    action = "app.next_language"


COMMANDS: tuple[type[Command], ...] = (
    Help, Palette, Sync, NewGoal, EditGoal, Log, DropGoal, NewClient, Undo, Copy, Today, Overview, Warnings,
    Posts, Topics, Agreement, CheckIn, Call, Accounts, Own, NextTheme, NextLanguage, Back, Quit,
)  # fmt: skip
