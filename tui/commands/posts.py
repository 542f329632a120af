"""What can be done in the list of posts."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class MarkTopics(Command):
    """Say what posts are about."""

    id, area, keys = "posts.topics", Area.POSTS, ("t",)
    title = mark("Mark topics")
    help = mark(
        "Says what the chosen posts are about, or what they are not about; by hand outweighs the words"
    )
    action, short, rank = "screen.mark_topics", mark("topics"), 5


class Accept(Command):
    """Accept a suggestion."""

    id, area, keys = "posts.accept", Area.POSTS, ("enter",)
    title, help = (
        mark("Yes, about it"),
        mark("Accepts the suggested topics (?) and goes on to the next suggestion"),
    )
    action, short, rank = "screen.accept", mark("yes"), 6


class Refuse(Command):
    """Refuse a suggestion."""

    id, area, keys = "posts.refuse", Area.POSTS, ("-",)
    title, help = (
        mark("Not about it"),
        mark("Refuses the suggested topics (?) and goes on to the next suggestion"),
    )
    action, short, rank = "screen.refuse", mark("no"), 7


class Choose(Command):
    """Choose a post."""

    id, area, keys = "posts.choose", Area.POSTS, ("space",)
    title, help = (
        mark("Choose the post"),
        mark("Chooses the post for the next command, or lets go of it (or Ctrl and a click)"),
    )
    action, short, rank = "screen.choose", mark("choose"), 8


class ChooseAll(Command):
    """Choose all posts that are shown."""

    id, area, keys = "posts.choose_all", Area.POSTS, ("*",)
    title, help = mark("Choose all"), mark("Chooses every post that the filter leaves, or lets go of all")
    action = "screen.choose_all"


class NextAsking(Command):
    """To the next post that needs an answer."""

    id, area, keys = "posts.next", Area.POSTS, ("]", "tab")
    title, help = (
        mark("Next without an answer"),
        mark("To the next post without a topic or with a suggestion"),
    )
    action, short, rank = "screen.next_asking(1)", mark("next"), 22


class PreviousAsking(Command):
    """To the post before that needs an answer."""

    id, area, keys = "posts.previous", Area.POSTS, ("[",)
    title, help = mark("The one before"), mark("To the post before without a topic or with a suggestion")
    action = "screen.next_asking(-1)"


class NextShown(Command):
    """Show other posts."""

    id, area, keys = "posts.shown", Area.POSTS, ("f",)
    title, help = (
        mark("Which posts"),
        mark("All, planned ones, those without a topic, suggestions; and all again"),
    )
    action, short, rank = "screen.next_shown", mark("show"), 12


class Filter(Command):
    """Filter the posts by words."""

    id, area, keys = "posts.filter", Area.POSTS, ("/",)
    title = mark("Filter the posts")
    help = mark("Leaves the posts that hold all typed words: text, network, format, state, topic")
    action, short, rank = "screen.filter", mark("filter"), 24


class EveryClient(Command):
    """All clients or one."""

    id, area, keys = "posts.every_client", Area.POSTS, ("A",)
    title, help = mark("All clients"), mark("Shows the posts of all clients, or again those of one")
    action, short, rank = "screen.every_client", mark("every client"), 26


class OpenLink(Command):
    """Open the post in the browser."""

    id, area, keys = "posts.link", Area.POSTS, ("o",)
    title, help = mark("Open the link"), mark("Opens the post in the browser")
    action, short, rank = "screen.open_link", mark("link"), 14


class Remove(Command):
    """Take back a post that was added by hand."""

    id, area, keys = "posts.remove", Area.POSTS, ("d", "delete")
    title, help = mark("Take back a post"), mark("Removes what was added or planned by hand")
    action = "screen.remove"


COMMANDS: tuple[type[Command], ...] = (
    MarkTopics, Accept, Refuse, Choose, ChooseAll, NextAsking, PreviousAsking, NextShown, Filter, EveryClient,
    OpenLink, Remove,
)  # fmt: skip
