"""Changes of topics, each with its undo; the posts are matched again after each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.errors import ExistsError, NotFoundError
from store.values import MarkedBy
from tui.changes import ChangedSinceError, Done, Undo
from work.topics import names_in_agreement, naming_goals

if TYPE_CHECKING:
    from goals.model import ClientId, Topic
    from store.contract import Reader, Writer
    from tui.services import Services


@dataclass(frozen=True, slots=True)
class SavingTopic:
    """A topic is to be as `wanted`; `old` is it as it was read, None for one that is new."""

    services: Services
    client_id: ClientId
    wanted: Topic
    old: Topic | None

    def __call__(self, writer: Writer) -> Done:
        """Save it and match the posts again. Raises ConflictError, ExistsError."""
        words, now = self.services.words, self.services.now()
        with writer.together():
            base = self.old or self._made(writer)
            saved = writer.update_topic(
                replace(self.wanted, id=base.id, version=base.version), author=self.services.author, now=now
            )
        self.services.match(writer)
        if self.old is None:
            message = words.text("Topic added: «{name}»")
        else:
            message = words.text("Topic saved: «{name}»")
        sentence = message.format(name=saved.name)

        def undo(later: Writer) -> str:
            self._put(later, saved, base)
            return words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))

    def _made(self, writer: Writer) -> Topic:
        """A topic of that name that is told by nothing yet. Raises ExistsError for one that is."""
        number = writer.topic(self.client_id, self.wanted.name)
        made = _topic(writer, self.client_id, number)
        if made.words or made.hashtags or made.links:
            raise ExistsError(number)
        return made

    def _put(self, writer: Writer, saved: Topic, before: Topic) -> None:
        """Bring back what was before, if nobody has changed it since; a topic that was added goes again."""
        stored = _topic(writer, self.client_id, saved.id)
        if stored.version != saved.version:
            raise ChangedSinceError(stored.author)
        back = replace(before, version=stored.version)
        writer.update_topic(back, author=self.services.author, now=self.services.now())
        if self.old is None:
            with suppress(NotFoundError):  # something names it by now: it stays, without words
                writer.remove_topic(saved.id)
        self.services.match(writer)


@dataclass(frozen=True, slots=True)
class RemovingTopic:
    """A topic that no goal and no agreement names is to go, with what was said of posts and it."""

    services: Services
    topic: Topic

    def __call__(self, writer: Writer) -> Done:
        """Remove it, or say why it stays."""
        words, topic = self.services.words, self.topic
        stored = _topic(writer, topic.client_id, topic.id)
        if naming_goals(writer, stored) or names_in_agreement(writer, stored):
            message = words.text("The topic «{name}» stays: goals or the agreement name it")
            return Done(message.format(name=stored.name))
        marks = {
            mark.post_id: mark.about
            for mark in writer.topic_marks(topic.client_id)
            if mark.topic == stored.name and mark.by is not MarkedBy.RULES
        }
        writer.remove_topic(topic.id, marks=True)
        sentence = words.text("Topic removed: «{name}»").format(name=stored.name)

        def undo(later: Writer) -> str:
            SavingTopic(self.services, topic.client_id, stored, None)(later)
            now = self.services.now()
            for post_id, about in marks.items():
                later.mark_topics(post_id, {stored.name: about}, author=self.services.author, now=now)
            return words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))


def _topic(reader: Reader, client_id: ClientId, number: int) -> Topic:
    found = next((topic for topic in reader.topics(client_id) if topic.id == number), None)
    if found is None:
        raise NotFoundError(f"topic {number}")
    return found
