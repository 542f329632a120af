"""What can be done in the list of topics."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class EditTopic(Command):
    """Change a topic."""

    id, area, keys = "topics.edit", Area.TOPICS, ("enter", "e")
    title, help = mark("Edit the topic"), mark("Changes its name and what it is told by (or a double click)")
    action, short, rank = "screen.edit_topic", mark("edit"), 5


class NewTopic(Command):
    """Add a topic."""

    id, area, keys = "topics.new", Area.TOPICS, ("n",)
    title, help = mark("Add a topic"), mark("Adds a topic: its name, words, hashtags and links")
    action, short, rank = "screen.new_topic", mark("new topic"), 6


class TopicPosts(Command):
    """To the posts about a topic."""

    id, area, keys = "topics.posts", Area.TOPICS, ("p",)
    title, help = mark("Posts about it"), mark("Opens the posts that are about the topic, be it only perhaps")
    action, short, rank = "screen.topic_posts", mark("its posts"), 7


class EveryClient(Command):
    """All clients or one."""

    id, area, keys = "topics.every_client", Area.TOPICS, ("A",)
    title, help = (
        mark("Topics of all clients"),
        mark("Shows the topics of all clients, or again those of one"),
    )
    action, short, rank = "screen.every_client", mark("every client"), 26


class RemoveTopic(Command):
    """Remove a topic."""

    id, area, keys = "topics.remove", Area.TOPICS, ("d", "delete")
    title = mark("Remove the topic")
    help = mark("Removes a topic that no goal, no file and no mark by hand names; others stay")
    action = "screen.remove_topic"


COMMANDS: tuple[type[Command], ...] = (
    EditTopic, NewTopic, TopicPosts, EveryClient, RemoveTopic,
)  # fmt: skip
