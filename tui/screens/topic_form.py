"""The form of a topic: its name and what it is told by, with a look at what that finds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.message import Message

from goals.model import ClientId, PostState, Topic, TopicId
from goals.topics.verdict import Certainty
from store.days import today_of
from store.errors import ConflictError, ExistsError
from store.values import Filter
from tui.failures import sentence_of
from tui.jobs import start_job
from tui.screens.form import FormScreen, NotSaved
from tui.topics.changes import SavingTopic
from tui.widgets.field import Field, text_field
from wording.names import read_name
from work.topics import PARTS, entry_problem, name_problem, read_entries

if TYPE_CHECKING:
    from datetime import datetime

    from goals.model import Client
    from store.contract import Reader
    from tui.changes import Change
    from tui.services import Services

#: The look at what is found goes so many days back, and over at most so many posts.
_LOOK_DAYS, _MOST_LOOKED = 60, 300
#: What stands between two entries of a field.
_COMMA = ", "


class TopicFacts(NamedTuple):
    """The client, the topic that is edited (None: a new one), the other topics, and texts of late."""

    client: Client
    topic: Topic | None
    others: tuple[Topic, ...]
    texts: tuple[str, ...]


def read_topic_facts(reader: Reader, client_id: ClientId, topic: Topic | None, now: datetime) -> TopicFacts:
    """Read what the form needs; the topic as it is stored now."""
    client = next(client for client in reader.clients(archived=True) if client.id == client_id)
    today = today_of(client, now)
    topics = reader.topics(client_id)
    stored = next((each for each in topics if topic is not None and each.id == topic.id), None)
    which = Filter(client_id=client_id, since=today - timedelta(_LOOK_DAYS), until=today)
    posts = [row.post for row in reader.posts(which) if row.post.state is PostState.PUBLISHED]
    posts.sort(key=lambda post: post.day)
    texts = tuple(post.text for post in posts[-_MOST_LOOKED:])
    others = tuple(each for each in topics if stored is None or each.id != stored.id)
    return TopicFacts(client, stored, others, texts)


@dataclass
class FactsAgain(Message):
    """The topic and its neighbours as they are stored now, after somebody else has changed them."""

    facts: TopicFacts


@dataclass
class Found(Message):
    """What a topic as it is typed finds: so many posts surely, so many perhaps."""

    topic: Topic
    sure: int
    perhaps: int


class TopicForm(FormScreen):
    """Asks for the name of a topic and what it is told by."""

    def __init__(self, services: Services, facts: TopicFacts) -> None:
        text = services.words.text
        client = facts.client.name
        super().__init__(
            services,
            text("New topic: {client}", client=client)
            if facts.topic is None
            else text("Topic: {client}", client=client),
        )
        self.facts = facts
        self._wanted: Topic | None = None

    def build(self) -> list[Field]:
        """The name, then the three lists."""
        text = self.services.words.text
        topic = self.facts.topic
        hints = {
            "words": text("old batch, leftovers — in any form"),
            "hashtags": text("#old_batch"),
            "links": text("shop.example/sale"),
        }
        labels = {"words": text("words"), "hashtags": text("hashtags"), "links": text("links")}
        return [
            text_field("name", text("topic name"), topic.name if topic else "", text("Old batch")),
            *(
                text_field(part, labels[part], _COMMA.join(getattr(topic, part, ())), hints[part])
                for part in PARTS
            ),
        ]

    def check(self) -> Change | None:
        """Check the fields; what saves the topic, or None."""
        words = self.services.words
        name = read_name(self.value("name"))
        parts = {part: read_entries(part, self.value(part)) for part in PARTS}
        problems = {"name": name_problem(words, name, self.facts.others)}
        problems |= {part: entry_problem(words, part, entries) for part, entries in parts.items()}
        for key, problem in problems.items():
            self.judge(key, problem)
        if any(problems.values()):
            self._wanted = None
            self.verdict("")
            return None
        old = self.facts.topic
        base = old or Topic(TopicId(0), self.facts.client.id, name)
        wanted = replace(
            base, name=name, words=parts["words"], hashtags=parts["hashtags"], links=parts["links"]
        )
        if old is None and not any(parts.values()):
            wanted = replace(wanted, words=(name,))
        self._look(wanted)
        return SavingTopic(self.services, self.facts.client.id, wanted, old)

    def _look(self, wanted: Topic) -> None:
        """Find out in a thread what the topic would find; a newer look takes the place of this one."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        text = self.services.words.text
        if not (wanted.words or wanted.hashtags or wanted.links):
            self.verdict(text("Without words, hashtags and links only marks by hand count"))
            return
        if not self.facts.texts:
            self.verdict(text("Nothing came out in {n} days to try it on", n=_LOOK_DAYS))
            return

        def work() -> Message:
            found = self.services.recognise(wanted, self.facts.texts)
            sure = sum(match is not None and match.certainty is Certainty.ABOUT for match in found)
            return Found(wanted, sure, sum(match is not None for match in found) - sure)

        start_job(self, work, group="topic-look", description="trying the topic on posts")

    @on(NotSaved)
    def _look_again(self, message: NotSaved) -> None:
        """Somebody else was faster: what is typed stays, and saving again is meant for the newer topic."""
        if not isinstance(message.error, ConflictError | ExistsError):
            return
        if isinstance(message.error, ConflictError):
            self.notice(sentence_of(self.services.words, message.error, self.services.author))
        topic, client_id = self.facts.topic, self.facts.client.id

        def work() -> Message:
            with self.services.open_reader() as reader:
                return FactsAgain(read_topic_facts(reader, client_id, topic, self.services.now()))

        start_job(self, work, group="topic-form", description="reading the topic again")

    @on(FactsAgain)
    def _take_again(self, message: FactsAgain) -> None:
        self.facts = message.facts
        self._wanted = None
        self.check()

    @on(Found)
    def _say(self, message: Found) -> None:
        if message.topic != self._wanted:
            return
        words = self.services.words
        total = words.number(len(self.facts.texts))
        sentence = words.text(
            "In {days} days: {n} of {total} are about it",
            days=_LOOK_DAYS,
            n=words.number(message.sure),
            total=total,
        )
        if message.perhaps:
            sentence += words.plural(", {n} more perhaps", ", {n} more perhaps", message.perhaps)
        self.verdict(sentence)
